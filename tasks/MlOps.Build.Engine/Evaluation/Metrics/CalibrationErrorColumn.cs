namespace MlOps.Build.Engine.Evaluating;

/// <summary>
/// Expected calibration error over bins of equal width: the mean gap between what was promised and what came,
/// weighted by rows; or the largest gap of a bin. With B bins a probability p is in bin floor(B p), 1 in the last
/// (Naeini et al. 2015, doi:10.1609/aaai.v29i1.9602).
/// </summary>
public sealed class CalibrationErrorColumn : IMetricColumn
{
    private const int DefaultCount = 10;
    private const int LargestOnStack = 64;
    private readonly int count;
    private readonly bool largest;
    private readonly ushort[] bins;
    private readonly double[] gaps;

    public CalibrationErrorColumn(double[] probabilities, Func<int, bool> came, int count = DefaultCount, bool largest = false)
    {
        (this.count, this.largest) = (count, largest);
        bins = new ushort[probabilities.Length];
        gaps = new double[probabilities.Length];
        for (var i = 0; i < bins.Length; i++)
        {
            bins[i] = (ushort)Math.Min((int)(probabilities[i] * count), count - 1);
            gaps[i] = (came(i) ? 1 : 0) - probabilities[i];
        }
    }

    /// <inheritdoc/>
    public double Value(ReadOnlySpan<int> counts)
    {
        var sums = count <= LargestOnStack ? stackalloc double[count] : new double[count];
        sums.Clear();
        long rows = 0;
        for (var i = 0; i < bins.Length; i++)
        {
            sums[bins[i]] += counts[i] * gaps[i];
            rows += counts[i];
        }

        if (largest)
        {
            return Largest(sums, counts);
        }

        var total = 0.0;
        foreach (var sum in sums)
        {
            total += Math.Abs(sum);
        }

        return total / rows;
    }

    /// <inheritdoc/>
    public double[] WithoutEach(RowBlocks blocks)
    {
        var parts = new double[count * blocks.Count];
        var rows = new long[count * blocks.Count];
        for (var i = 0; i < bins.Length; i++)
        {
            var place = (bins[i] * blocks.Count) + blocks.OfRow[i];
            parts[place] += gaps[i];
            rows[place]++;
        }

        var values = new double[blocks.Count];
        for (var bin = 0; bin < count; bin++)
        {
            var of = (bin * blocks.Count)..((bin + 1) * blocks.Count);
            var (gapsLeft, rowsLeft) = (RowBlocks.Others(parts[of], 0.0, (first, second) => first + second), RowBlocks.Others(rows[of]));
            for (var block = 0; block < values.Length; block++)
            {
                var gap = Math.Abs(gapsLeft[block]);
                values[block] = !largest ? values[block] + gap
                    : rowsLeft[block] == 0 ? values[block]
                    : Math.Max(values[block], gap / rowsLeft[block]);
            }
        }

        return largest ? values : blocks.Each(block => values[block] / blocks.Left[block]);
    }

    private double Largest(ReadOnlySpan<double> sums, ReadOnlySpan<int> counts)
    {
        var rows = count <= LargestOnStack ? stackalloc long[count] : new long[count];
        rows.Clear();
        for (var i = 0; i < bins.Length; i++)
        {
            rows[bins[i]] += counts[i];
        }

        var most = 0.0;
        for (var bin = 0; bin < count; bin++)
        {
            most = rows[bin] == 0 ? most : Math.Max(most, Math.Abs(sums[bin]) / rows[bin]);
        }

        return most;
    }
}
