namespace MlOps.Build.Engine.Evaluating;

/// <summary>
/// How much more often positives come in a share of the rows, those with the largest scores, than in all rows. Of equal scores at
/// the border each row counts in part. Undefined without positive rows.
/// </summary>
internal sealed class LiftColumn(RankOrder order, double share) : PreparedColumn(order)
{
    /// <inheritdoc/>
    public override double Of(ReadOnlySpan<int> prepared)
    {
        var (positives, negatives) = order.Classes(prepared);
        if (positives == 0)
        {
            return double.NaN;
        }

        var all = positives + negatives;
        var wanted = share * all;
        var found = 0.0;
        long before = 0, tied = 0, tiedPositives = 0;
        var packed = order.Packed;
        for (var i = packed.Length - 1; i >= 0 && before < wanted; i--)
        {
            tied += prepared[i];
            tiedPositives += RankOrder.IsPositive(packed[i]) ? prepared[i] : 0;
            if ((i == 0 || RankOrder.IsLastOfTie(packed[i - 1])) && tied > 0)
            {
                found += tiedPositives * Math.Clamp((wanted - before) / tied, 0, 1);
                before += tied;
                tied = tiedPositives = 0;
            }
        }

        return found / wanted / ((double)positives / all);
    }

    /// <inheritdoc/>
    public override double[] WithoutEach(RowBlocks blocks)
    {
        var border = new BlockBorder(order, blocks, share);
        return border.Walk();
    }
}
