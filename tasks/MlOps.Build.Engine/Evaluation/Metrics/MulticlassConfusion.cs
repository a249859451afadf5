namespace MlOps.Build.Engine.Evaluating;

/// <summary>Counts of (truth, prediction), and the averages over classes that follow from them.</summary>
public readonly ref struct MulticlassConfusion(ReadOnlySpan<long> cells, int classes)
{
    private readonly ReadOnlySpan<long> cells = cells;

    /// <summary>Rows of a true class that were predicted as another.</summary>
    public long this[int truth, int predicted] => cells[(truth * classes) + predicted];

    /// <summary>The mean over classes, of those that are there in truth or prediction.</summary>
    public double MacroF1
    {
        get
        {
            var sum = 0.0;
            var present = 0;
            for (var category = 0; category < classes; category++)
            {
                if (Support(category) + Predicted(category) > 0)
                {
                    sum += F1(category);
                    present++;
                }
            }

            return present == 0 ? double.NaN : sum / present;
        }
    }

    /// <summary>The mean over classes, weighted by how often they are true.</summary>
    public double WeightedF1
    {
        get
        {
            var sum = 0.0;
            long rows = 0;
            for (var category = 0; category < classes; category++)
            {
                sum += F1(category) * Support(category);
                rows += Support(category);
            }

            return sum / rows;
        }
    }

    /// <summary>The mean recall of the classes that are there in truth.</summary>
    public double BalancedAccuracy
    {
        get
        {
            var sum = 0.0;
            var present = 0;
            for (var category = 0; category < classes; category++)
            {
                if (Support(category) > 0)
                {
                    sum += (double)this[category, category] / Support(category);
                    present++;
                }
            }

            return present == 0 ? double.NaN : sum / present;
        }
    }

    /// <summary>With one label a row, equal to accuracy.</summary>
    public double MicroF1
    {
        get
        {
            long correct = 0, rows = 0;
            for (var category = 0; category < classes; category++)
            {
                correct += this[category, category];
                rows += Support(category);
            }

            return (double)correct / rows;
        }
    }

    private long Support(int category)
    {
        long rows = 0;
        for (var other = 0; other < classes; other++)
        {
            rows += this[category, other];
        }

        return rows;
    }

    private long Predicted(int category)
    {
        long rows = 0;
        for (var other = 0; other < classes; other++)
        {
            rows += this[other, category];
        }

        return rows;
    }

    private double F1(int category)
    {
        var rows = Support(category) + Predicted(category);
        return rows == 0 ? 0 : 2.0 * this[category, category] / rows;
    }
}

/// <summary>A metric of the confusion counts of a multiclass model.</summary>
public delegate double MulticlassMetric(MulticlassConfusion confusion);

/// <summary>Binds a <see cref="MulticlassMetric"/>.</summary>
public sealed class MulticlassConfusionColumn : IMetricColumn
{
    private const int LargestOnStack = 32;
    private readonly int[] cells;
    private readonly int classes;
    private readonly MulticlassMetric metric;

    public MulticlassConfusionColumn(ScoredRows rows, MulticlassMetric metric)
    {
        this.metric = metric;
        classes = rows.ClassCount;
        var predicted = MulticlassRows.Predicted(rows);
        cells = [.. predicted.Select((category, row) => ((int)rows.Labels[row] * rows.ClassCount) + category)];
    }

    /// <inheritdoc/>
    public double Value(ReadOnlySpan<int> counts)
    {
        var rows = classes <= LargestOnStack ? stackalloc long[classes * classes] : new long[classes * classes];
        rows.Clear();
        for (var i = 0; i < cells.Length; i++)
        {
            rows[cells[i]] += counts[i];
        }

        return metric(new(rows, classes));
    }
}
