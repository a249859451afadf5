using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Processes;

namespace MlOps.Build.Engine.Training;

/// <summary>The code on one side of a comparison.</summary>
public sealed record TrainingSide
{
    /// <summary><c>challenger</c> or <c>baseline</c>: what progress and messages call it.</summary>
    public required string Name { get; init; }

    /// <summary>The folder with this side's mlops.yml: the project root, or its twin in a git worktree.</summary>
    public required string Root { get; init; }

    /// <summary>This side's own mlops.yml: its <c>train</c> and <c>score</c> sections are what runs.</summary>
    public required ProjectConfiguration Configuration { get; init; }

    /// <summary>The code's commit; a worktree is never dirty.</summary>
    public required GitState Git { get; init; }
}

/// <summary>One training: a side, its data and a seed.</summary>
public sealed record TrainingJob
{
    public required TrainingSide Side { get; init; }

    public required RunMode Mode { get; init; }

    /// <summary>The replicate, from 0; only for progress.</summary>
    public int Replicate { get; init; }

    /// <summary>How many replicates there are; only for progress.</summary>
    public int Replicates { get; init; } = 1;

    /// <summary>The seed of the trainer.</summary>
    public required int Seed { get; init; }

    /// <summary>The Parquet file with the training rows. Its bytes are part of the cache key.</summary>
    public required string TrainData { get; init; }

    /// <summary>The Parquet file with the validation rows, if there are any.</summary>
    public required string? ValidationData { get; init; }

    /// <summary>What the columns of both files mean.</summary>
    public required ColumnRoles Columns { get; init; }

    public required string SnapshotDigest { get; init; }

    public required SplitRecord Split { get; init; }

    /// <summary>The sample, or null when all training rows are used.</summary>
    public required SampleRecord? Sample { get; init; }

    /// <summary>Whether a finished run with the same key may be reused.</summary>
    public bool UseCache { get; init; } = true;
}

/// <summary>A finished training.</summary>
public sealed record TrainedRun
{
    public required RunRecord Record { get; init; }

    /// <summary>The run's folder, with <c>model/</c>, <c>training.json</c> and <c>events.jsonl</c>.</summary>
    public required string Folder { get; init; }

    /// <summary>What the trainer said about itself.</summary>
    public required TrainingRecord Training { get; init; }

    /// <summary>The files of <c>model/</c>, sorted by path.</summary>
    public required FileDigest[] ModelFiles { get; init; }

    /// <summary>Whether a finished run was reused.</summary>
    public required bool Cached { get; init; }

    /// <summary>The digest of the trainer's sources: equal on both sides means that the trainer is unchanged.</summary>
    public required string TrainerDigest { get; init; }

    /// <summary>How the trainer's process ended and what it took; null where a finished run was reused.</summary>
    public ProcessResult? Process { get; init; }

    public string RunId => Record.Id;

    public string ModelDigest => Record.ModelDigest!;

    public string ModelFolder => Path.Combine(Folder, "model");
}

/// <summary>Trains one side once.</summary>
public interface ITrainingStep
{
    /// <summary>Builds the trainer if it is not built yet, then trains, or reuses a finished run with the same key.</summary>
    /// <exception cref="ProblemException">MLO22xx: what the trainer did wrong; the run is kept as failed.</exception>
    Task<TrainedRun> RunAsync(TrainingJob job, CancellationToken cancellationToken);
}
