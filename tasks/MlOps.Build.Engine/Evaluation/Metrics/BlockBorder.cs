using System.Runtime.InteropServices;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>
/// Walks down the scores to the border of a share of the rows, which lies elsewhere without each block, and finds the lift there.
/// </summary>
internal sealed class BlockBorder(RankOrder order, RowBlocks blocks, double share)
{
    /// <summary>A block's rows with larger scores, and those of the tie that the walk is in.</summary>
    private readonly Own[] above = new Own[blocks.Count];
    private readonly Own[] tied = new Own[blocks.Count];
    private readonly List<int> open = [.. Enumerable.Range(0, blocks.Count)];

    /// <summary>The lift without each block; NaN where no positive row is left.</summary>
    public double[] Walk()
    {
        var left = PositivesLeft();
        double Wanted(int block) => share * blocks.Left[block];

        // Where rounding keeps a border from being reached, all positive rows lie before it.
        var found = blocks.Each(block => left[block]);
        var nearest = open.Min(Wanted);
        Own all = default, inTie = default;
        var packed = order.Packed;
        for (int i = packed.Length - 1, first = i; i >= 0 && open.Count > 0; i--)
        {
            inTie = inTie.With(packed[i]);
            tied[Block(i)] = tied[Block(i)].With(packed[i]);
            if (i > 0 && !RankOrder.IsLastOfTie(packed[i - 1]))
            {
                continue;
            }

            if (all.Rows + inTie.Rows >= nearest)
            {
                var (before, now) = (all, inTie);
                open.RemoveAll(block => IsReached(block, before, now, Wanted(block), found));
            }

            (all, inTie) = (all.With(inTie), default);
            for (; first >= i; first--)
            {
                var block = Block(first);
                above[block] = above[block].With(tied[block]);
                tied[block] = default;
            }
        }

        return blocks.Each(block => left[block] == 0 ? double.NaN : found[block] / Wanted(block) / ((double)left[block] / blocks.Left[block]));
    }

    /// <summary>Whether the border lies in the tie; of the tied rows each counts in part.</summary>
    private bool IsReached(int block, Own all, Own inTie, double wanted, double[] found)
    {
        var (before, rows) = (all.Without(above[block]), inTie.Without(tied[block]));
        if (rows.Rows == 0 || before.Rows + rows.Rows < wanted)
        {
            return false;
        }

        found[block] = before.Positives + (rows.Positives * Math.Clamp((wanted - before.Rows) / rows.Rows, 0, 1));
        return true;
    }

    private long[] PositivesLeft()
    {
        var positives = new long[blocks.Count];
        for (var i = 0; i < order.Packed.Length; i++)
        {
            positives[Block(i)] += RankOrder.IsPositive(order.Packed[i]) ? 1 : 0;
        }

        return RowBlocks.Others(positives);
    }

    private int Block(int place) => blocks.OfRow[RankOrder.Row(order.Packed[place])];

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Own(long Rows, long Positives)
    {
        public Own With(int item) => new(Rows + 1, Positives + (RankOrder.IsPositive(item) ? 1 : 0));

        public Own With(Own other) => new(Rows + other.Rows, Positives + other.Positives);

        public Own Without(Own other) => new(Rows - other.Rows, Positives - other.Positives);
    }
}
