using System.Globalization;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Hosts;
using MlOps.Build.Engine.Runs;

namespace MlOps.Build.Engine.Training;

/// <summary>Scores a model, or copies the predictions that the same scorer made of the same rows before.</summary>
public sealed class ScoringStep(
    ProgramBuilder builder, ScorerRunner scorer, StateFolder state, IEnvironment environment, IProgressLog log) : IScoringStep
{
    /// <inheritdoc/>
    public Task<BuiltProgram> ProgramAsync(TrainingSide side, CancellationToken cancellationToken)
        => builder.BuildAsync(side.Name, side.Root, side.Configuration.Score, cancellationToken);

    /// <inheritdoc/>
    public async Task<ScoredRun> RunAsync(ScoringJob job, CancellationToken cancellationToken)
    {
        var cached = Path.Combine(state.Cache, "predictions", Digest.Hex(KeyOf(job)));
        if (job.UseCache && Reuse(job, cached) is { } reused)
        {
            return reused;
        }

        log.Step($"Scoring the {job.Name}");
        var scored = await scorer.ScoreAsync(job, cancellationToken);
        if (job.IsKept)
        {
            Remember(scored, cached);
        }

        return scored;
    }

    private string KeyOf(ScoringJob job) => Digest.Of(string.Join(
        '\n',
        "mlops/predictions-key/1",
        job.ModelDigest,
        job.Program.Digest,
        job.Program.Folder is null ? string.Join('\0', job.Program.Command) : job.Program.EntryFile,
        Digest.OfFile(job.Holdout),
        FormattableString.Invariant($"{job.Task} {job.Threads} {job.Columns.Time} {job.Columns.Group}"),
        MachineProbe.Current.EngineDigest,
        MachineProbe.Current.Runtime,
        MachineProbe.Platform,
        string.Join('\n', TrainerEnvironment.ForKey(environment.Variables))));

    /// <summary>The first line of the cache entry names the digest, the second the rows; the table lies beside it.</summary>
    private ScoredRun? Reuse(ScoringJob job, string cached)
    {
        if (!File.Exists(cached + ".txt") || !File.Exists(cached + ".parquet"))
        {
            return null;
        }

        var lines = File.ReadAllLines(cached + ".txt");
        if (lines.Length != 2 || !long.TryParse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture, out var rows) || Digest.OfFile(cached + ".parquet") != lines[0])
        {
            return null;
        }

        log.Step($"The {job.Name} was scored on these rows before");
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(job.Output))!);
        File.Copy(cached + ".parquet", job.Output, overwrite: true);
        return new ScoredRun(job.Output, lines[0], rows, Seconds: null, PeakMemoryBytes: null);
    }

    /// <summary>The entry that names the digest comes last: without it the table is not looked at.</summary>
    private void Remember(ScoredRun scored, string cached)
    {
        state.Ensure();
        Directory.CreateDirectory(Path.GetDirectoryName(cached)!);
        File.Copy(scored.Path, cached + ".parquet", overwrite: true);
        AtomicFile.Write(cached + ".txt", FormattableString.Invariant($"{scored.Digest}\n{scored.Rows}\n"));
    }
}
