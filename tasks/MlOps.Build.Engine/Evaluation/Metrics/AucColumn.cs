namespace MlOps.Build.Engine.Evaluating;

/// <summary>
/// Area under the ROC curve: the share of (positive, negative) pairs that are ranked right, ties counted half.
/// Counted in whole numbers, so it is exact. Undefined with one class.
/// </summary>
internal sealed class AucColumn(RankOrder order) : PreparedColumn(order)
{
    public AucColumn(double[] labels, double[] scores)
        : this(new RankOrder(scores, row => labels[row] == 1))
    {
    }

    /// <summary>The rows in the order of their scores.</summary>
    public RankOrder Order => order;

    /// <inheritdoc/>
    public override double Of(ReadOnlySpan<int> prepared)
    {
        long twiceWins = 0, negatives = 0, positives = 0, tiedPositives = 0, tiedNegatives = 0;
        var packed = order.Packed;
        for (var i = 0; i < packed.Length; i++)
        {
            var count = prepared[i];
            if (RankOrder.IsPositive(packed[i]))
            {
                tiedPositives += count;
            }
            else
            {
                tiedNegatives += count;
            }

            if (RankOrder.IsLastOfTie(packed[i]))
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

    /// <inheritdoc/>
    public override double[] WithoutEach(RowBlocks blocks)
    {
        var (positives, negatives, wins) = (new long[blocks.Count], new long[blocks.Count], new BlockWins(order, blocks));
        var total = wins.Count(positives, negatives);
        var (positivesLeft, negativesLeft) = (RowBlocks.Others(positives), RowBlocks.Others(negatives));
        return blocks.Each(block => positivesLeft[block] == 0 || negativesLeft[block] == 0
            ? double.NaN
            : (total - wins.Lost[block]) / (2.0 * positivesLeft[block] * negativesLeft[block]));
    }
}

/// <summary>2 AUC - 1.</summary>
internal sealed class GiniColumn(RankOrder order) : PreparedColumn(order)
{
    private readonly AucColumn auc = new(order);

    /// <inheritdoc/>
    public override double Of(ReadOnlySpan<int> prepared) => (2 * auc.Of(prepared)) - 1;

    /// <inheritdoc/>
    public override double[] WithoutEach(RowBlocks blocks) => Array.ConvertAll(auc.WithoutEach(blocks), value => (2 * value) - 1);
}
