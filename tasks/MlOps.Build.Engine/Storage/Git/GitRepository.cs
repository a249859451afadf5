using MlOps.Build.Contracts;
using MlOps.Build.Engine.Approval;
using MlOps.Build.Engine.Hosts;
using MlOps.Build.Engine.Processes;

namespace MlOps.Build.Engine.Storage.Git;

/// <summary>A git work tree, asked through the program <c>git</c>.</summary>
public sealed class GitRepository
{
    private readonly GitCommand _git;

    private GitRepository(GitCommand git, string root, string prefix)
    {
        _git = git;
        Root = root;
        Prefix = prefix;
    }

    internal GitCommand Git => _git;

    /// <summary>The top folder of the work tree.</summary>
    public string Root { get; }

    /// <summary>The project's folder below <see cref="Root"/>, with <c>/</c>; empty when it is the top folder.</summary>
    public string Prefix { get; }

    /// <summary>The repository a project lies in, or null where there is none or no git.</summary>
    /// <exception cref="ProblemException">MLO2415: there is one, and git refuses to work in it.</exception>
    public static async Task<GitRepository?> FindAsync(
        string projectRoot, IProcessRunner processes, IEnvironment environment, CancellationToken cancellationToken)
    {
        var git = new GitCommand(processes, environment, Path.GetFullPath(projectRoot));
        ProcessResult result;
        try
        {
            result = await git.TryAsync(["rev-parse", "--show-toplevel", "--show-prefix"], cancellationToken);
        }
        catch (ProblemException exception) when (exception.Problem.Code == "MLO2201")
        {
            return null;
        }

        var lines = result.Output.Split('\n');
        return result.Succeeded && lines[0].Length > 0 ? new GitRepository(git, Path.GetFullPath(lines[0]), lines[1].Trim().TrimEnd('/'))
            : IsOutside(result, projectRoot) ? null
            : throw GitProblems.Unusable(projectRoot, result);
    }

    /// <summary>Git says that a damaged repository is none, too: where there is a <c>.git</c>, the project is not outside.</summary>
    private static bool IsOutside(ProcessResult result, string projectRoot)
    {
        if (!result.LastLines.Any(line => line.StartsWith("fatal: not a git repository (or any ", StringComparison.Ordinal)))
        {
            return false;
        }

        for (var folder = Path.GetFullPath(projectRoot); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (Path.Exists(Path.Combine(folder, ".git")))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Commit, branch and whether something differs from the commit; a detached head has no branch.</summary>
    public async Task<GitState> StateAsync(CancellationToken cancellationToken)
    {
        var output = await _git.RunAsync(
            ["status", "--porcelain=v2", "--branch", "--untracked-files=normal", "-z"], cancellationToken);
        return GitStatus.Parse(output);
    }

    /// <summary>The content of a file of the project at a commit, or null when it was not there.</summary>
    /// <exception cref="ProblemException">MLO2405: the commit or the file cannot be read.</exception>
    public Task<string?> FileAtAsync(string commit, string path, CancellationToken cancellationToken)
        => TextAtAsync(commit, Prefix.Length == 0 ? path : $"{Prefix}/{path}", cancellationToken);

    /// <summary>What a commit has at a path from the top folder: its mode, such as <c>120000</c> of a link, or null.</summary>
    internal async Task<string?> ModeAtAsync(string commit, string name, CancellationToken cancellationToken)
        => (await EntryAsync(commit, name, cancellationToken))?[0];

    /// <summary>The content of a file at a commit by its path from the top folder, or null when it was not there.</summary>
    /// <exception cref="ProblemException">MLO2405: the commit or the file cannot be read.</exception>
    internal async Task<string?> TextAtAsync(string commit, string name, CancellationToken cancellationToken)
    {
        // Of what is no file, git cannot print a blob, and says so.
        if (await EntryAsync(commit, name, cancellationToken) is not [_, _, var id])
        {
            return null;
        }

        string[] print = ["cat-file", "blob", id];
        var result = await _git.TryAsync(print, cancellationToken);
        return result.Succeeded && !result.OutputTruncated ? result.Output : throw GitCommand.Failed(print, result);
    }

    /// <summary>Mode, type and id; an entry is <c>mode type id&lt;tab&gt;name</c>.</summary>
    private async Task<string[]?> EntryAsync(string commit, string name, CancellationToken cancellationToken)
    {
        var entry = await _git.RunAsync(["--literal-pathspecs", "ls-tree", "-z", "--full-tree", commit, "--", name], cancellationToken);
        return entry.Length == 0 ? null : entry.Split('\t')[0].Split(' ');
    }

    /// <summary>
    /// The merge base of the head with the requested or the target branch, or null where there is nothing to compare
    /// with: no commit yet, or no branch that could be the target.
    /// </summary>
    /// <exception cref="ProblemException">MLO2403: the clone is too shallow. MLO2404: no such branch, or no common history.</exception>
    public async Task<GitBase?> BaseAsync(BaseRequest request, CancellationToken cancellationToken)
    {
        if (await CommitAsync("HEAD", cancellationToken) is null)
        {
            return null;
        }

        foreach (var reference in request.References)
        {
            if (await CommitAsync(reference, cancellationToken) is not { } tip)
            {
                continue;
            }

            var result = await _git.TryAsync(["merge-base", "HEAD", tip], cancellationToken);
            return result.Succeeded
                ? new GitBase(reference, result.Output.Trim())
                : throw await NoCommonHistoryAsync(reference, cancellationToken);
        }

        return request.IsNamed ? throw await NotThereAsync(request, cancellationToken) : null;
    }

    /// <summary>The files that are tracked or could be, below folders that are relative to <see cref="Root"/>.</summary>
    public async Task<IReadOnlyList<string>> FilesAsync(
        IReadOnlyList<string> folders, CancellationToken cancellationToken)
    {
        var result = await _git.TryAsync(
            ["-C", Root, "--literal-pathspecs", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", .. folders],
            cancellationToken);
        return result.Succeeded && !result.OutputTruncated
            ? [.. result.Output.Split('\0', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal)]
            : throw GitCommand.Failed(["ls-files"], result);
    }

    /// <summary>What is tracked of the project's state folder, relative to the project, however its name is cased.</summary>
    public async Task<IReadOnlyList<string>> TrackedStateAsync(CancellationToken cancellationToken)
    {
        var output = await _git.RunAsync(["--no-literal-pathspecs", "ls-files", "-z", "--", ":(icase).mlops"], cancellationToken);
        return output.Split('\0', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Checks a commit out into a folder of its own; see <see cref="GitWorktrees"/>.</summary>
    internal Task AddWorktreeAsync(string folder, string commit, CancellationToken cancellationToken)
        => _git.RunAsync(["worktree", "add", "--detach", "--force", "--quiet", folder, commit], cancellationToken);

    /// <summary>Removes a checked out folder and forgets those that were deleted by hand.</summary>
    internal async Task RemoveWorktreeAsync(string folder)
    {
        await _git.TryAsync(["worktree", "remove", "--force", "--force", folder], CancellationToken.None);
        await _git.TryAsync(["worktree", "prune"], CancellationToken.None);
    }

    /// <summary>The commit of a branch or tag, or null where there is none.</summary>
    public Task<string?> CommitOfAsync(string reference, CancellationToken cancellationToken) => CommitAsync(reference, cancellationToken);

    /// <summary>Whether a file that git tracks differs from the commit; new files do not count.</summary>
    public async Task<bool> HasTrackedChangesAsync(CancellationToken cancellationToken)
        => (await _git.RunAsync(["status", "--porcelain=v1", "--untracked-files=no", "-z"], cancellationToken)).Length > 0;

    /// <summary>Whether a commit is part of what another one has behind it, itself included.</summary>
    public async Task<bool> IsWithinAsync(string commit, string tip, CancellationToken cancellationToken)
        => (await _git.TryAsync(["merge-base", "--is-ancestor", commit, tip], cancellationToken)).Succeeded;

    /// <summary>
    /// Who wrote or committed what came after a commit; where that is not behind it, what the last merge brought or the last commit
    /// alone. Whoever only merged is not among them.
    /// </summary>
    /// <exception cref="ProblemException">
    /// MLO2970: the clone does not have the commit, or it is shallow: whoever wrote what was cut off would be missing, and could
    /// approve their own change.
    /// </exception>
    public async Task<IReadOnlyList<string>> PeopleAsync(string? after, string commit, CancellationToken cancellationToken)
    {
        var isShallow = await IsShallowAsync(cancellationToken);
        if (isShallow || await CommitAsync(commit, cancellationToken) is null)
        {
            throw GitProblems.NotHere(commit, isShallow);
        }

        var start = after is not null && after != commit && await IsWithinAsync(after, commit, cancellationToken)
            ? after
            : await CommitAsync($"{commit}^1", cancellationToken);
        string[] range = start is null ? ["-1", commit] : [$"{start}..{commit}"];
        return CommitPeople.Of(await _git.RunAsync(["log", "--no-merges", CommitPeople.Format, .. range], cancellationToken));
    }

    /// <summary>The change that put a file on the branch, or null where the clone does not go back far enough.</summary>
    public async Task<LockChange?> LastChangeAsync(string commit, string path, CancellationToken cancellationToken)
    {
        if (await IsShallowAsync(cancellationToken))
        {
            return null;
        }

        var name = Prefix.Length == 0 ? path : $"{Prefix}/{path}";
        var log = await _git.RunAsync(
            ["-C", Root, "--literal-pathspecs", "log", "-1", "--first-parent", "--format=%H%x00%P%x00%an%x00%ae%x00%cn%x00%ce", commit, "--", name], cancellationToken);
        if (log.TrimEnd('\n').Split('\0') is not [var hash, var parents, var author, var authorMail, var committer, var committerMail])
        {
            return null;
        }

        if (parents.Split(' ') is [var first, var second])
        {
            var written = await _git.RunAsync(
                ["-C", Root, "--literal-pathspecs", "log", CommitPeople.Format, $"{first}..{second}", "--", name], cancellationToken);
            return new(hash, author, authorMail, CommitPeople.Of(written));
        }

        // A host that squashes or rebases commits in its own name and says nowhere who pressed the button.
        return committerMail == "noreply@github.com"
            ? new(hash, null, null, [author, authorMail])
            : new(hash, committer, committerMail, [author, authorMail]);
    }

    internal async Task<string?> CommitAsync(string reference, CancellationToken cancellationToken)
    {
        var result = await _git.TryAsync(
            ["rev-parse", "--verify", "--quiet", "--end-of-options", reference + "^{commit}"], cancellationToken);
        return result.Succeeded ? result.Output.Trim() : null;
    }

    private async Task<bool> IsShallowAsync(CancellationToken cancellationToken)
        => (await _git.RunAsync(["rev-parse", "--is-shallow-repository"], cancellationToken)).Trim() == "true";

    private async Task<ProblemException> NoCommonHistoryAsync(string reference, CancellationToken cancellationToken)
        => await IsShallowAsync(cancellationToken)
            ? GitProblems.Shallow(reference)
            : GitProblems.NoBase(reference, "It has no commit in common with the current one.");

    private async Task<ProblemException> NotThereAsync(BaseRequest request, CancellationToken cancellationToken)
        => await IsShallowAsync(cancellationToken)
            ? GitProblems.Shallow(request.References[0])
            : GitProblems.NoBase(request.References[0], "There is no such commit, branch or tag here.");
}
