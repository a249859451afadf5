using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>How both models treat the groups of a column, with intervals; several trainings of a model are averaged.</summary>
internal sealed class FairnessEvaluation(EvaluatedRows rows, double confidence, int resamples, long seed, int minimumRows)
{
    /// <summary>Everything of a column, every metric with its interval.</summary>
    public FairnessResult Of(SliceColumn column)
    {
        var groups = FairnessGroups.Of(column, minimumRows);
        var metrics = rows.HasBaseline ? FairnessCatalogue.All.Select(metric => metric.On(groups)) : [];
        return Of(groups, Comparison.Of(rows, confidence, metrics, resamples, seed), confidence);
    }

    /// <summary>Everything of a column; changes have an interval where the comparison resampled them.</summary>
    public static FairnessResult Of(FairnessGroups groups, Comparison comparison, double confidence)
    {
        var rates = new FairnessRates(comparison.Rows, Normal.Quantile(confidence));
        int[] shown = [.. groups.Shown()];
        return new()
        {
            Column = groups.Column.Name,
            MinimumRows = groups.MinimumRows,
            Groups = [.. shown.Select(group => rates.Of(groups.Column.Values[group], groups.Members[group], groups.Judged.Contains(group)))],
            Metrics = [.. FairnessCatalogue.All.Select(metric => Metric(metric, metric.On(groups), comparison))],
            TwoGroups = groups.Judged.Length == 2 && comparison.Rows.Challenger.Count == 1 ? rates.TwoGroups(groups) : null,
            Notes = [.. Notes(groups, comparison.Rows.Labels, shown.Length)],
        };
    }

    private static FairnessMetric Metric(FairnessDefinition definition, MetricDefinition onRows, Comparison comparison)
        => new()
        {
            Name = definition.Name,
            HigherIsBetter = definition.HigherIsBetter,
            Challenger = EstimateDocument.Of(comparison, onRows, Contrast.Own),
            Baseline = comparison.Rows.HasBaseline ? EstimateDocument.Of(comparison, onRows, Contrast.OfBaseline) : null,
            Difference = comparison.Rows.HasBaseline ? EstimateDocument.Of(comparison, onRows, new(1, -1)) : null,
        };

    private static IEnumerable<string> Notes(FairnessGroups groups, double[] labels, int shown)
    {
        if (groups.TooSmall() is { } small)
        {
            yield return $"Left out of the metrics with fewer than {groups.MinimumRows} rows: {small}.";
        }

        if (groups.Judged.Length < 2)
        {
            yield return "Fewer than two groups have rows enough: there is nothing to compare.";
        }

        if (shown < groups.Members.Length)
        {
            yield return $"Of {groups.Members.Length} groups the {shown} largest are shown.";
        }

        foreach (var (label, what) in new[] { (1.0, "positive"), (0.0, "negative") })
        {
            int[] without = [.. groups.Judged.Where(group => !Array.Exists(groups.Members[group], row => labels[row] == label))];
            if (without.Length > 0)
            {
                yield return $"Without a {what} row, so left out of the metrics that need one: {string.Join(", ", without.Select(groups.Name))}.";
            }
        }
    }
}
