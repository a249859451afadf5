namespace MlOps.Build.Engine.Configuration;

/// <summary>The <c>environments</c> section.</summary>
internal static class EnvironmentSection
{
    public static IReadOnlyList<EnvironmentConfiguration> Read(YamlMap map)
        => [.. map.Keys.ToArray().Select(name => ReadOne(name, map.Map(name)))];

    private static EnvironmentConfiguration ReadOne(string name, YamlMap map)
    {
        var environment = new EnvironmentConfiguration
        {
            Name = name,
            Target = Words.OneOf(map, "target", "folder", ["folder"]),
            Path = map.RequiredText("path", $"path: deploy/{name}"),
            Approvals = Words.Integer(map, "approvals", 0, 0),
            Approvers = [.. map.Maps("approvers").Select(ReadApprover)],
            AllowSelfApproval = Words.Flag(map, "allow-self-approval", true),
            Strategy = Words.OneOf(map, "strategy", "replace", ["replace"]),
        };
        map.RefuseUnknownKeys();
        if (!Words.IsName(name))
        {
            map.Log.Wrong(map.Place, $"'{name}' cannot name an environment.", "Names become folder names.", "Use lower-case letters, digits, '-', '_' and '.'.");
        }

        if (environment.Approvals > environment.Approvers.Select(approver => approver.Name).Distinct(StringComparer.Ordinal).Count())
        {
            map.Log.Wrong(
                map.Place,
                $"Environment '{name}' can never be approved.",
                $"It asks for {environment.Approvals} approvals and lists {environment.Approvers.Count} approvers.",
                "List at least as many approvers, each with the file of a public key.");
        }

        return environment;
    }

    private static ApproverConfiguration ReadApprover(YamlMap map)
    {
        var approver = new ApproverConfiguration(
            map.RequiredText("name", "name: ana"),
            map.RequiredText("publicKey", "publicKey: keys/ana.pub"));
        map.RefuseUnknownKeys();
        return approver;
    }
}
