namespace MlOps.Build.Engine.Evaluating;

/// <summary>
/// Expected calibration error over ten bins of equal width: the mean gap between what was promised and what came,
/// weighted by rows. A probability p is in bin floor(10 p), 1 in the last.
/// </summary>
public sealed class CalibrationErrorColumn : IMetricColumn
{
    private const int Bins = 10;
    private readonly byte[] bins;
    private readonly double[] gaps;

    public CalibrationErrorColumn(double[] probabilities, Func<int, bool> came)
    {
        bins = new byte[probabilities.Length];
        gaps = new double[probabilities.Length];
        for (var i = 0; i < bins.Length; i++)
        {
            bins[i] = (byte)Math.Min((int)(probabilities[i] * Bins), Bins - 1);
            gaps[i] = (came(i) ? 1 : 0) - probabilities[i];
        }
    }

    /// <inheritdoc/>
    public double Value(ReadOnlySpan<int> counts)
    {
        Span<double> sums = stackalloc double[Bins];
        sums.Clear();
        long rows = 0;
        for (var i = 0; i < bins.Length; i++)
        {
            sums[bins[i]] += counts[i] * gaps[i];
            rows += counts[i];
        }

        var total = 0.0;
        foreach (var sum in sums)
        {
            total += Math.Abs(sum);
        }

        return total / rows;
    }
}
