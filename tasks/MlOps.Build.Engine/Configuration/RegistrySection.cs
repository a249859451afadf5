namespace MlOps.Build.Engine.Configuration;

/// <summary>The section <c>registry</c>.</summary>
internal static class RegistrySection
{
    private static readonly string[] OfFolder = ["path"];

    private static readonly string[] OfGit = ["branch", "remote"];

    public static RegistryConfiguration Read(YamlMap map)
    {
        var defaults = new RegistryConfiguration();
        var registry = new RegistryConfiguration
        {
            Store = Words.OneOf(map, "store", defaults.Store, ["folder", "git"]),
            Path = map.Text("path", defaults.Path)!,
            Branch = map.Scalar(
                "branch", defaults.Branch, text => IsBranch(text) ? text : null, defaults.Branch, "the name of a branch, such as mlops-registry"),
            Remote = map.Scalar<string?>("remote", null, text => IsRemote(text) ? text : null, "(origin)", "the name of a remote, such as origin"),
        };
        foreach (var key in (registry.Store == "git" ? OfFolder : OfGit).Where(map.Has))
        {
            map.Log.Wrong(
                map.Place,
                $"'registry.{key}' means nothing for the store '{registry.Store}'.",
                $"The store 'folder' has {string.Join(", ", OfFolder)}; the store 'git' has {string.Join(", ", OfGit)}.",
                $"Remove '{key}', or name the other store with `store`.");
        }

        map.RefuseUnknownKeys();
        return registry;
    }

    /// <summary>What git takes as a branch (git-check-ref-format), less all that a shell or a person could misread.</summary>
    private static bool IsBranch(string text)
        => text.Length is > 0 and <= 200
            && text != "HEAD"
            && text.Split('/').All(part => IsRemote(part) && !part.EndsWith(".lock", StringComparison.Ordinal));

    private static bool IsRemote(string text)
        => text.Length is > 0 and <= 100
            && char.IsAsciiLetterOrDigit(text[0])
            && text[^1] != '.'
            && !text.Contains("..", StringComparison.Ordinal)
            && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.');
}
