using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>Predictions and labels in, metrics with intervals and a measurement for every rule out. Pure.</summary>
public static class Evaluator
{
    /// <summary>Evaluates both sides and everything the policy asks for.</summary>
    /// <exception cref="ProblemException">MLO2301 to MLO2305, MLO2309, MLO2310, MLO2319, MLO2974, MLO2975.</exception>
    public static Evaluation Evaluate(EvaluationInput input)
    {
        EvaluationChecks.Check(input);
        var policy = input.Policy;
        var hasScores = input.Challenger.Replicates.Concat(input.Baseline?.Replicates ?? [])
            .All(replicate => replicate.Predictions.Scores.Length > 0);
        var columns = SliceColumns.Of(input.Holdout.Slices, policy);
        var rules = PolicyReader.Read(policy, input.Task, columns, hasScores);
        var choice = ThresholdChoices.Of(input);
        var rows = Rows(input, choice);
        var metrics = Shown(input, rules, hasScores);
        var fairness = new FairnessMeasurer(rules, columns, policy.MinimumGroupSupport);
        var whole = Compare(input, rows, rules, metrics[0], fairness);
        var slices = new SliceEvaluation(rows, input, rules);
        var bySlice = columns.Select(slices.Of).ToList();
        return new()
        {
            Model = input.Model,
            Mode = input.Mode,
            Task = input.Task,
            Confidence = policy.Confidence,
            Resamples = policy.Resamples,
            Seed = input.Seed,
            Threshold = input.Task == ModelTask.BinaryClassification ? choice?.Challenger[0].Threshold ?? policy.Threshold : null,
            ThresholdChoice = choice,
            PolicyDigest = PolicyDigest.Of(policy),
            Policies = policy.Policies.Count == 0 ? null : [.. policy.Policies],
            Holdout = Holdout(input),
            Challenger = Side(input.Challenger),
            Baseline = input.Baseline is null ? null : Side(input.Baseline),
            Contamination = input.Contamination,
            Data = DataMeasurer.Recorded(rules, input),
            Footprint = FootprintMeasurer.Recorded(rules, input),
            Metrics = MetricReport.Of(whole, metrics, policy.Confidence),
            Slices = [.. bySlice.SelectMany(column => column.Shown)],
            Fairness = Fairness(input, columns, whole),
            WeakSlices = WeakSlices.Of(rows, input, hasScores),
            Rules = [.. rules
                .Where(rule => rule.IsOfAllRows)
                .SelectMany(rule => rule.Limits.Select(limit => RuleMeasurer.Measure(whole, rule, limit, slice: null, policy.Confidence)))
                .Concat(bySlice.SelectMany(column => column.Measured))
                .Concat(fairness.Measure(whole, policy.Confidence))
                .Concat(DataMeasurer.Measure(rules, input))
                .Concat(FootprintMeasurer.Measure(rules, input))
                .OrderBy(measurement => measurement.Rule)],
            Charts = Charts.Of(rows),
        };
    }

    private static EvaluatedRows Rows(EvaluationInput input, ThresholdChoice? choice)
        => new()
        {
            Task = input.Task,
            Labels = input.Holdout.Labels,
            ClassCount = input.Holdout.Classes.Count,
            Groups = input.Holdout.Groups,
            Challenger = ThresholdChoices.At([.. input.Challenger.Replicates.Select(replicate => replicate.Predictions)], choice?.Challenger),
            Baseline = ThresholdChoices.At([.. (input.Baseline?.Replicates ?? []).Select(replicate => replicate.Predictions)], choice?.Baseline),
            Threshold = input.Policy.Threshold,
        };

    /// <summary>The primary metric first, then those of the rules, then the rest of the task's.</summary>
    private static List<MetricDefinition> Shown(EvaluationInput input, IReadOnlyList<PolicyRule> rules, bool hasScores)
        => [.. rules.Where(rule => rule.IsOfAllRows).Select(rule => rule.Metric)
            .Prepend(MetricCatalogue.Find(input.Task, PolicyReader.Primary(input.Policy, input.Task))!)
            .Concat(MetricCatalogue.Of(input.Task).Where(metric => !metric.OnRequest))
            .Where(metric => hasScores || !metric.NeedsScores)
            .DistinctBy(metric => metric.Name)];

    /// <summary>Only what a rule judges, and the first metric of the report, is worth resampling.</summary>
    private static Comparison Compare(
        EvaluationInput input, EvaluatedRows rows, IReadOnlyList<PolicyRule> rules, MetricDefinition first, FairnessMeasurer fairness)
    {
        var resample = rules
            .Where(rule => rule.IsOfAllRows
                && rule.Limits.Any(limit => Comparison.NeedsResampling(rule.Metric, limit.Contrast, rows)))
            .Select(rule => rule.Metric)
            .Concat(fairness.Resampled(rows));
        return Comparison.Of(
            rows,
            input.Policy.Confidence,
            Comparison.NeedsResampling(first, Contrast.Difference(first), rows) ? resample.Append(first) : resample,
            input.Policy.Resamples,
            input.Seed);
    }

    /// <summary>Every sensitive column; intervals of a change only where a rule asks for them.</summary>
    private static FairnessResult[] Fairness(EvaluationInput input, IReadOnlyList<SliceColumn> columns, Comparison whole)
        => input.Task != ModelTask.BinaryClassification
            ? []
            : [.. columns
                .Where(column => column.Sensitive)
                .Select(column => FairnessEvaluation.Of(FairnessGroups.Of(column, input.Policy.MinimumGroupSupport), whole, input.Policy.Confidence))];

    private static HoldoutRecord Holdout(EvaluationInput input)
        => new()
        {
            Rows = input.Holdout.Labels.Length,
            TotalRows = input.Holdout.TotalRows ?? input.Holdout.Labels.Length,
            Digest = input.Holdout.Digest,
            Classes = [.. input.Holdout.Classes.Select((name, place) => new ClassCount(
                name, input.Holdout.Labels.Count(label => (int)label == place)))],
        };

    private static EvaluatedSide Side(SideInput side)
        => new() { Name = side.Name, Replicates = [.. side.Replicates.Select(replicate => replicate.Identity)] };
}
