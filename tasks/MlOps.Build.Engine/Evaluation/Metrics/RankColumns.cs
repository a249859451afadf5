namespace MlOps.Build.Engine.Evaluating;

/// <summary>
/// Average precision: the sum over distinct thresholds of precision times the gain in recall. Undefined without
/// positive rows.
/// </summary>
internal sealed class AveragePrecisionColumn(RankOrder order) : PreparedColumn(order)
{
    /// <inheritdoc/>
    public override double Of(ReadOnlySpan<int> prepared)
    {
        long positives = 0, rows = 0, before = 0;
        var sum = 0.0;
        var packed = order.Packed;
        for (var i = packed.Length - 1; i >= 0; i--)
        {
            rows += prepared[i];
            positives += RankOrder.IsPositive(packed[i]) ? prepared[i] : 0;
            if ((i == 0 || RankOrder.IsLastOfTie(packed[i - 1])) && rows > 0)
            {
                sum += (positives - before) * ((double)positives / rows);
                before = positives;
            }
        }

        return positives == 0 ? double.NaN : sum / positives;
    }
}

/// <summary>The area under the precision-recall curve by the trapezoid rule, from the point (0, 1). Undefined without positive rows.</summary>
internal sealed class PrecisionRecallAreaColumn(RankOrder order) : PreparedColumn(order)
{
    /// <inheritdoc/>
    public override double Of(ReadOnlySpan<int> prepared)
    {
        long positives = 0, rows = 0, before = 0;
        var sum = 0.0;
        var precisionBefore = 1.0;
        var packed = order.Packed;
        for (var i = packed.Length - 1; i >= 0; i--)
        {
            rows += prepared[i];
            positives += RankOrder.IsPositive(packed[i]) ? prepared[i] : 0;
            if ((i == 0 || RankOrder.IsLastOfTie(packed[i - 1])) && rows > 0)
            {
                var precision = (double)positives / rows;
                sum += (positives - before) * (precision + precisionBefore) / 2;
                (before, precisionBefore) = (positives, precision);
            }
        }

        return positives == 0 ? double.NaN : sum / positives;
    }
}

/// <summary>The largest gap between the share of positive and of negative rows below a score (Kolmogorov-Smirnov).</summary>
internal sealed class SeparationColumn(RankOrder order) : PreparedColumn(order)
{
    /// <inheritdoc/>
    public override double Of(ReadOnlySpan<int> prepared)
    {
        var (allPositives, allNegatives) = order.Classes(prepared);
        if (allPositives == 0 || allNegatives == 0)
        {
            return double.NaN;
        }

        long positives = 0, negatives = 0;
        var largest = 0.0;
        var packed = order.Packed;
        for (var i = 0; i < packed.Length; i++)
        {
            positives += RankOrder.IsPositive(packed[i]) ? prepared[i] : 0;
            negatives += RankOrder.IsPositive(packed[i]) ? 0 : prepared[i];
            if (RankOrder.IsLastOfTie(packed[i]))
            {
                var gap = ((double)negatives / allNegatives) - ((double)positives / allPositives);
                largest = Math.Max(largest, Math.Abs(gap));
            }
        }

        return largest;
    }
}

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
}
