using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;

namespace MlOps.Build.Engine.Approval;

/// <summary>What an environment asks for, as one digest.</summary>
public static class Terms
{
    /// <summary>The words of <c>approval-sources</c> in mlops.yml.</summary>
    public static IReadOnlyDictionary<string, ApprovalSource> SourceWords { get; } = new Dictionary<string, ApprovalSource>
    {
        ["signature"] = ApprovalSource.LocalKey,
        ["github-review"] = ApprovalSource.GithubReview,
        ["azure-devops-approval"] = ApprovalSource.AzureDevopsApproval,
        ["promotion-lock"] = ApprovalSource.PromotionLock,
    };

    /// <summary>A source as mlops.yml spells it.</summary>
    public static string Word(ApprovalSource source)
        => SourceWords.FirstOrDefault(pair => pair.Value == source).Key ?? "unsigned";

    /// <summary>Whether approvals of a kind count under these terms.</summary>
    public static bool Admits(EnvironmentTerms terms, ApprovalSource source)
        => terms.ApprovalSources?.Contains(Word(source)) ?? source == ApprovalSource.LocalKey;

    public static EnvironmentTerms Of(string projectRoot, ProjectConfiguration project, EnvironmentConfiguration environment, IReadOnlyList<KnownApprover> approvers) => new()
    {
        Name = environment.Name,
        Target = environment.Target,
        Path = environment.Path,
        Strategy = environment.Strategy,
        Approvals = environment.Approvals,
        AllowSelfApproval = environment.AllowSelfApproval,
        Approvers = Keys(approvers),
        ApprovalSources = environment.ApprovalSources is [ApprovalSource.LocalKey]
            ? null
            : [.. environment.ApprovalSources.Select(Word).Order(StringComparer.Ordinal)],
        RequireDigestInComment = environment.RequireDigestInComment ? true : null,
        Policy = Gating.EnvironmentGates.DigestOf(project.Gate, environment.Name),
        RequireCertificate = environment.RequireCertificate ? true : null,
        Attesters = environment.RequireAttestation ? Keys(ApprovalKeys.Attesters(projectRoot, environment)) : null,
    };

    private static ApproverKey[] Keys(IReadOnlyList<KnownApprover> known)
        => [.. known.Select(approver => new ApproverKey(approver.Name, approver.KeyId)
            {
                Logins = approver.Logins.Count == 0 ? null : [.. approver.Logins.Order(StringComparer.Ordinal)],
            }).OrderBy(approver => approver.Name, StringComparer.Ordinal)];

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
