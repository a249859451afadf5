using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Data;
using MlOps.Build.Engine.Evaluating;
using MlOps.Build.Engine.Gating;
using MlOps.Build.Engine.Runs;
using MlOps.Build.Engine.Training;

namespace MlOps.Build.Engine.Pipeline;

/// <summary>Trains both sides of a change, on all rows or on samples, scores them on the holdout and judges them.</summary>
internal sealed class Replay(PipelineServices services, PipelineRequest request, ProjectConfiguration binding, string snapshotDigest, string folder)
{
    /// <summary>The verdict; null where both sides say the same of every row.</summary>
    public async Task<Verdict?> JudgeAsync(TrainingSide baseline, TrainingSide challenger, CancellationToken cancellationToken)
    {
        var work = new SideWork(services, request, folder, snapshotDigest);
        var after = await SideAsync(challenger, "head");
        var before = await SideAsync(baseline, "base");
        var holdout = after.Split.WriteHoldout(Path.Combine(folder, "data", "head"), cancellationToken);
        var (challengers, baselines) = (await ScoreAsync(after, "challenger", holdout), await ScoreAsync(before, "baseline", before.Split.WriteHoldout(Path.Combine(folder, "data", "base"), cancellationToken)));
        if (challengers.Zip(baselines).All(pair => pair.First.Digest == pair.Second.Digest))
        {
            return null;
        }

        var (columns, predictions) = HoldoutReader.Read(
            LabelsFile.Of(holdout.Labels, binding) with { TotalRows = after.Split.Record.Holdout.Rows },
            [.. challengers.Concat(baselines).Select(scored => scored.Path)]);
        var input = new EvaluationInput
        {
            Model = binding.Model,
            Mode = request.Mode,
            Task = binding.Task,
            Policy = binding.Gate,
            Seed = binding.Train.Seed,
            Holdout = columns,

            // Both share their data: what is wrong with them decides nothing about the size of a sample.
            Data = [],
            Footprint = [.. FootprintCatalogue.Units.Keys.Select(name => new FootprintSample(name, null, null))],
            Challenger = Input(after, challengers, predictions.Take(challengers.Count)),
            Baseline = Input(before, baselines, predictions.Skip(challengers.Count)),
        };
        if (binding.Gate.Choose is not null)
        {
            var validation = after.Split.WriteValidation(Path.Combine(folder, "data", "head"), cancellationToken);
            input = ThresholdRows.With(
                input,
                validation.Labels,
                binding,
                await ScoreAsync(after, ThresholdRows.Name("challenger"), validation),
                await ScoreAsync(before, ThresholdRows.Name("baseline"), before.Split.WriteValidation(Path.Combine(folder, "data", "base"), cancellationToken)));
        }

        var evaluation = Evaluator.Evaluate(input);
        return Gate.Judge(evaluation, binding.Gate, new() { Now = services.Time.GetUtcNow(), EngineDigest = MachineProbe.Current.EngineDigest });

        async Task<ComparedSide> SideAsync(TrainingSide side, string name)
        {
            var files = work.Prepare(binding with { Data = binding.Data with { Ignore = side.Configuration.Data.Ignore } }, name, binding.Train.Seed, cancellationToken);
            var models = new List<ComparedModel>();
            for (var replicate = 0; replicate < files.Count; replicate++)
            {
                models.Add(ComparedModel.Of(await work.TrainAsync(side, files, replicate, binding.Train.Seed, cancellationToken)));
            }

            var scorer = await services.Scoring.ProgramAsync(side, cancellationToken);
            return new() { Name = name, Models = models, Scorer = scorer, ScorerDigest = scorer.Identity, Configuration = side.Configuration, Split = files.Split };
        }

        async Task<IReadOnlyList<ScoredRun>> ScoreAsync(ComparedSide side, string name, PreparedHoldout rows)
        {
            var scored = new List<ScoredRun>();
            foreach (var model in side.Models)
            {
                var toScore = new ModelToScore(name, model.Folder, model.Digest, side.Scorer, scored.Count);
                scored.Add(await work.ScoreAsync(toScore, side.Configuration, rows, side.Split.Roles, cancellationToken));
            }

            return scored;
        }
    }

    private static SideInput Input(ComparedSide side, IReadOnlyList<ScoredRun> scored, IEnumerable<Predictions> predictions)
        => new(side.Name, [.. side.Models.Zip(scored, predictions).Select(item => new ReplicateInput(
            new()
            {
                RunId = item.First.RunId,
                Seed = item.First.Seed,
                ModelDigest = item.First.Digest,
                PredictionsDigest = item.Second.Digest,
                ScorerDigest = side.ScorerDigest,
            },
            item.Third))]);
}
