namespace MlOps.Build.Engine.Evaluating;

/// <summary>
/// Expected calibration error over ten bins with equally many rows: rows in the order of their scores, the first n mod 10 bins one
/// row larger (Nixon et al. 2019, arXiv:1904.01685).
/// </summary>
internal sealed class EqualMassCalibrationColumn : PreparedColumn
{
    private const int Bins = 10;
    private readonly RankOrder order;
    private readonly double[] gaps;

    /// <summary>Binds the metric to the scores of a model.</summary>
    /// <param name="order">The order of the scores: rows with equal ones keep the order of the file.</param>
    /// <param name="labels">1 for a positive row, else 0.</param>
    /// <param name="scores">The probability of a positive row.</param>
    public EqualMassCalibrationColumn(RankOrder order, double[] labels, double[] scores)
        : base(order)
    {
        this.order = order;
        gaps = new double[order.Length];
        for (var i = 0; i < gaps.Length; i++)
        {
            var row = RankOrder.Row(order.Packed[i]);
            gaps[i] = labels[row] - scores[row];
        }
    }

    /// <inheritdoc/>
    public override double Of(ReadOnlySpan<int> prepared)
    {
        long rows = 0;
        foreach (var count in prepared)
        {
            rows += count;
        }

        var total = 0.0;
        var sum = 0.0;
        var bin = 0;
        var left = Size(0, rows);
        for (var i = 0; i < gaps.Length; i++)
        {
            for (var count = prepared[i]; count > 0;)
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

    /// <inheritdoc/>
    public override double[] WithoutEach(RowBlocks blocks)
    {
        // Sums of all gaps and of a block's own ones up to each place: what is between two edges is a difference of both.
        var places = new BlockPlaces(blocks, gaps.Length, place => RankOrder.Row(order.Packed[place]));
        var sums = new double[gaps.Length + 1];
        for (var i = 0; i < gaps.Length; i++)
        {
            sums[i + 1] = sums[i] + gaps[i];
        }

        return blocks.Each(block => Without(block, blocks.Left[block], places, sums));
    }

    private double Without(int block, long rows, BlockPlaces places, double[] sums)
    {
        var own = places.Of(block);
        var ownSums = new double[own.Length + 1];
        for (var i = 0; i < own.Length; i++)
        {
            ownSums[i + 1] = ownSums[i] + gaps[own[i]];
        }

        var total = 0.0;
        long edge = 0;
        var before = 0.0;
        for (var bin = 0; bin < Bins; bin++)
        {
            edge += Size(bin, rows);
            var ownBefore = places.Before(block, edge);
            var upTo = sums[edge + ownBefore] - ownSums[ownBefore];
            total += Math.Abs(upTo - before);
            before = upTo;
        }

        return rows == 0 ? double.NaN : total / rows;
    }

    private static long Size(int bin, long rows) => (rows / Bins) + (bin < rows % Bins ? 1 : 0);
}
