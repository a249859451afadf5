using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Training;

/// <summary>One scoring: a model on rows without their label.</summary>
public sealed record ScoringJob
{
    /// <summary>What progress and messages call the model, such as <c>challenger</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The folder with the model's files.</summary>
    public required string ModelFolder { get; init; }

    /// <summary>Merkle root of the model's files.</summary>
    public required string ModelDigest { get; init; }

    /// <summary>The program that scores it: see <see cref="IScoringStep.ProgramAsync"/>.</summary>
    public required BuiltProgram Program { get; init; }

    /// <summary>The Parquet file with the rows to score, without the label; its ids are in <c>row_id</c>.</summary>
    public required string Holdout { get; init; }

    /// <summary>The Parquet file to write; its folder also gets the score request.</summary>
    public required string Output { get; init; }

    public required ColumnRoles Columns { get; init; }

    public required ModelTask Task { get; init; }

    public required int Threads { get; init; }

    /// <summary>Wall-clock limit; null: none.</summary>
    public TimeSpan? BudgetTime { get; init; }

    public long? BudgetMemoryBytes { get; init; }

    /// <summary>Whether predictions of the same model, scorer and rows may be reused.</summary>
    public bool UseCache { get; init; } = true;

    /// <summary>Whether the predictions are kept for later.</summary>
    public bool IsKept { get; init; } = true;

    /// <summary>How many rows the scorer is asked to time one by one; null: it is not asked.</summary>
    public int? TimedRows { get; init; }
}

/// <summary>Predictions that were checked: every row id of the holdout once, every score in its range.</summary>
/// <param name="Path">The Parquet file.</param>
/// <param name="Digest">The digest of its bytes.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="Seconds">Wall-clock seconds of the scorer; null when earlier predictions were reused.</param>
/// <param name="PeakMemoryBytes">Peak memory of the scorer's process tree; null when earlier predictions were reused.</param>
public sealed record ScoredRun(string Path, string Digest, long Rows, double? Seconds, long? PeakMemoryBytes)
{
    public bool Cached => Seconds is null;

    /// <summary>What the scorer measured of itself, where it was asked and its word holds.</summary>
    public ScoreTimings? Timings { get; init; }

    /// <summary>Why there are no timings although they were asked for.</summary>
    public string? WhyNoTimings { get; init; }
}

/// <summary>A program that is ready to start.</summary>
public sealed record BuiltProgram
{
    /// <summary>Program and arguments.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>Where it is started: its side's root.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>The published folder, or null for a <c>command:</c> that is started as it is.</summary>
    public required string? Folder { get; init; }

    /// <summary>The file in <see cref="Folder"/> that <c>dotnet</c> starts, or null.</summary>
    public string? EntryFile { get; init; }

    /// <summary>Merkle root of <see cref="Folder"/>, or the digest of the sources a command stands for.</summary>
    public required string Digest { get; init; }

    /// <summary>Merkle root of the sources: of the project's closure, or of the whole root for a command.</summary>
    public required string SourceDigest { get; init; }

    /// <summary>What tells scorers apart: the published bytes, or a command's words with the sources they stand for.</summary>
    public string Identity => Folder is not null ? Digest : Contracts.Digest.Of(string.Join('\u001f', [.. Command, SourceDigest]));

    /// <summary>The same as far as a package can say it: of a command it keeps the words only.</summary>
    public string PackedIdentity => IdentityOf(Folder is not null, Digest, Command);

    /// <summary>The identity of a scorer in a package.</summary>
    public static string IdentityOf(bool isPublished, string digest, IEnumerable<string> command)
        => isPublished ? digest : Contracts.Digest.Of(string.Join('\u001f', command));
}

/// <summary>Scores models.</summary>
public interface IScoringStep
{
    /// <summary>The scorer of a side, built if it is not built yet.</summary>
    Task<BuiltProgram> ProgramAsync(TrainingSide side, CancellationToken cancellationToken);

    /// <summary>Scores, then checks what was written.</summary>
    /// <exception cref="ProblemException">MLO22xx: what the scorer did wrong; no predictions file is left.</exception>
    Task<ScoredRun> RunAsync(ScoringJob job, CancellationToken cancellationToken);
}
