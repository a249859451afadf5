using MlOps.Build.Contracts;
using MlOps.Build.Engine.Approval;

namespace MlOps.Build.Engine.Configuration;

/// <summary>The <c>environments</c> section.</summary>
internal static class EnvironmentSection
{
    public static IReadOnlyList<(EnvironmentConfiguration Environment, PolicyDraft? Gate)> Read(YamlMap map)
        => [.. map.Keys.ToArray().Select(name => ReadOne(name, map.Map(name)))];

    private static (EnvironmentConfiguration Environment, PolicyDraft? Gate) ReadOne(string name, YamlMap map)
    {
        var environment = new EnvironmentConfiguration
        {
            Name = name,
            Target = Words.OneOf(map, "target", "folder", ["folder"]),
            Path = map.RequiredText("path", $"path: deploy/{name}"),
            Approvals = Words.Integer(map, "approvals", 0, 0),
            Approvers = [.. map.Maps("approvers").Select(ReadApprover)],
            AllowSelfApproval = Words.Flag(map, "allow-self-approval", true),
            ApprovalSources = ReadSources(map),
            RequireDigestInComment = Words.Flag(map, "require-digest-in-comment", false),
            RequireAttestation = Words.OneOf(map, "require-attestation", "none", ["none", "bundle"]) == "bundle",
            Attesters = [.. map.Maps("attesters").Select(ReadAttester)],
            RequireCertificate = Words.Flag(map, "require-certificate", false),
            Strategy = Words.OneOf(map, "strategy", "replace", ["replace"]),
        };
        var gate = map.Node("gate") is null ? null : GateSection.ReadEnvironment(map.Map("gate"));
        map.RefuseUnknownKeys();
        if (!Words.IsName(name))
        {
            map.Log.Wrong(map.Place, $"'{name}' cannot name an environment.", "Names become folder names.", "Use lower-case letters, digits, '-', '_' and '.'.");
        }

        if (environment is { RequireAttestation: true, Attesters: [] })
        {
            map.Log.Wrong(
                map.Place,
                $"Environment '{name}' asks for an attestation that nobody can give.",
                "It lists no attesters.",
                "List whose attestation counts under `attesters`, each with the file of a public key.");
        }

        if (environment.ApprovalSources is [ApprovalSource.LocalKey]
            && environment.Approvals > environment.Approvers.Select(approver => approver.Name).Distinct(StringComparer.Ordinal).Count())
        {
            map.Log.Wrong(
                map.Place,
                $"Environment '{name}' can never be approved.",
                $"It asks for {environment.Approvals} approvals and lists {environment.Approvers.Count} approvers.",
                "List at least as many approvers, each with the file of a public key.");
        }

        return (environment, gate);
    }

    private static IReadOnlyList<ApprovalSource> ReadSources(YamlMap map)
    {
        var words = map.Texts("approval-sources");
        foreach (var word in words.Where(word => !Terms.SourceWords.ContainsKey(word)))
        {
            map.Log.Wrong(
                map.Place,
                $"'{word}' is not a source of approvals.",
                "Approvals come from a listed key, a review on the build server, or a lock file that was merged.",
                $"Use {string.Join(", ", Terms.SourceWords.Keys)}.");
        }

        return words.Count == 0
            ? [ApprovalSource.LocalKey]
            : [.. words.Where(Terms.SourceWords.ContainsKey).Select(word => Terms.SourceWords[word]).Distinct()];
    }

    private static ApproverConfiguration ReadApprover(YamlMap map)
    {
        var approver = ReadKey(map) with { Logins = map.Texts("logins") };
        map.RefuseUnknownKeys();
        return approver;
    }

    private static ApproverConfiguration ReadAttester(YamlMap map)
    {
        var attester = ReadKey(map);
        map.RefuseUnknownKeys();
        return attester;
    }

    private static ApproverConfiguration ReadKey(YamlMap map)
        => new(map.RequiredText("name", "name: ana"), map.RequiredText("publicKey", "publicKey: keys/ana.pub"));
}
