using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Data;
using MlOps.Build.Engine.Runs;
using MlOps.Build.Engine.Training;

namespace MlOps.Build.Engine.Pipeline;

/// <summary>Answers <c>mlops score</c>: the predictions of a run's model on the holdout, beside the model.</summary>
public sealed class ScoreHandler(PipelineServices services)
{
    public const string PredictionsFile = "predictions.parquet";
    public const string LabelsFile = "holdout-labels.parquet";

    /// <summary>Scores the holdout that the run did not see.</summary>
    /// <exception cref="ProblemException">MLO2406, MLO2412, MLO2413; whatever the scorer does wrong.</exception>
    public async Task<Answer<ScoreAnswer>> ScoreAsync(string projectRoot, string runName, bool useCache, CancellationToken cancellationToken)
    {
        var configuration = ConfigurationReader.Read(projectRoot);
        var run = ScorableRun.Of(services.Runs.Find(runName, RunKind.Training));
        var request = new PipelineRequest { ProjectRoot = projectRoot, Mode = run.Record.Mode, UseCache = useCache };
        var split = Holdout(configuration, run, request, cancellationToken);

        using var scratch = new ScratchFolder(services);
        var holdout = split.WriteHoldout(scratch.Path, cancellationToken);
        var (_, state) = await WorkTree.FindAsync(services, projectRoot, cancellationToken);
        var side = new TrainingSide { Name = "model", Root = projectRoot, Configuration = configuration, Git = state };
        var scorer = await services.Scoring.ProgramAsync(side, cancellationToken);
        var labels = Path.Combine(run.Folder, LabelsFile);
        var scored = await services.Scoring.RunAsync(
            SideWork.Job(
                new ModelToScore("model", Path.Combine(run.Folder, "model"), run.Record.ModelDigest!, scorer, 0),
                configuration, holdout, split.Roles, Path.Combine(run.Folder, PredictionsFile), useCache),
            cancellationToken);
        File.Copy(holdout.Labels, labels, overwrite: true);
        return new(
            new ScoreAnswer
            {
                Run = run.Record.Id,
                ModelDigest = run.Record.ModelDigest!,
                Predictions = Relative(scored.Path),
                PredictionsDigest = scored.Digest,
                Labels = Relative(labels),
                Rows = scored.Rows,
                Cached = scored.Cached,
            },
            ExitCode.Ok);

        string Relative(string path) => Path.GetRelativePath(projectRoot, path).Replace('\\', '/');
    }

    /// <summary>The split of today, if it is that of the run: otherwise a model could be scored on rows it was trained on.</summary>
    private PreparedSplit Holdout(
        ProjectConfiguration configuration, StoredRun run, PipelineRequest request, CancellationToken cancellationToken)
    {
        var snapshot = new SnapshotHandler(request.ProjectRoot, services.DataSettings).Take(configuration.Data, cancellationToken);
        var split = new DataPreparation(request.ProjectRoot, services.DataSettings, services.Log)
            .Plan(DataPlan.Of(configuration, request.Mode, snapshot.Digest), cancellationToken);
        var changed = run.Record.SnapshotDigest != snapshot.Digest ? "The data changed"
            : run.Record.Split?.Holdout.Digest != split.Record.Holdout.Digest ? "The split of mlops.yml changed"
            : null;
        return changed is null
            ? split
            : throw new ProblemException(new Problem(
                "MLO2413",
                $"The model of run {run.Record.Id} cannot be scored on this holdout.",
                $"{changed} since it was trained, so rows it was trained on may be in the holdout.",
                "Train again with `mlops train` and score that run."));
    }
}
