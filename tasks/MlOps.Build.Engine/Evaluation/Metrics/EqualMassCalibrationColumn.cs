namespace MlOps.Build.Engine.Evaluating;

/// <summary>
/// Expected calibration error over ten bins with equally many rows: rows in the order of their scores, the first n mod 10 bins one
/// row larger (Nixon et al. 2019, arXiv:1904.01685).
/// </summary>
internal sealed class EqualMassCalibrationColumn : IMetricColumn
{
    private const int Bins = 10;
    private readonly int[] order;
    private readonly double[] gaps;

    public EqualMassCalibrationColumn(double[] labels, double[] scores)
    {
        // Stable: rows with equal scores keep the order of the file.
        order = [.. Enumerable.Range(0, scores.Length).OrderBy(row => scores[row])];
        gaps = [.. order.Select(row => labels[row] - scores[row])];
    }

    /// <inheritdoc/>
    public double Value(ReadOnlySpan<int> counts)
    {
        long rows = 0;
        foreach (var count in counts)
        {
            rows += count;
        }

        var total = 0.0;
        var sum = 0.0;
        var bin = 0;
        var left = Size(0, rows);
        for (var i = 0; i < order.Length; i++)
        {
            for (var count = counts[order[i]]; count > 0;)
            {
                while (left == 0)
                {
                    total += Math.Abs(sum);
                    sum = 0;
                    left = Size(++bin, rows);
                }

                var taken = (int)Math.Min(count, left);
                sum += taken * gaps[i];
                left -= taken;
                count -= taken;
            }
        }

        return rows == 0 ? double.NaN : (total + Math.Abs(sum)) / rows;
    }

    private static long Size(int bin, long rows) => (rows / Bins) + (bin < rows % Bins ? 1 : 0);
}
