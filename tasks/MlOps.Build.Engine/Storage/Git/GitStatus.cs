using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Storage.Git;

/// <summary>Reads <c>git status --porcelain=v2 --branch -z</c>.</summary>
public static class GitStatus
{
    /// <summary>The state it describes.</summary>
    public static GitState Parse(string output)
    {
        var entries = output.Split('\0', StringSplitOptions.RemoveEmptyEntries);
        var commit = Header(entries, "# branch.oid ");
        var branch = Header(entries, "# branch.head ");
        return new GitState
        {
            Commit = commit == "(initial)" ? null : commit,
            Branch = branch == "(detached)" ? null : branch,
            Dirty = entries.Any(entry => !entry.StartsWith("# ", StringComparison.Ordinal)),
        };
    }

    private static string? Header(string[] entries, string name)
        => entries.FirstOrDefault(entry => entry.StartsWith(name, StringComparison.Ordinal))?[name.Length..];
}
