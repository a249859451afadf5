using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Runs;
using MlOps.Build.Engine.Training;

namespace MlOps.Build.Engine.Pipeline;

/// <summary>Trains on all training rows and judges the model against the champion on the same holdout.</summary>
internal sealed class ReleasePipeline(PipelineServices services, PipelineRequest request, PipelineEnding ending)
{
    public async Task<Answer<RunResult>> RunAsync(
        RunHandle run, ProjectConfiguration configuration, GitState state, CancellationToken cancellationToken)
    {
        var watch = new Stopwatches(services.Time);
        var champion = await services.Champions.FindAsync(configuration, Path.Combine(run.Folder, "champion"), cancellationToken);
        if (champion is not null && request.Bootstrap)
        {
            throw new ProblemException(new(
                "MLO2410",
                "`--bootstrap` was refused.",
                $"There already is a champion: {Digest.Short(champion.ModelDigest)}. A first model is one without a predecessor.",
                "Run `mlops run --mode full`: the gate compares with the champion."));
        }

        var snapshot = watch.Measure("data", () => ending.Snapshot(configuration, cancellationToken));
        run.Update(run.Record with { SnapshotDigest = snapshot.Digest });
        var work = new SideWork(services, request, run.Folder, snapshot.Digest);
        var files = watch.Measure("data", () => work.Prepare(configuration, "head", configuration.Train.Seed, cancellationToken));
        ThresholdRows.Check(configuration, files.Split);
        run.Update(run.Record with { Split = files.Split.Record });

        var side = new TrainingSide { Name = "challenger", Root = request.ProjectRoot, Configuration = configuration, Git = state };
        var trained = await watch.MeasureAsync("train", () => work.TrainAsync(side, files, 0, configuration.Train.Seed, cancellationToken));
        var scorer = await services.Scoring.ProgramAsync(side, cancellationToken);
        run.Update(run.Record with
        {
            Challengers = [trained.RunId],
            ModelDigest = trained.ModelDigest,
            Scorer = Source(scorer),
        });
        var contamination = champion is null ? null : watch.Measure("data", () => files.Split.Meets(champion.Split, cancellationToken));
        if (contamination is { Result: not ContaminationResult.Clean })
        {
            services.Log.Warn(contamination.Sentence);
        }

        var comparison = new Comparison
        {
            Head = configuration,
            Binding = configuration,
            PolicyDifferences = [],
            Challenger = new ComparedSide
            {
                Name = state.Commit is { } commit ? $"head@{commit[..7]}" : "head",
                Models = [ComparedModel.Of(trained)],
                Scorer = scorer,
                ScorerDigest = scorer.PackedIdentity,
                Configuration = configuration,
                Split = files.Split,
            },
            Baseline = champion is null ? null : new ComparedSide
            {
                Name = $"champion {Digest.Short(champion.ModelDigest)}",
                Models = [new ComparedModel(champion.RunId, champion.Seed, champion.ModelFolder, champion.ModelDigest)],
                Scorer = champion.Scorer,
                ScorerDigest = champion.Scorer.PackedIdentity,
                Configuration = configuration,
                Split = files.Split,
            },
            Contamination = contamination,

            // A model is scored by its own scorer, so a changed scorer is a change.
            NoChange = champion is not null
                && champion.ModelDigest == trained.ModelDigest
                && champion.Scorer.PackedIdentity == scorer.PackedIdentity,
        };
        return await ending.JudgeAsync(run, comparison, work, watch, cancellationToken);
    }

    private ScorerSource Source(BuiltProgram scorer) => scorer.Folder is { } folder
        ? new(
            Path.GetRelativePath(request.ProjectRoot, folder).Replace('\\', '/'),
            ["dotnet", $"scorer/{scorer.EntryFile}"],
            scorer.Digest)
        : new(null, [.. scorer.Command], scorer.Digest);
}
