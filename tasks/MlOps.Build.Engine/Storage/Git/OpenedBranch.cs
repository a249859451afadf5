using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Hosts;
using MlOps.Build.Engine.Processes;

namespace MlOps.Build.Engine.Storage.Git;

/// <summary>A registry branch together with what its clone keeps for it.</summary>
internal sealed record OpenedBranch(RegistryBranch Branch, CloneFolder Folder, BlobStage Stage, GitLeases Leases)
{
    /// <summary>Looks which repository, which remote and what kind of clone this is; fetches nothing yet.</summary>
    /// <exception cref="Contracts.ProblemException">MLO2520: there is no repository or no such remote. MLO2528: the branch is checked out.</exception>
    public static async Task<OpenedBranch> OpenAsync(
        string projectRoot,
        RegistryConfiguration settings,
        IProcessRunner processes,
        IEnvironment environment,
        Func<CloneFolder, GitLeases> leases,
        CancellationToken cancellationToken)
    {
        var repository = await GitRepository.FindAsync(projectRoot, processes, environment, cancellationToken)
            ?? throw BranchProblems.NoRepository(projectRoot);
        var git = repository.Git;
        var facts = (await git.RunAsync(
            ["rev-parse", "--git-common-dir", "--is-shallow-repository", "--show-object-format"], cancellationToken)).Split('\n');
        var common = Path.GetFullPath(facts[0], Path.GetFullPath(projectRoot));
        var branch = new BranchSettings(settings.Branch, await RemoteAsync(git, settings, cancellationToken));
        if (branch.Remote is null)
        {
            await RefuseCheckedOutAsync(git, branch, cancellationToken);
        }

        var clone = new CloneFolder(common);
        return new OpenedBranch(
            new RegistryBranch(git, branch, common, facts[1] == "true", facts[2] == "sha256" ? 64 : 40),
            clone,
            new BlobStage(clone.Blobs),
            leases(clone));
    }

    private static async Task<string?> RemoteAsync(GitCommand git, RegistryConfiguration settings, CancellationToken cancellationToken)
    {
        var known = (await git.RunAsync(["remote"], cancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return settings.Remote is null && known.Length == 0 ? null
            : known.Contains(settings.Remote ?? "origin", StringComparer.Ordinal) ? settings.Remote ?? "origin"
            : throw BranchProblems.NoRemote(settings.Remote ?? "origin", known);
    }

    /// <summary>Without a remote the branch itself moves, which must not happen under somebody's feet.</summary>
    private static async Task RefuseCheckedOutAsync(GitCommand git, BranchSettings branch, CancellationToken cancellationToken)
    {
        var worktrees = await git.RunAsync(["worktree", "list", "--porcelain"], cancellationToken);
        if (worktrees.Split('\n').Contains($"branch refs/heads/{branch.Branch}", StringComparer.Ordinal))
        {
            throw BranchProblems.NoRegistry(branch, "It is checked out in a work tree, whose files would be left behind.");
        }
    }
}
