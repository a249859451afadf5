namespace MlOps.Build.Engine.Evaluating;

/// <summary>
/// Pairs of a positive and a negative row, twice those that are ranked right and once those that are tied, and how many of them are lost
/// without each block. A pair is lost with the block of either row, and counted once where both are of one block.
/// </summary>
internal sealed class BlockWins(RankOrder order, RowBlocks blocks)
{
    private readonly long[] positivesTied = new long[blocks.Count];
    private readonly long[] negativesTied = new long[blocks.Count];

    /// <summary>What is lost without each block.</summary>
    public long[] Lost { get; } = new long[blocks.Count];

    /// <summary>What there is in all. Fills the positive and negative rows of each block.</summary>
    public long Count(long[] positivesOf, long[] negativesOf)
    {
        long all = 0, below = 0, positivesBelow = 0, total = 0;
        foreach (var item in order.Packed)
        {
            all += RankOrder.IsPositive(item) ? 1 : 0;
        }

        var packed = order.Packed;
        for (int start = 0, end; start < packed.Length; start = end)
        {
            var (positives, negatives) = Tied(start, out end);
            total += positives * ((2 * below) + negatives);
            for (var i = start; i < end; i++)
            {
                // A pair within the block is left to its negative row.
                var block = Block(i);
                Lost[block] += RankOrder.IsPositive(packed[i])
                    ? (2 * (below - negativesOf[block])) + negatives - negativesTied[block]
                    : (2 * (all - positivesBelow)) - positives;
            }

            for (var i = start; i < end; i++)
            {
                var block = Block(i);
                _ = RankOrder.IsPositive(packed[i]) ? positivesOf[block]++ : negativesOf[block]++;
                (positivesTied[block], negativesTied[block]) = (0, 0);
            }

            below += negatives;
            positivesBelow += positives;
        }

        return total;
    }

    private int Block(int place) => blocks.OfRow[RankOrder.Row(order.Packed[place])];

    private (long Positives, long Negatives) Tied(int start, out int end)
    {
        long positives = 0, negatives = 0;
        var packed = order.Packed;
        end = start;
        do
        {
            var block = Block(end);
            if (RankOrder.IsPositive(packed[end]))
            {
                positives++;
                positivesTied[block]++;
            }
            else
            {
                negatives++;
                negativesTied[block]++;
            }
        }
        while (!RankOrder.IsLastOfTie(packed[end++]));

        return (positives, negatives);
    }
}
