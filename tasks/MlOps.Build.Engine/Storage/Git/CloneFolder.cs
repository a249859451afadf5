using MlOps.Build.Contracts;
using MlOps.Build.Engine.Runs;

namespace MlOps.Build.Engine.Storage.Git;

/// <summary>
/// The store's own folder inside of <c>.git</c>, which work trees of a clone share and no clean-up of the job's folder
/// takes: a name for this clone, blobs that wait, and files that live as long as who holds a lease.
/// </summary>
internal sealed class CloneFolder(string commonFolder)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly string root = Path.Combine(commonFolder, "mlops");

    public string Blobs => Path.Combine(root, "blobs");

    /// <summary>A name for this clone that no other has, also on machines with the same name.</summary>
    public string Id()
    {
        var path = Path.Combine(root, "id");
        if (!File.Exists(path))
        {
            AtomicFile.Write(path, Ulid.NewUlid().ToString());
        }

        return $"{Environment.MachineName}/{File.ReadAllText(path)}";
    }

    /// <summary>Waits until no other process or thread uses this clone's branch.</summary>
    public async Task<IDisposable> LockAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (FileLock.TryTake(Path.Combine(root, "lock")) is { } taken)
            {
                return taken;
            }

            // Git and the file system go by real time, whatever clock the registry has.
            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>A file that is open as long as this process lives and holds the lease.</summary>
    public string LifeFile(string holder) => Path.Combine(root, "holders", holder);
}
