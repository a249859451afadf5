namespace MlOps.Build.Engine.Evaluating;

/// <summary>The median of a number per row.</summary>
public sealed class MedianColumn : IMetricColumn
{
    private readonly double[] sorted;
    private readonly int[] rows;

    public MedianColumn(double[] perRow)
    {
        rows = ScoreOrder.Of(perRow);
        sorted = Columns.Select(perRow, rows);
    }

    /// <inheritdoc/>
    public double Value(ReadOnlySpan<int> counts)
    {
        long total = 0;
        foreach (var count in counts)
        {
            total += count;
        }

        return (At((total - 1) / 2, counts) + At(total / 2, counts)) / 2;
    }

    /// <inheritdoc/>
    public double[] WithoutEach(RowBlocks blocks)
    {
        var places = new BlockPlaces(blocks, rows.Length, place => rows[place]);
        double At(int block, long place) => sorted[place + places.Before(block, place)];
        return blocks.Each(block => blocks.Left[block] is > 0 and var left ? (At(block, (left - 1) / 2) + At(block, left / 2)) / 2 : double.NaN);
    }

    private double At(long place, ReadOnlySpan<int> counts)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            place -= counts[rows[i]];
            if (place < 0)
            {
                return sorted[i];
            }
        }

        return double.NaN;
    }
}

/// <summary>R²: one minus squared error over the variance of the labels. Undefined where the labels are constant.</summary>
public sealed class DeterminationColumn : IMetricColumn
{
    private readonly double[] errors;
    private readonly double[] labels;
    private readonly double[] squares;

    public DeterminationColumn(double[] labels, double[] values)
    {
        errors = RowLosses.SquaredError(labels, values);

        // Around their mean, so that the difference of sums below does not cancel.
        var mean = labels.Average();
        this.labels = [.. labels.Select(label => label - mean)];
        squares = [.. this.labels.Select(label => label * label)];
    }

    /// <inheritdoc/>
    public double Value(ReadOnlySpan<int> counts)
    {
        var (sum, rows) = MeanColumn.Sum(labels, counts);
        return Of(sum, MeanColumn.Sum(squares, counts).Sum, MeanColumn.Sum(errors, counts).Sum, rows);
    }

    /// <inheritdoc/>
    public double[] WithoutEach(RowBlocks blocks)
    {
        var (sum, square, error) = (blocks.SumsLeft(labels), blocks.SumsLeft(squares), blocks.SumsLeft(errors));
        return blocks.Each(block => Of(sum[block], square[block], error[block], blocks.Left[block]));
    }

    private static double Of(double sum, double squares, double error, long rows)
    {
        var variation = squares - (sum * sum / rows);
        return variation <= 0 ? double.NaN : 1 - (error / variation);
    }
}
