using System.Globalization;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Data;
using MlOps.Build.Engine.Training;

namespace MlOps.Build.Engine.Pipeline;

/// <summary>Prepares, trains and scores one side of a comparison.</summary>
internal sealed class SideWork(PipelineServices services, PipelineRequest request, string runFolder, string snapshotDigest)
{
    /// <summary>Settles the split with the settings that bind and writes the training files of a side.</summary>
    public SideFiles Prepare(ProjectConfiguration binding, string side, int seed, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(runFolder, "data", side);
        var split = new DataPreparation(request.ProjectRoot, services.DataSettings, services.Log)
            .Plan(DataPlan.Of(binding, request.Mode, snapshotDigest), cancellationToken);
        return new(split, split.WriteTraining(folder, seed, cancellationToken), folder);
    }

    public Task<TrainedRun> TrainAsync(TrainingSide side, SideFiles files, int replicate, int seed, CancellationToken cancellationToken)
        => services.Training.RunAsync(
            new TrainingJob
            {
                Side = side,
                Mode = request.Mode,
                Replicate = replicate,
                Replicates = files.Count,
                Seed = seed + replicate,
                TrainData = files.TrainData(replicate),
                ValidationData = files.Training.Validation,
                Columns = files.Roles,
                SnapshotDigest = snapshotDigest,
                Split = files.Split.Record,
                Sample = files.Sample(replicate),
                UseCache = request.UseCache,
            },
            cancellationToken);

    public Task<ScoredRun> ScoreAsync(ModelToScore model, ProjectConfiguration configuration, PreparedHoldout holdout, ColumnRoles roles, CancellationToken cancellationToken)
        => services.Scoring.RunAsync(
            Job(model, configuration, holdout, roles, Path.Combine(runFolder, "predictions", model.FileName), request.UseCache), cancellationToken);

    /// <summary>Scores anew whatever is kept, and keeps only what it took.</summary>
    public async Task<ScoredRun> TimeAsync(ModelToScore model, ProjectConfiguration configuration, PreparedHoldout holdout, ColumnRoles roles, int? timedRows, CancellationToken cancellationToken)
    {
        using var folder = new ScratchFolder(services);
        return await services.Scoring.RunAsync(Job(model, configuration, holdout, roles, Path.Combine(folder.Path, "timed.parquet"), useCache: false) with { IsKept = false, TimedRows = timedRows }, cancellationToken);
    }

    /// <summary>The scoring of a model on a holdout.</summary>
    public static ScoringJob Job(
        ModelToScore model, ProjectConfiguration configuration, PreparedHoldout holdout, ColumnRoles roles, string output, bool useCache) => new()
        {
            Name = model.Name,
            ModelFolder = model.Folder,
            ModelDigest = model.Digest,
            Program = model.Scorer,
            Holdout = holdout.Data,
            Output = output,
            Columns = roles,
            Task = configuration.Task,
            Threads = configuration.Train.Threads,
            BudgetTime = configuration.Train.BudgetTime,
            BudgetMemoryBytes = configuration.Train.BudgetMemoryBytes,
            UseCache = useCache,
        };
}

/// <summary>A model that is about to be scored.</summary>
internal sealed record ModelToScore(string Name, string Folder, string Digest, BuiltProgram Scorer, int Replicate)
{
    public string FileName => string.Create(CultureInfo.InvariantCulture, $"{Name}-{Replicate}.parquet");
}
