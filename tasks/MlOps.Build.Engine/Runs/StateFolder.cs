using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Runs;

/// <summary>The folder <c>.mlops</c> of a project: runs, built programs, caches. None of it belongs into git.</summary>
public sealed class StateFolder(string projectRoot)
{
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(100);

    public string ProjectRoot { get; } = Path.GetFullPath(projectRoot);

    public string Root => Path.Combine(ProjectRoot, ".mlops");

    public string Runs => Path.Combine(Root, "runs");

    public string Build => Path.Combine(Root, "build");

    public string Cache => Path.Combine(Root, "cache");

    /// <summary>What is gone when a step or a query is done.</summary>
    public string Scratch => Path.Combine(Root, "tmp");

    public string Worktrees => Path.Combine(Root, "worktrees");

    /// <summary>Creates the folder and keeps what is in it out of git, except the schema that editors read.</summary>
    /// <exception cref="ProblemException">MLO2408: the folder cannot be written.</exception>
    public void Ensure()
    {
        try
        {
            var ignore = Path.Combine(Root, ".gitignore");
            if (!File.Exists(ignore))
            {
                AtomicFile.Write(ignore, "/*\n!/schema/\n");
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ProblemException(
                new Problem(
                    "MLO2408",
                    $"The folder '{Root}' cannot be written.",
                    exception.Message,
                    "Give this user the right to write there, or work in a copy of the project."),
                exception);
        }
    }

    /// <summary>Waits until no other mlops holds the lock of that name; disposing it gives it back, and so does a crash.</summary>
    public async Task<IDisposable> LockAsync(string name, TimeProvider time, CancellationToken cancellationToken)
    {
        Ensure();
        var path = Path.Combine(Root, "locks", name);
        while (true)
        {
            if (FileLock.TryTake(path) is { } taken)
            {
                return taken;
            }

            await Task.Delay(Retry, time, cancellationToken);
        }
    }
}
