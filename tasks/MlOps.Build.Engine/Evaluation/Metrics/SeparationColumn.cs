using System.Numerics;

namespace MlOps.Build.Engine.Evaluating;

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

    /// <inheritdoc/>
    public override double[] WithoutEach(RowBlocks blocks)
    {
        var (ofPositive, ofNegative) = Shares(blocks);
        var (ownPositives, ownNegatives, largest) = (BlockVectors.New(blocks), BlockVectors.New(blocks), BlockVectors.New(blocks));
        double positives = 0, negatives = 0;
        var packed = order.Packed;
        for (var i = 0; i < packed.Length; i++)
        {
            var block = blocks.OfRow[RankOrder.Row(packed[i])];
            if (RankOrder.IsPositive(packed[i]))
            {
                positives++;
                ownPositives[block]++;
            }
            else
            {
                negatives++;
                ownNegatives[block]++;
            }

            if (RankOrder.IsLastOfTie(packed[i]))
            {
                Widen(new(positives), new(negatives), BlockVectors.Of(ownPositives), BlockVectors.Of(ownNegatives), BlockVectors.Of(ofPositive), BlockVectors.Of(ofNegative), BlockVectors.Of(largest));
            }
        }

        return blocks.Each(block => double.IsFinite(ofPositive[block] + ofNegative[block]) ? largest[block] : double.NaN);
    }

    /// <summary>What one positive and one negative row are of those left without each block; infinite where none is left.</summary>
    private (double[] OfPositive, double[] OfNegative) Shares(RowBlocks blocks)
    {
        var (positives, negatives) = (new long[blocks.Count], new long[blocks.Count]);
        foreach (var item in order.Packed)
        {
            (RankOrder.IsPositive(item) ? positives : negatives)[blocks.OfRow[RankOrder.Row(item)]]++;
        }

        var (ofPositive, ofNegative) = (BlockVectors.New(blocks), BlockVectors.New(blocks));
        var (positivesLeft, negativesLeft) = (RowBlocks.Others(positives), RowBlocks.Others(negatives));
        for (var block = 0; block < blocks.Count; block++)
        {
            (ofPositive[block], ofNegative[block]) = (1.0 / positivesLeft[block], 1.0 / negativesLeft[block]);
        }

        return (ofPositive, ofNegative);
    }

    /// <summary>The gap at a score, for several blocks at a time.</summary>
    private static void Widen(
        Vector<double> positives,
        Vector<double> negatives,
        ReadOnlySpan<Vector<double>> ownPositives,
        ReadOnlySpan<Vector<double>> ownNegatives,
        ReadOnlySpan<Vector<double>> ofPositive,
        ReadOnlySpan<Vector<double>> ofNegative,
        Span<Vector<double>> largest)
    {
        for (var v = 0; v < largest.Length; v++)
        {
            var gap = ((negatives - ownNegatives[v]) * ofNegative[v]) - ((positives - ownPositives[v]) * ofPositive[v]);
            largest[v] = Vector.Max(largest[v], Vector.Abs(gap));
        }
    }
}
