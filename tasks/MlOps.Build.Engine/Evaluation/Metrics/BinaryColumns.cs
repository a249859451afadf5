namespace MlOps.Build.Engine.Evaluating;

/// <summary>A function of another metric.</summary>
internal sealed class TransformedColumn(IMetricColumn column, Func<double, double> transform) : IMetricColumn
{
    /// <inheritdoc/>
    public double Value(ReadOnlySpan<int> counts) => transform(column.Value(counts));
}

/// <summary>The area under the precision-recall curve by the trapezoid rule, from the point (0, 1). Undefined without positive rows.</summary>
internal sealed class PrecisionRecallAreaColumn(double[] labels, double[] scores) : IMetricColumn
{
    private readonly RankOrder order = new([.. scores.Select(score => -score)], row => labels[row] == 1);

    /// <inheritdoc/>
    public double Value(ReadOnlySpan<int> counts)
    {
        long positives = 0, rows = 0, before = 0;
        var sum = 0.0;
        var precisionBefore = 1.0;
        foreach (var item in order.Packed)
        {
            var count = counts[RankOrder.Row(item)];
            rows += count;
            positives += RankOrder.IsPositive(item) ? count : 0;
            if (RankOrder.IsLastOfTie(item) && rows > 0)
            {
                var precision = (double)positives / rows;
                sum += (positives - before) * (precision + precisionBefore) / 2;
                (before, precisionBefore) = (positives, precision);
            }
        }

        return positives == 0 ? double.NaN : sum / positives;
    }
}

/// <summary>
/// (H - loss) / H with the entropy H of the labels: the share of the log loss of the base rate that the model saves. Undefined
/// with one class.
/// </summary>
internal sealed class LogLossReductionColumn(double[] labels, double[] scores) : IMetricColumn
{
    private readonly double[] losses = RowLosses.LogLoss(labels, scores);

    /// <inheritdoc/>
    public double Value(ReadOnlySpan<int> counts)
    {
        var (loss, rows) = MeanColumn.Sum(losses, counts);
        var rate = MeanColumn.Sum(labels, counts).Sum / rows;
        if (rate is 0 or 1)
        {
            return double.NaN;
        }

        var entropy = -(rate * Math.Log(rate)) - ((1 - rate) * Math.Log(1 - rate));
        return (entropy - (loss / rows)) / entropy;
    }
}

/// <summary>
/// How much more often positives come in a share of the rows, those with the largest scores, than in all rows. Of equal scores at
/// the border each row counts in part. Undefined without positive rows.
/// </summary>
internal sealed class LiftColumn(double[] labels, double[] scores, double share) : IMetricColumn
{
    private readonly RankOrder order = new([.. scores.Select(score => -score)], row => labels[row] == 1);

    /// <inheritdoc/>
    public double Value(ReadOnlySpan<int> counts)
    {
        long all = 0, positives = 0;
        foreach (var item in order.Packed)
        {
            var count = counts[RankOrder.Row(item)];
            all += count;
            positives += RankOrder.IsPositive(item) ? count : 0;
        }

        if (positives == 0)
        {
            return double.NaN;
        }

        var wanted = share * all;
        var found = 0.0;
        long before = 0, tied = 0, tiedPositives = 0;
        foreach (var item in order.Packed)
        {
            var count = counts[RankOrder.Row(item)];
            tied += count;
            tiedPositives += RankOrder.IsPositive(item) ? count : 0;
            if (RankOrder.IsLastOfTie(item) && tied > 0)
            {
                found += tiedPositives * Math.Clamp((wanted - before) / tied, 0, 1);
                before += tied;
                tied = tiedPositives = 0;
            }
        }

        return found / wanted / ((double)positives / all);
    }
}
