using MlOps.Build.Contracts;
using MlOps.Build.Engine.Hosts;
using MlOps.Build.Engine.Processes;
using MlOps.Build.Engine.Storage.Git;

namespace MlOps.Build.Engine.Runs;

/// <summary>
/// What lies in the state folder is trusted as earlier work of mlops on this machine. A file that git tracks there is the
/// word of whoever pushed it: a model that nobody trained, predictions that nobody made.
/// </summary>
public static class CommittedState
{
    /// <summary>What mlops alone writes; the registry and the schema for editors may be committed.</summary>
    private static readonly HashSet<string> Own = new(StringComparer.OrdinalIgnoreCase)
    {
        "build", "cache", "locks", "runs", "tmp", "work", "worktrees",
    };

    /// <summary>Refuses a project with such files.</summary>
    /// <exception cref="ProblemException">MLO2416: there are some. MLO2415: git does not say.</exception>
    public static async Task RefuseAsync(
        StateFolder state, IProcessRunner processes, IEnvironment environment, CancellationToken cancellationToken)
    {
        var git = await GitRepository.FindAsync(state.ProjectRoot, processes, environment, cancellationToken);
        string[] files = git is null ? [] : [.. (await git.TrackedStateAsync(cancellationToken)).Where(IsOwn)];
        if (files.Length > 0)
        {
            throw Refused(files);
        }
    }

    /// <summary>The folder itself is an entry of git where it is a link or a submodule.</summary>
    private static bool IsOwn(string path)
    {
        var names = path.Split('/');
        return names.Length == 1 || Own.Contains(names[1]);
    }

    private static ProblemException Refused(string[] files) => new(new Problem(
        "MLO2416",
        $"Files in the folder of mlops are committed: {string.Join(", ", files.Take(3).Select(file => $"'{file}'"))}"
            + (files.Length > 3 ? FormattableString.Invariant($" and {files.Length - 3} more.") : "."),
        "What lies there is trusted as earlier work of mlops. Committed, it is the word of whoever pushed it.",
        $"Remove them from the repository and from the disk, and commit that: `git rm -r -f {string.Join(' ', files.Select(Folder).Distinct(StringComparer.Ordinal))}`.")
    {
        Exit = ExitCode.Refused,
    });

    private static string Folder(string path) => string.Join('/', path.Split('/').Take(2));
}
