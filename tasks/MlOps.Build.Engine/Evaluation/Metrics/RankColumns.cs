namespace MlOps.Build.Engine.Evaluating;

/// <summary>
/// Average precision: the sum over distinct thresholds of precision times the gain in recall. Undefined without
/// positive rows.
/// </summary>
public sealed class AveragePrecisionColumn(double[] labels, double[] scores) : IMetricColumn
{
    private readonly RankOrder order = new([.. scores.Select(score => -score)], row => labels[row] == 1);

    /// <inheritdoc/>
    public double Value(ReadOnlySpan<int> counts)
    {
        long positives = 0, rows = 0, before = 0;
        var sum = 0.0;
        foreach (var item in order.Packed)
        {
            var count = counts[RankOrder.Row(item)];
            rows += count;
            positives += RankOrder.IsPositive(item) ? count : 0;
            if (RankOrder.IsLastOfTie(item) && rows > 0)
            {
                sum += (positives - before) * ((double)positives / rows);
                before = positives;
            }
        }

        return positives == 0 ? double.NaN : sum / positives;
    }
}

/// <summary>The largest gap between the share of positive and of negative rows below a score (Kolmogorov-Smirnov).</summary>
public sealed class SeparationColumn(double[] labels, double[] scores) : IMetricColumn
{
    private readonly RankOrder order = new(scores, row => labels[row] == 1);

    /// <inheritdoc/>
    public double Value(ReadOnlySpan<int> counts)
    {
        long allPositives = 0, all = 0;
        foreach (var item in order.Packed)
        {
            var count = counts[RankOrder.Row(item)];
            all += count;
            allPositives += RankOrder.IsPositive(item) ? count : 0;
        }

        var allNegatives = all - allPositives;
        if (allPositives == 0 || allNegatives == 0)
        {
            return double.NaN;
        }

        long positives = 0, negatives = 0;
        var largest = 0.0;
        foreach (var item in order.Packed)
        {
            var count = counts[RankOrder.Row(item)];
            positives += RankOrder.IsPositive(item) ? count : 0;
            negatives += RankOrder.IsPositive(item) ? 0 : count;
            if (RankOrder.IsLastOfTie(item))
            {
                var gap = ((double)negatives / allNegatives) - ((double)positives / allPositives);
                largest = Math.Max(largest, Math.Abs(gap));
            }
        }

        return largest;
    }
}
