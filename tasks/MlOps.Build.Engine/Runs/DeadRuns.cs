using MlOps.Build.Contracts;
using MlOps.Build.Engine.Data;
using MlOps.Build.Engine.Hosts;
using MlOps.Build.Engine.Pipeline;
using MlOps.Build.Engine.Processes;

namespace MlOps.Build.Engine.Runs;

/// <summary>
/// Clears away what killed processes left: the rows of their runs, half-written files, and programs that still work for
/// them. What a living process works on is known by its lock and left alone.
/// </summary>
public sealed class DeadRuns(StateFolder state, IProgressLog log, TimeProvider time)
{
    private const int LooksAtHeldLocks = 5;

    /// <summary>Looks at every run and step that has not said that it has ended.</summary>
    public async Task SweepAsync()
    {
        var held = new List<(string Path, Func<Task> Clear)>();
        foreach (var (path, clear) in Unfinished())
        {
            if (!await SweepAsync(path, clear))
            {
                held.Add((path, clear));
            }
        }

        // A program that was just being started when its mlops was killed holds the lock until it runs.
        for (var look = 0; look < LooksAtHeldLocks && held.Count > 0; look++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), time);
            foreach (var (path, clear) in held.ToArray())
            {
                if (await SweepAsync(path, clear))
                {
                    held.Remove((path, clear));
                }
            }
        }

        foreach (var folder in Directory.Exists(state.Scratch) ? Directory.GetDirectories(state.Scratch, DataSession.SpillPrefix + "*").Where(IsOld) : [])
        {
            Remove(folder);
        }
    }

    private IEnumerable<(string Path, Func<Task> Clear)> Unfinished()
    {
        foreach (var folder in FoldersOf(state.Runs).Where(folder => File.Exists(RunHandle.LockOf(folder))))
        {
            // The record is written under the lock: before it is there, somebody may be about to take the lock.
            if (RecordOf(folder) is not null)
            {
                // Read again under the lock: whoever held it may have ended the run meanwhile.
                yield return (RunHandle.LockOf(folder), () => RecordOf(folder) is { Status: RunStatus.Started } ? ClearAsync(folder, PipelineData.RemoveRows) : Task.CompletedTask);
            }
        }

        foreach (var folder in FoldersOf(state.Scratch))
        {
            yield return (ScratchFolder.LockOf(folder), () => ClearAsync(folder, static gone => Directory.Delete(gone, recursive: true)));
        }
    }

    /// <summary>No query keeps the rows that do not fit into memory for a day without writing to them.</summary>
    private bool IsOld(string folder)
        => Directory.GetFiles(folder).Select(File.GetLastWriteTimeUtc).Append(Directory.GetLastWriteTimeUtc(folder)).Max() < time.GetUtcNow().UtcDateTime - TimeSpan.FromDays(1);

    private void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
            log.Step($"Cleared away {Path.GetFileName(folder)}, rows of a query that was killed");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            log.Warn($"What a killed query left is still there: {exception.Message}");
        }
    }

    private static IEnumerable<string> FoldersOf(string root)
        => Directory.Exists(root) ? Directory.GetDirectories(root).Where(folder => RunId.IsRunId(Path.GetFileName(folder))) : [];

    private static RunRecord? RecordOf(string folder)
    {
        try
        {
            return Documents.Read<RunRecord>(Path.Combine(folder, RunHandle.RecordFile));
        }
        catch (ProblemException)
        {
            return null;
        }
    }

    /// <summary>False where somebody holds the lock.</summary>
    private async Task<bool> SweepAsync(string path, Func<Task> clear)
    {
        try
        {
            using (var owner = FileLock.TryTake(path))
            {
                if (owner is null)
                {
                    return false;
                }

                await clear();
            }

            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The next run tries again; this one does not fail because of another.
            log.Warn($"What a killed run left is still there: {exception.Message}");
        }

        return true;
    }

    private async Task ClearAsync(string folder, Action<string> remove)
    {
        var programs = await StrayPrograms.EndAsync(folder, time);
        remove(folder);
        foreach (var half in Directory.Exists(folder) ? Directory.GetFiles(folder, "*.tmp", SearchOption.AllDirectories) : [])
        {
            File.Delete(half);
        }

        log.Step($"Cleared away what {Path.GetFileName(folder)} left, which was killed{(programs > 0 ? FormattableString.Invariant($"; {programs} of its processes were ended") : string.Empty)}");
    }
}
