using MlOps.Build.Contracts;
using MlOps.Build.Engine.Approval;
using MlOps.Build.Engine.Configuration;

namespace MlOps.Build.Engine.Registry;

/// <summary>Says what a person does next with a model that was registered.</summary>
public static class ReleaseSteps
{
    /// <summary>The next step before an environment.</summary>
    public static AwaitedDeployment Of(EnvironmentConfiguration environment, string modelDigest, string? waits, EnvironmentTerms terms)
    {
        var deploy = $"mlops deploy {Digest.Short(modelDigest)} --to {environment.Name}";
        return new(
            environment.Name,
            environment.Approvals,
            waits,
            waits is null
                ? new NextStep(deploy, $"Nothing is missing before {environment.Name}.")
                : new NextStep(
                    ApprovalAdvice.Command(terms, Digest.Short(modelDigest)) ?? deploy,
                    $"{ApprovalAdvice.Of(terms, Digest.Short(modelDigest))} Then `{deploy}`."));
    }
}
