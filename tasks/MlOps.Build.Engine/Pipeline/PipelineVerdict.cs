using MlOps.Build.Contracts;
using MlOps.Build.Engine.Data;
using MlOps.Build.Engine.Evaluating;
using MlOps.Build.Engine.Gating;

namespace MlOps.Build.Engine.Pipeline;

/// <summary>From predictions to a verdict, by the policy that binds and, for information, by the change's own.</summary>
internal static class PipelineVerdict
{
    public static (Evaluation Evaluation, Verdict Verdict) Of(
        Comparison comparison, RunRecord run, PreparedHoldout holdout, PreparedHoldout? validation, ScoredSide challenger, ScoredSide? baseline, PipelineServices services, IReadOnlyList<DataFinding> findings, bool bootstrap, IReadOnlyList<FootprintSample> scoring)
    {
        var input = Input(comparison, run, holdout, challenger, baseline) with { Data = findings, Footprint = [.. ModelCosts.Of(challenger, baseline), .. scoring] };
        if (validation is not null)
        {
            IReadOnlyList<Training.ScoredRun> Scored(ScoredSide? side) => [.. (side?.Models ?? []).Select(model => model.Validation).OfType<Training.ScoredRun>()];
            input = ThresholdRows.With(input, validation.Labels, comparison.Binding, Scored(challenger), Scored(baseline));
        }

        foreach (var constant in DataFindings.OfPredictions(input))
        {
            services.Log.Warn(constant.Sentence);
        }

        var evaluation = Evaluator.Evaluate(input);
        foreach (var note in evaluation.ThresholdChoice?.Notes ?? [])
        {
            services.Log.Warn(note);
        }

        var context = new GateContext
        {
            Now = services.VerdictTime.GetUtcNow(),
            EngineDigest = run.Machine.EngineDigest,
            NoChange = comparison.NoChange,
            Bootstrap = bootstrap,
            PolicyChange = PolicyChange(comparison, input, services, run),
        };
        return (evaluation, Gate.Judge(evaluation, comparison.Binding.Gate, context));
    }

    /// <summary>An author who changes the rules sees what the new rules would say; the old ones bind.</summary>
    private static PolicyChange? PolicyChange(Comparison comparison, EvaluationInput input, PipelineServices services, RunRecord run)
    {
        if (comparison.PolicyDifferences.Count == 0)
        {
            return null;
        }

        var policy = comparison.Head.Gate;
        var context = new GateContext { Now = services.VerdictTime.GetUtcNow(), EngineDigest = run.Machine.EngineDigest, NoChange = comparison.NoChange };
        try
        {
            var verdict = Gate.Judge(Evaluator.Evaluate(input with { Policy = policy }), policy, context);
            return new PolicyChange(verdict.Kind, [.. comparison.PolicyDifferences]);
        }
        catch (ProblemException exception)
        {
            return new PolicyChange(VerdictKind.Fail, [.. comparison.PolicyDifferences, exception.Problem.What]);
        }
    }

    private static EvaluationInput Input(
        Comparison comparison, RunRecord run, PreparedHoldout holdout, ScoredSide challenger, ScoredSide? baseline)
    {
        string[] challengers = [.. challenger.Models.Select(model => model.Predictions.Path)];
        string[] baselines = [.. (baseline?.Models ?? []).Select(model => model.Predictions.Path)];
        var (columns, predictions) = HoldoutReader.Read(
            LabelsFile.Of(holdout.Labels, comparison.Binding) with
            {
                TotalRows = comparison.Challenger.Split.Record.Holdout.Rows,
                Features = baseline is null || comparison.NoChange || !comparison.Binding.Gate.Searches ? null : holdout.Data,
                Searched = comparison.Binding.Gate.Search,
            },
            [.. challengers, .. baselines]);
        return new EvaluationInput
        {
            Model = run.Model,
            Mode = run.Mode,
            Task = comparison.Binding.Task,
            Policy = comparison.Binding.Gate,
            Seed = run.Seed,
            Holdout = columns,
            Challenger = Side(challenger, predictions.Take(challengers.Length)),
            Baseline = baseline is null ? null : Side(baseline, predictions.Skip(challengers.Length)),
            NoChange = comparison.NoChange,
            Contamination = comparison.Contamination,
        };
    }

    private static SideInput Side(ScoredSide side, IEnumerable<Predictions> predictions)
        => new(side.Name, [.. side.Models.Zip(predictions, (model, columns) => new ReplicateInput(
            new EvaluatedReplicate
            {
                RunId = model.Model.RunId,
                Seed = model.Model.Seed,
                ModelDigest = model.Model.Digest,
                PredictionsDigest = model.Predictions.Digest,
                ScorerDigest = side.ScorerDigest,
            },
            columns))]);
}
