namespace MlOps.Build.Serving;

/// <summary>
/// A file system watcher that is only ever a hint: where there is none to be had (no folder yet, no inotify handles
/// left, a network share), polling does the work alone.
/// </summary>
internal sealed class FolderHint(string folder, Action changed) : IDisposable
{
    private FileSystemWatcher? _watcher;

    /// <summary>Makes a watcher where there is none, for instance after the folder was replaced.</summary>
    public void Renew()
    {
        if (!Directory.Exists(folder))
        {
            Drop();
            return;
        }

        if (_watcher is not null)
        {
            return;
        }

        try
        {
            _watcher = new FileSystemWatcher(folder) { NotifyFilter = NotifyFilters.FileName | NotifyFilters.LastWrite };
            _watcher.Changed += (_, _) => changed();
            _watcher.Created += (_, _) => changed();
            _watcher.Renamed += (_, _) => changed();
            _watcher.Deleted += (_, _) => changed();
            _watcher.Error += (_, _) => changed();
            _watcher.EnableRaisingEvents = true;
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or PlatformNotSupportedException)
        {
            Drop();
        }
    }

    public void Dispose() => Drop();

    private void Drop()
    {
        _watcher?.Dispose();
        _watcher = null;
    }
}
