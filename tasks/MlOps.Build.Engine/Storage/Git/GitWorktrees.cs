using MlOps.Build.Contracts;
using MlOps.Build.Engine.Runs;

namespace MlOps.Build.Engine.Storage.Git;

/// <summary>A commit in a folder of its own; disposing it removes the folder.</summary>
public sealed class GitWorktree : IAsyncDisposable
{
    private readonly GitRepository _repository;
    private readonly FileLock _owner;

    internal GitWorktree(GitRepository repository, string folder, FileLock owner)
    {
        _repository = repository;
        _owner = owner;
        Folder = folder;
        ProjectRoot = repository.Prefix.Length == 0 ? folder : Path.Combine(folder, repository.Prefix);
    }

    /// <summary>The top folder of the commit.</summary>
    public string Folder { get; }

    /// <summary>The project's folder in it.</summary>
    public string ProjectRoot { get; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _repository.RemoveWorktreeAsync(Folder);
        GitWorktrees.Delete(Folder);
        _owner.Dispose();
        File.Delete(GitWorktrees.LockOf(Folder));
    }
}

/// <summary>Checks commits out under <c>.mlops/worktrees</c>, and clears away what a killed mlops left there.</summary>
public sealed class GitWorktrees(GitRepository repository, StateFolder state, TimeProvider time)
{
    /// <summary>
    /// Files MSBuild and the SDK look for in every folder above a project: empty ones, so that the settings of the
    /// work tree around it do not leak into an older commit that has none.
    /// </summary>
    private static readonly (string Name, string Content)[] Barriers =
    [
        ("Directory.Build.props", "<Project />\n"),
        ("Directory.Build.targets", "<Project />\n"),
        ("Directory.Packages.props", "<Project />\n"),
        (".editorconfig", "root = true\n"),
        ("global.json", "{}\n"),
    ];

    /// <summary>Checks a commit out.</summary>
    public async Task<GitWorktree> AddAsync(string commit, CancellationToken cancellationToken)
    {
        state.Ensure();
        await RemoveLeftoversAsync();
        Directory.CreateDirectory(state.Worktrees);
        foreach (var (name, content) in Barriers)
        {
            var path = Path.Combine(state.Worktrees, name);
            if (!File.Exists(path))
            {
                AtomicFile.Write(path, content);
            }
        }

        var folder = Path.Combine(state.Worktrees, $"{commit[..12]}-{RunId.New(time)[^6..].ToLowerInvariant()}");
        var owner = FileLock.TryTake(LockOf(folder)) ?? throw new InvalidOperationException($"{folder} is taken.");
        var worktree = new GitWorktree(repository, folder, owner);
        var isAdded = false;
        try
        {
            await repository.AddWorktreeAsync(folder, commit, cancellationToken);
            DeleteState(worktree);
            isAdded = true;
            return worktree;
        }
        finally
        {
            if (!isAdded)
            {
                await worktree.DisposeAsync();
            }
        }
    }

    internal static string LockOf(string folder) => folder + ".lock";

    internal static void Delete(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>
    /// What a commit holds of the state folder was never work of this machine. It is dropped and not refused: else no
    /// change could ever remove it.
    /// </summary>
    private static void DeleteState(GitWorktree worktree) => Delete(new StateFolder(worktree.ProjectRoot).Root);

    private async Task RemoveLeftoversAsync()
    {
        if (!Directory.Exists(state.Worktrees))
        {
            return;
        }

        foreach (var folder in Directory.GetDirectories(state.Worktrees).Where(folder => !FileLock.IsHeld(LockOf(folder))))
        {
            await repository.RemoveWorktreeAsync(folder);
            Delete(folder);
            File.Delete(LockOf(folder));
        }
    }
}
