namespace MlOps.Build.Engine.Evaluating;

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
        return Of(loss, MeanColumn.Sum(labels, counts).Sum, rows);
    }

    /// <inheritdoc/>
    public double[] WithoutEach(RowBlocks blocks)
    {
        var (loss, positives) = (blocks.SumsLeft(losses), blocks.SumsLeft(labels));
        return blocks.Each(block => Of(loss[block], positives[block], blocks.Left[block]));
    }

    private static double Of(double loss, double positives, long rows)
    {
        var rate = positives / rows;
        if (rate is 0 or 1)
        {
            return double.NaN;
        }

        var entropy = -(rate * Math.Log(rate)) - ((1 - rate) * Math.Log(1 - rate));
        return (entropy - (loss / rows)) / entropy;
    }
}
