namespace MlOps.Build.Engine.Evaluating;

/// <summary>The median of a number per row.</summary>
public sealed class MedianColumn : IMetricColumn
{
    private readonly double[] sorted;
    private readonly int[] rows;

    public MedianColumn(double[] perRow)
    {
        sorted = [.. perRow];
        rows = [.. Enumerable.Range(0, perRow.Length)];
        Array.Sort(sorted, rows);
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
        var variation = MeanColumn.Sum(squares, counts).Sum - (sum * sum / rows);
        return variation <= 0 ? double.NaN : 1 - (MeanColumn.Sum(errors, counts).Sum / variation);
    }
}
