using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;

namespace MlOps.Build.Engine.Registry;

/// <summary>Says what a person does next with a model that was registered.</summary>
public static class ReleaseSteps
{
    /// <summary>The next step before an environment.</summary>
    public static AwaitedDeployment Of(EnvironmentConfiguration environment, string modelDigest, string? waits)
    {
        var deploy = $"mlops deploy {Digest.Short(modelDigest)} --to {environment.Name}";
        return new(
            environment.Name,
            environment.Approvals,
            waits,
            waits is null
                ? new NextStep(deploy, $"Nothing is missing before {environment.Name}.")
                : new NextStep(
                    $"mlops approve {Digest.Short(modelDigest)} --to {environment.Name} --key <file>",
                    $"Somebody named in mlops.yml; then `{deploy}`."));
    }
}
