namespace MlOps.Build.Engine.Evaluating;

/// <summary>
/// Area under the ROC curve: the share of (positive, negative) pairs that are ranked right, ties counted half.
/// Counted in whole numbers, so it is exact. Undefined with one class.
/// </summary>
public sealed class AucColumn : IMetricColumn
{
    private readonly RankOrder order;

    public AucColumn(double[] labels, double[] scores)
        : this(scores, row => labels[row] == 1)
    {
    }

    public AucColumn(ReadOnlySpan<double> scores, Func<int, bool> isPositive) => order = new(scores, isPositive);

    /// <summary>The rows in the order of their scores.</summary>
    internal RankOrder Order => order;

    /// <inheritdoc/>
    public double Value(ReadOnlySpan<int> counts)
    {
        long twiceWins = 0, negatives = 0, positives = 0, tiedPositives = 0, tiedNegatives = 0;
        foreach (var item in order.Packed)
        {
            var count = counts[RankOrder.Row(item)];
            if (RankOrder.IsPositive(item))
            {
                tiedPositives += count;
            }
            else
            {
                tiedNegatives += count;
            }

            if (RankOrder.IsLastOfTie(item))
            {
                twiceWins += tiedPositives * ((2 * negatives) + tiedNegatives);
                positives += tiedPositives;
                negatives += tiedNegatives;
                tiedPositives = tiedNegatives = 0;
            }
        }

        return positives == 0 || negatives == 0
            ? double.NaN
            : twiceWins / (2.0 * positives * negatives);
    }
}
