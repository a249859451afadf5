using System.Runtime.InteropServices;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>
/// Rows, means and second moments of a block, which can be put together without going back to the rows (Chan, Golub and LeVeque 1983,
/// doi:10.1080/00031305.1983.10483115).
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct BlockMoments(double Rows, double First, double Second, Moments Around)
{
    /// <summary>The moments of what is left without each block.</summary>
    public static Moments[] Left(double[] first, double[] second, RowBlocks blocks)
    {
        var parts = new BlockMoments[blocks.Count];
        var of = blocks.OfRow;
        for (var row = 0; row < of.Length; row++)
        {
            ref var part = ref parts[of[row]];
            part = new(part.Rows + 1, part.First + first[row], part.Second + second[row], default);
        }

        parts = Array.ConvertAll(parts, part => part with { First = part.First / part.Rows, Second = part.Second / part.Rows });
        var (variance, other, covariance) = (new double[parts.Length], new double[parts.Length], new double[parts.Length]);
        for (var row = 0; row < of.Length; row++)
        {
            var block = of[row];
            var (a, b) = (first[row] - parts[block].First, second[row] - parts[block].Second);
            variance[block] += a * a;
            other[block] += b * b;
            covariance[block] += a * b;
        }

        var whole = parts.Select((part, block) => part with { Around = new(variance[block], other[block], covariance[block]) }).ToArray();
        return Array.ConvertAll(RowBlocks.Others(whole, default, (one, two) => one.With(two)), left => left.Around);
    }

    private BlockMoments With(BlockMoments other)
    {
        if (Rows == 0 || other.Rows == 0)
        {
            return Rows == 0 ? other : this;
        }

        var rows = Rows + other.Rows;
        var (first, second) = (other.First - First, other.Second - Second);
        var weight = Rows * other.Rows / rows;
        return new(
            rows,
            First + (first * other.Rows / rows),
            Second + (second * other.Rows / rows),
            new(
                Around.Variance + other.Around.Variance + (first * first * weight),
                Around.Other + other.Around.Other + (second * second * weight),
                Around.Covariance + other.Around.Covariance + (first * second * weight)));
    }
}
