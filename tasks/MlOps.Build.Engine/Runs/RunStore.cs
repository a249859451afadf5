using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Runs;

/// <summary>The runs of a project: a folder each under <c>.mlops/runs</c>.</summary>
public sealed class RunStore(StateFolder state, TimeProvider time)
{
    /// <summary>Begins a run: its folder exists and its record says started.</summary>
    public RunHandle Create(Func<string, DateTimeOffset, RunRecord> record)
    {
        state.Ensure();
        var id = RunId.New(time);
        return new RunHandle(FolderOf(id), record(id, time.GetUtcNow()), time);
    }

    public string FolderOf(string id) => Path.Combine(state.Runs, id);

    /// <summary>
    /// All runs, newest first; a folder without a readable record is passed over. Each record is read only when it is come
    /// to: who looks for the latest does not read the whole history.
    /// </summary>
    public IEnumerable<StoredRun> NewestFirst()
        => Folders().OrderByDescending(folder => folder, StringComparer.Ordinal).Select(TryOpen).OfType<StoredRun>();

    /// <summary>How many runs there are, readable or not.</summary>
    public int Count() => Folders().Count(folder => File.Exists(Path.Combine(folder, RunHandle.RecordFile)));

    /// <summary>
    /// A run by its id, or by the beginning of it that names only one; <c>latest</c> is the newest, of a kind if one is
    /// given, and else the newest that somebody asked for: a pipeline, not one of its trainings.
    /// </summary>
    /// <exception cref="ProblemException">MLO2406: there is none, or more than one.</exception>
    public StoredRun Find(string idOrBeginning, RunKind? latestOf = null)
    {
        if (idOrBeginning == "latest")
        {
            return (latestOf is { } kind ? NewestOf(kind) : Latest()) ?? throw NotFound(idOrBeginning, []);
        }

        var matches = Folders().Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)
            .Where(id => id.StartsWith(idOrBeginning, StringComparison.OrdinalIgnoreCase)).ToList();
        return matches is [var only] ? Open(FolderOf(only)) : throw NotFound(idOrBeginning, matches);
    }

    private StoredRun? NewestOf(RunKind kind) => NewestFirst().FirstOrDefault(run => run.Record.Kind == kind);

    private StoredRun? Latest()
    {
        var newest = NewestFirst().FirstOrDefault();
        return newest is { Record.Kind: RunKind.Training }
            && NewestOf(RunKind.Pipeline) is { } pipeline
            && (pipeline.State == RunState.Running || newest.Record.StartedAt <= pipeline.Record.EndedAt)
            ? pipeline
            : newest;
    }

    /// <summary>The finished training with this key whose model still has the bytes it was written with, or null.</summary>
    public StoredRun? FindFinished(string cacheKey)
    {
        var entry = CacheEntry(cacheKey);
        if (!File.Exists(entry))
        {
            return null;
        }

        var id = File.ReadAllText(entry).Trim();
        return RunId.IsRunId(id)
            && TryOpen(FolderOf(id)) is { Record: { Status: RunStatus.Finished } record } run
            && record.CacheKey == cacheKey
            ? run
            : null;
    }

    /// <summary>Makes a finished training findable by its key.</summary>
    public void Remember(RunRecord record)
        => AtomicFile.Write(CacheEntry(record.CacheKey!), record.Id + "\n");

    private IEnumerable<string> Folders()
        => Directory.Exists(state.Runs)
            ? Directory.GetDirectories(state.Runs).Where(folder => RunId.IsRunId(Path.GetFileName(folder)))
            : [];

    private string CacheEntry(string cacheKey) => Path.Combine(state.Cache, "runs", Digest.Hex(cacheKey));

    private static StoredRun Open(string folder)
        => new(folder, Documents.Read<RunRecord>(Path.Combine(folder, RunHandle.RecordFile)), RunHandle.IsAlive(folder));

    private static StoredRun? TryOpen(string folder)
    {
        try
        {
            return Open(folder);
        }
        catch (ProblemException)
        {
            return null;
        }
    }

    private static ProblemException NotFound(string name, IReadOnlyList<string> matches) => new(new Problem(
        "MLO2406",
        $"There is no single run '{name}'.",
        matches.Count == 0 ? name == "latest" ? "There is none yet." : "No run has an id that begins so." : $"{matches.Count} runs have: {string.Join(", ", matches.Take(3))}.",
        "Take an id from `mlops runs list`; its beginning is enough where it is the only one."));
}

/// <summary>A run as it lies on the disk.</summary>
/// <param name="Folder">Its folder.</param>
/// <param name="Record">Its record.</param>
/// <param name="IsAlive">Whether a living process works on it.</param>
public sealed record StoredRun(string Folder, RunRecord Record, bool IsAlive)
{
    /// <summary>A run that says started and whose process is gone was interrupted: it could not say so itself.</summary>
    public RunState State => Record.Status switch
    {
        RunStatus.Finished => RunState.Finished,
        RunStatus.Failed => RunState.Failed,
        RunStatus.Cancelled => RunState.Cancelled,
        _ => IsAlive ? RunState.Running : RunState.Interrupted,
    };
}
