using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;

namespace MlOps.Build.Engine.Approval;

/// <summary>What an environment asks for, as one digest.</summary>
public static class Terms
{
    public static EnvironmentTerms Of(EnvironmentConfiguration environment, IReadOnlyList<KnownApprover> approvers) => new()
    {
        Name = environment.Name,
        Target = environment.Target,
        Path = environment.Path,
        Strategy = environment.Strategy,
        Approvals = environment.Approvals,
        AllowSelfApproval = environment.AllowSelfApproval,
        Approvers = [.. approvers
            .Select(approver => new ApproverKey(approver.Name, approver.KeyId))
            .OrderBy(approver => approver.Name, StringComparer.Ordinal)],
    };

    /// <summary>The environment of a name.</summary>
    /// <exception cref="ProblemException">MLO2701: mlops.yml does not have it.</exception>
    public static EnvironmentConfiguration Environment(ProjectConfiguration project, string name)
        => project.Environments.FirstOrDefault(environment => environment.Name == name)
            ?? throw new ProblemException(new Problem(
                "MLO2701",
                $"There is no environment '{name}'.",
                project.Environments.Count == 0
                    ? "mlops.yml names none."
                    : $"mlops.yml names {string.Join(", ", project.Environments.Select(environment => environment.Name))}.",
                "Name one of them with `--to`, or add it to `environments` in mlops.yml."));
}
