using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Storage.Git;

namespace MlOps.Build.Engine.Pipeline;

/// <summary>
/// The settings of a commit with the policy files of the same commit: an author who edits a policy file, moves it or
/// makes a link of it is judged by what it said before.
/// </summary>
internal static class CommitPolicies
{
    private const string Link = "120000";
    private const string Folder = "040000";

    public static async Task<ConfigurationResult> ReadAsync(GitRepository git, string commit, string yaml, CancellationToken cancellationToken)
    {
        var known = new Dictionary<string, PolicyFile>(StringComparer.Ordinal);
        while (true)
        {
            // What a file extends is known once it is read, so every pass reads one level more.
            var files = new KnownPolicies(git.Prefix, known);
            var result = ConfigurationReader.Parse(yaml, $"{commit[..7]}:{ConfigurationReader.FileName}", files);
            if (files.Missed.Count == 0)
            {
                return result;
            }

            foreach (var path in files.Missed.Distinct(StringComparer.Ordinal))
            {
                known[path] = await FindAsync(git, commit, path, cancellationToken);
            }
        }
    }

    private static async Task<PolicyFile> FindAsync(GitRepository git, string commit, string path, CancellationToken cancellationToken)
        => await git.ModeAtAsync(commit, path, cancellationToken) switch
        {
            null => new(path, null, "There is no such file."),
            Link => new(path, null, "It is a link: what it leads to is not what was reviewed."),
            Folder => await FindAsync(git, commit, $"{path}/{PolicyPath.InFolder}", cancellationToken),
            _ => new(path, await git.TextAtAsync(commit, path, cancellationToken) is { Length: <= (int)PolicyPath.MaximumBytes } text ? text : null, "At most 1 MiB is read."),
        };
}
