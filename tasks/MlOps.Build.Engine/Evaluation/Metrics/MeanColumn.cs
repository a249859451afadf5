using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>The mean of a number per row, or a function of it such as its root.</summary>
public sealed class MeanColumn(double[] perRow, Func<double, double>? transform = null) : IMetricColumn
{
    /// <summary>The number of each row.</summary>
    public ReadOnlySpan<double> PerRow => perRow;

    /// <inheritdoc/>
    public double Value(ReadOnlySpan<int> counts)
    {
        var (sum, rows) = Sum(perRow, counts);
        return Of(sum, rows);
    }

    /// <inheritdoc/>
    public double[] WithoutEach(RowBlocks blocks)
    {
        var sums = blocks.SumsLeft(perRow);
        return blocks.Each(block => Of(sums[block], blocks.Left[block]));
    }

    /// <summary>The sum over the rows and how many they are.</summary>
    internal static (double Sum, long Rows) Sum(ReadOnlySpan<double> values, ReadOnlySpan<int> counts)
    {
        var width = Vector256<double>.Count;
        var vectors = MemoryMarshal.Cast<double, Vector256<double>>(values);
        var multiplicities = MemoryMarshal.Cast<int, Vector128<int>>(counts);
        var sums = Vector256<double>.Zero;
        var rows = Vector128<int>.Zero;
        for (var i = 0; i < vectors.Length; i++)
        {
            var count = multiplicities[i];
            rows += count;
            sums += vectors[i] * ToDouble(count);
        }

        var sum = Vector256.Sum(sums);
        long total = Vector128.Sum(rows);
        for (var i = vectors.Length * width; i < values.Length; i++)
        {
            sum += values[i] * counts[i];
            total += counts[i];
        }

        return (sum, total);
    }

    private double Of(double sum, long rows)
    {
        var mean = sum / rows;
        return transform is null ? mean : transform(mean);
    }

    private static Vector256<double> ToDouble(Vector128<int> counts)
    {
        if (Avx.IsSupported)
        {
            return Avx.ConvertToVector256Double(counts);
        }

        var (low, high) = Vector128.Widen(counts);
        return Vector256.ConvertToDouble(Vector256.Create(low, high));
    }
}

/// <summary>One sum over another, such as all errors over all labels.</summary>
public sealed class RatioColumn(double[] numerators, double[] denominators) : IMetricColumn
{
    /// <inheritdoc/>
    public double Value(ReadOnlySpan<int> counts)
    {
        var denominator = MeanColumn.Sum(denominators, counts).Sum;
        return denominator == 0 ? double.NaN : MeanColumn.Sum(numerators, counts).Sum / denominator;
    }

    /// <inheritdoc/>
    public double[] WithoutEach(RowBlocks blocks)
    {
        var (above, below) = (blocks.SumsLeft(numerators), blocks.SumsLeft(denominators));
        return blocks.Each(block => below[block] == 0 ? double.NaN : above[block] / below[block]);
    }
}
