using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>How both models treat the groups of a column, with intervals.</summary>
internal sealed class FairnessEvaluation(EvaluatedRows rows, double confidence, int resamples, long seed, int minimumRows)
{
    private readonly double z = Normal.Quantile(confidence);

    public FairnessResult Of(SliceColumn column)
    {
        var members = column.Members();
        int[] judged = [.. Enumerable.Range(0, members.Length).Where(group => members[group].Length >= Math.Max(1, minimumRows))];
        var definitions = FairnessCatalogue.All.Select(metric => (Metric: metric, OnRows: metric.On(column, judged))).ToArray();
        var comparison = Comparison.Of(rows, confidence, definitions.Select(definition => definition.OnRows), resamples, seed);
        return new()
        {
            Column = column.Name,
            MinimumRows = minimumRows,
            Groups = [.. column.Values.Select((value, group) => Group(value, members[group], judged.Contains(group)))],
            Metrics = [.. definitions.Select(definition => Metric(definition.Metric, definition.OnRows, comparison))],
            TwoGroups = judged.Length == 2 ? TwoGroups(column, members, judged) : null,
            Notes = [.. Notes(column, members, judged)],
        };
    }

    private FairnessGroup Group(string? value, int[] members, bool judged)
    {
        var group = rows.Select(members);
        return new()
        {
            Value = value,
            Rows = group.Count,
            Judged = judged,
            BaseRate = MeanVariance.Mean(group.Labels),
            Challenger = Rates(group, group.Challenger[0]),
            Baseline = group.HasBaseline ? Rates(group, group.Baseline[0]) : null,
        };
    }

    private GroupRates Rates(EvaluatedRows group, Predictions predictions)
    {
        var scores = predictions.Scores[0];
        var counts = Counts(group, predictions);
        int[] once = [.. Enumerable.Repeat(1, group.Count)];
        var wilson = Wilson.Of(counts.SelectionRate, counts.Rows, z);
        var meanScore = MeanVariance.Mean(scores);
        return new()
        {
            SelectionRate = new()
            {
                Value = counts.SelectionRate,
                StandardError = Math.Sqrt(counts.SelectionRate * (1 - counts.SelectionRate) / counts.Rows),
                Lower = wilson.Lower,
                Upper = wilson.Upper,
                Method = Methods.Wilson,
                Others = [],
            },
            TruePositiveRate = Defined(counts.TruePositiveRate),
            FalsePositiveRate = Defined(counts.FalsePositiveRate),
            Precision = Defined(counts.Precision),
            Accuracy = counts.Accuracy,
            MeanScore = meanScore,
            CalibrationInTheLarge = meanScore - MeanVariance.Mean(group.Labels),
            Auc = Defined(new AucColumn(group.Labels, scores).Value(once)),
            Brier = MeanVariance.Mean(RowLosses.SquaredError(group.Labels, scores)),
        };
    }

    private static GroupCounts Counts(EvaluatedRows group, Predictions predictions)
    {
        Span<long> cells = stackalloc long[4];
        cells.Clear();
        for (var row = 0; row < group.Count; row++)
        {
            cells[(group.Labels[row] == 1 ? 2 : 0) + (predictions.Scores[0][row] >= group.Threshold ? 1 : 0)]++;
        }

        return FairnessColumn.Of(cells);
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

    private TwoGroupRates TwoGroups(SliceColumn column, int[][] members, int[] judged)
    {
        var (first, second) = (rows.Select(members[judged[0]]), rows.Select(members[judged[1]]));
        TwoGroupTest Test(Predictions a, Predictions b)
        {
            var (left, right) = (Counts(first, a), Counts(second, b));
            return TwoProportions.Of((left.Selected, left.Rows), (right.Selected, right.Rows), z);
        }

        return new(
            column.Values[judged[0]],
            column.Values[judged[1]],
            Test(first.Challenger[0], second.Challenger[0]),
            rows.HasBaseline ? Test(first.Baseline[0], second.Baseline[0]) : null);
    }

    private IEnumerable<string> Notes(SliceColumn column, int[][] members, int[] judged)
    {
        string Name(int group) => $"'{column.Values[group] ?? "(no value)"}'";
        int[] left = [.. Enumerable.Range(0, members.Length).Except(judged)];
        if (left.Length > 0)
        {
            yield return $"Shown, and left out of the metrics with fewer than {minimumRows} rows: {string.Join(", ", left.Select(Name))}.";
        }

        if (judged.Length < 2)
        {
            yield return "Fewer than two groups have rows enough: there is nothing to compare.";
        }

        foreach (var (label, what) in new[] { (1.0, "positive"), (0.0, "negative") })
        {
            int[] without = [.. judged.Where(group => !Array.Exists(members[group], row => rows.Labels[row] == label))];
            if (without.Length > 0)
            {
                yield return $"Without a {what} row, so left out of the metrics that need one: {string.Join(", ", without.Select(Name))}.";
            }
        }
    }

    private static double? Defined(double value) => double.IsNaN(value) ? null : value;
}
