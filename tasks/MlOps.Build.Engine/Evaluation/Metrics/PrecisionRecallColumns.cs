using System.Numerics;

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

    /// <inheritdoc/>
    public override double[] WithoutEach(RowBlocks blocks)
    {
        var (own, ownPositives, before, sums) = (BlockVectors.New(blocks), BlockVectors.New(blocks), BlockVectors.New(blocks), BlockVectors.New(blocks));
        double rows = 0, positives = 0;
        var gains = false;
        var packed = order.Packed;
        for (var i = packed.Length - 1; i >= 0; i--)
        {
            var block = blocks.OfRow[RankOrder.Row(packed[i])];
            rows++;
            own[block]++;
            if (RankOrder.IsPositive(packed[i]))
            {
                positives++;
                ownPositives[block]++;
                gains = true;
            }

            if (gains && (i == 0 || RankOrder.IsLastOfTie(packed[i - 1])))
            {
                Gain(new(rows), new(positives), BlockVectors.Of(own), BlockVectors.Of(ownPositives), BlockVectors.Of(before), BlockVectors.Of(sums));
                gains = false;
            }
        }

        return blocks.Each(block => positives == ownPositives[block] ? double.NaN : sums[block] / (positives - ownPositives[block]));
    }

    /// <summary>Precision times the gain in positive rows, for several blocks at a time; 0 where nothing is left yet.</summary>
    private static void Gain(
        Vector<double> rows,
        Vector<double> positives,
        ReadOnlySpan<Vector<double>> own,
        ReadOnlySpan<Vector<double>> ownPositives,
        Span<Vector<double>> before,
        Span<Vector<double>> sums)
    {
        for (var v = 0; v < sums.Length; v++)
        {
            var left = positives - ownPositives[v];
            sums[v] += (left - before[v]) * (left / Vector.Max(rows - own[v], Vector<double>.One));
            before[v] = left;
        }
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

    /// <inheritdoc/>
    public override double[] WithoutEach(RowBlocks blocks)
    {
        var (own, ownPositives, before) = (BlockVectors.New(blocks), BlockVectors.New(blocks), BlockVectors.New(blocks));
        var (precision, sums) = (BlockVectors.New(blocks), BlockVectors.New(blocks));
        Array.Fill(precision, 1);
        double rows = 0, positives = 0;
        var packed = order.Packed;
        for (var i = packed.Length - 1; i >= 0; i--)
        {
            var block = blocks.OfRow[RankOrder.Row(packed[i])];
            rows++;
            own[block]++;
            if (RankOrder.IsPositive(packed[i]))
            {
                positives++;
                ownPositives[block]++;
            }

            if (i == 0 || RankOrder.IsLastOfTie(packed[i - 1]))
            {
                Gain(new(rows), new(positives), BlockVectors.Of(own), BlockVectors.Of(ownPositives), BlockVectors.Of(before), BlockVectors.Of(precision), BlockVectors.Of(sums));
            }
        }

        return blocks.Each(block => positives == ownPositives[block] ? double.NaN : sums[block] / (positives - ownPositives[block]));
    }

    /// <summary>The trapezoid above the gain in positive rows, for several blocks at a time; a precision of 1 where nothing is left yet.</summary>
    private static void Gain(
        Vector<double> rows,
        Vector<double> positives,
        ReadOnlySpan<Vector<double>> own,
        ReadOnlySpan<Vector<double>> ownPositives,
        Span<Vector<double>> before,
        Span<Vector<double>> precision,
        Span<Vector<double>> sums)
    {
        var half = new Vector<double>(0.5);
        for (var v = 0; v < sums.Length; v++)
        {
            var (left, rowsLeft) = (positives - ownPositives[v], rows - own[v]);
            var now = Vector.ConditionalSelect(Vector.Equals(rowsLeft, Vector<double>.Zero), Vector<double>.One, left / rowsLeft);
            sums[v] += (left - before[v]) * (now + precision[v]) * half;
            (before[v], precision[v]) = (left, now);
        }
    }
}
