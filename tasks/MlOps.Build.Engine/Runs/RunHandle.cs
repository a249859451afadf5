using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Runs;

/// <summary>A run that is being written. Whoever holds it is the only one who writes, until the status is final.</summary>
public sealed class RunHandle : IDisposable
{
    public const string RecordFile = "run.json";

    private readonly FileLock _owner;
    private readonly TimeProvider _time;

    internal RunHandle(string folder, RunRecord record, TimeProvider time)
    {
        Folder = folder;
        Record = record;
        _time = time;
        _owner = FileLock.TryTake(LockOf(folder)) ?? throw new InvalidOperationException($"{folder} is being written.");
        Write(record);
    }

    public string Folder { get; }

    public RunRecord Record { get; private set; }

    public string Id => Record.Id;

    /// <summary>Replaces the record while the run is working.</summary>
    public void Update(RunRecord record)
    {
        if (Record.Status != RunStatus.Started)
        {
            throw new InvalidOperationException($"Run {Id} has ended as {Record.Status} and is not edited any more.");
        }

        Write(record);
    }

    /// <summary>Gives the run its final status.</summary>
    public RunRecord End(RunStatus status, string? problemCode = null)
    {
        Update(Record with { Status = status, ProblemCode = problemCode, EndedAt = _time.GetUtcNow() });
        return Record;
    }

    /// <summary>Does the work of a run: a problem or a bug makes it failed, a cancellation cancelled.</summary>
    public async Task<T> DoAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (ProblemException exception)
        {
            End(RunStatus.Failed, exception.Problem.Code);
            throw;
        }
        catch (OperationCanceledException)
        {
            End(RunStatus.Cancelled);
            throw;
        }
        catch
        {
            EndBroken();
            throw;
        }
    }

    /// <summary>A full disk may be what ended the work: then the run stays without an end, which reads as interrupted.</summary>
    private void EndBroken()
    {
        try
        {
            if (Record.Status == RunStatus.Started)
            {
                End(RunStatus.Failed, "MLO2070");
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What ended the work is what must be heard of.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _owner.Dispose();
        if (Record.Status != RunStatus.Started)
        {
            RemoveLock();
        }
    }

    internal static bool IsAlive(string folder) => FileLock.IsHeld(LockOf(folder));

    internal static string LockOf(string folder) => Path.Combine(folder, "run.lock");

    /// <summary>A run that has ended needs no lock; one that is left is how a killed run is found.</summary>
    private void RemoveLock()
    {
        try
        {
            File.Delete(LockOf(Folder));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Somebody looks at it right now; the next sweep removes it.
        }
    }

    private void Write(RunRecord record)
    {
        AtomicFile.Write(Path.Combine(Folder, RecordFile), record);
        Record = record;
    }
}
