using System.Buffers;
using System.Runtime.InteropServices;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>The largest number of a row that counts.</summary>
internal sealed class LargestColumn(double[] perRow) : IMetricColumn
{
    /// <inheritdoc/>
    public double Value(ReadOnlySpan<int> counts)
    {
        var largest = double.NaN;
        for (var i = 0; i < perRow.Length; i++)
        {
            if (counts[i] > 0 && !(perRow[i] <= largest))
            {
                largest = perRow[i];
            }
        }

        return largest;
    }

    /// <inheritdoc/>
    public double[] WithoutEach(RowBlocks blocks)
    {
        var parts = blocks.Each(_ => double.NaN);
        for (var row = 0; row < perRow.Length; row++)
        {
            ref var part = ref parts[blocks.OfRow[row]];
            part = perRow[row] <= part ? part : perRow[row];
        }

        return RowBlocks.Others(parts, double.NaN, (first, second) => first >= second || double.IsNaN(second) ? first : second);
    }
}

/// <summary>One minus the variance of the errors over that of the labels. Undefined where the labels are constant.</summary>
internal sealed class ExplainedVarianceColumn(double[] labels, double[] values) : IMetricColumn
{
    private readonly double[] errors = RowLosses.Error(labels, values);

    /// <inheritdoc/>
    public double Value(ReadOnlySpan<int> counts)
    {
        var whole = Moments.Of(labels, labels, counts);
        var left = Moments.Of(errors, errors, counts);
        return Of(whole, left);
    }

    /// <inheritdoc/>
    public double[] WithoutEach(RowBlocks blocks)
    {
        var (whole, left) = (BlockMoments.Left(labels, labels, blocks), BlockMoments.Left(errors, errors, blocks));
        return blocks.Each(block => Of(whole[block], left[block]));
    }

    private static double Of(Moments whole, Moments left) => whole.Variance <= 0 ? double.NaN : 1 - (left.Variance / whole.Variance);
}

/// <summary>Pearson's correlation of prediction and label. Undefined where one of them is constant.</summary>
internal sealed class CorrelationColumn(double[] labels, double[] values) : IMetricColumn
{
    /// <inheritdoc/>
    public double Value(ReadOnlySpan<int> counts) => Moments.Of(labels, values, counts).Correlation;

    /// <inheritdoc/>
    public double[] WithoutEach(RowBlocks blocks)
    {
        var moments = BlockMoments.Left(labels, values, blocks);
        return blocks.Each(block => moments[block].Correlation);
    }
}

/// <summary>Spearman's correlation: Pearson's of the ranks, ties with their mean rank.</summary>
internal sealed class RankCorrelationColumn(double[] labels, double[] values) : IMetricColumn
{
    private readonly RankOrder labelOrder = new(labels, _ => false);
    private readonly RankOrder valueOrder = new(values, _ => false);

    /// <inheritdoc/>
    public double Value(ReadOnlySpan<int> counts)
    {
        var (first, second) = (ArrayPool<double>.Shared.Rent(counts.Length), ArrayPool<double>.Shared.Rent(counts.Length));
        Ranks(labelOrder, counts, first);
        Ranks(valueOrder, counts, second);
        var correlation = Moments.Of(first.AsSpan(0, counts.Length), second.AsSpan(0, counts.Length), counts).Correlation;
        ArrayPool<double>.Shared.Return(first);
        ArrayPool<double>.Shared.Return(second);
        return correlation;
    }

    private static void Ranks(RankOrder order, ReadOnlySpan<int> counts, double[] ranks)
    {
        long below = 0, tied = 0;
        var start = 0;
        for (var i = 0; i < order.Packed.Length; i++)
        {
            tied += counts[RankOrder.Row(order.Packed[i])];
            if (!RankOrder.IsLastOfTie(order.Packed[i]))
            {
                continue;
            }

            for (; start <= i; start++)
            {
                ranks[RankOrder.Row(order.Packed[start])] = below + ((tied + 1) / 2.0);
            }

            below += tied;
            tied = 0;
        }
    }
}

/// <summary>Second moments of two numbers per row, around their means.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Moments(double Variance, double Other, double Covariance)
{
    public double Correlation => Variance <= 0 || Other <= 0 ? double.NaN : Covariance / Math.Sqrt(Variance * Other);

    public static Moments Of(ReadOnlySpan<double> first, ReadOnlySpan<double> second, ReadOnlySpan<int> counts)
    {
        var (sum, rows) = MeanColumn.Sum(first, counts);
        var (firstMean, secondMean) = (sum / rows, MeanColumn.Sum(second, counts).Sum / rows);
        double variance = 0, other = 0, covariance = 0;
        for (var i = 0; i < counts.Length; i++)
        {
            var (a, b) = (first[i] - firstMean, second[i] - secondMean);
            variance += counts[i] * a * a;
            other += counts[i] * b * b;
            covariance += counts[i] * a * b;
        }

        return new(variance, other, covariance);
    }
}
