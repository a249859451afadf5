using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>Rates of both models in a group; the rates of several trainings are averaged.</summary>
internal sealed class FairnessRates(EvaluatedRows rows, double z)
{
    public FairnessGroup Of(string? value, int[] members, bool judged)
    {
        var group = rows.Select(members);
        return new()
        {
            Value = value,
            Rows = group.Count,
            Judged = judged,
            BaseRate = MeanVariance.Mean(group.Labels),
            Challenger = Rates(group, group.Challenger),
            Baseline = group.HasBaseline ? Rates(group, group.Baseline) : null,
        };
    }

    /// <summary>The tests there are for two selection rates of models that were trained once.</summary>
    public TwoGroupRates TwoGroups(FairnessGroups groups)
    {
        var (first, second) = (rows.Select(groups.Members[groups.Judged[0]]), rows.Select(groups.Members[groups.Judged[1]]));
        TwoGroupTest Test(Predictions a, Predictions b)
        {
            var (left, right) = (Counts(first, a), Counts(second, b));
            return TwoProportions.Of((left.Selected, left.Rows), (right.Selected, right.Rows), z);
        }

        return new(
            groups.Column.Values[groups.Judged[0]],
            groups.Column.Values[groups.Judged[1]],
            Test(first.Challenger[0], second.Challenger[0]),
            rows.HasBaseline ? Test(first.Baseline[0], second.Baseline[0]) : null);
    }

    private GroupRates Rates(EvaluatedRows group, IReadOnlyList<Predictions> trainings)
    {
        var counts = trainings.Select(predictions => Counts(group, predictions)).ToArray();
        double Mean(Func<GroupCounts, double> rate) => counts.Average(rate);
        int[] once = [.. Enumerable.Repeat(1, group.Count)];
        var selected = Mean(count => count.SelectionRate);
        var wilson = Wilson.Of(selected, group.Count, z);
        var meanScore = trainings.Average(predictions => MeanVariance.Mean(predictions.Scores[0]));
        return new()
        {
            SelectionRate = new()
            {
                Value = selected,
                StandardError = Math.Sqrt(selected * (1 - selected) / group.Count),
                Lower = wilson.Lower,
                Upper = wilson.Upper,
                Method = Methods.Wilson,
                Others = [],
            },
            TruePositiveRate = Defined(Mean(count => count.TruePositiveRate)),
            FalsePositiveRate = Defined(Mean(count => count.FalsePositiveRate)),
            Precision = Defined(Mean(count => count.Precision)),
            Accuracy = Mean(count => count.Accuracy),
            MeanScore = meanScore,
            CalibrationInTheLarge = meanScore - MeanVariance.Mean(group.Labels),
            Auc = Defined(trainings.Average(predictions => new AucColumn(group.Labels, predictions.Scores[0]).Value(once))),
            Brier = trainings.Average(predictions => MeanVariance.Mean(RowLosses.SquaredError(group.Labels, predictions.Scores[0]))),
        };
    }

    private static GroupCounts Counts(EvaluatedRows group, Predictions predictions)
    {
        Span<long> cells = stackalloc long[4];
        cells.Clear();
        var threshold = group.ThresholdOf(predictions);
        for (var row = 0; row < group.Count; row++)
        {
            cells[(group.Labels[row] == 1 ? 2 : 0) + (predictions.Scores[0][row] >= threshold ? 1 : 0)]++;
        }

        return FairnessColumn.Of(cells);
    }

    private static double? Defined(double value) => double.IsNaN(value) ? null : value;
}
