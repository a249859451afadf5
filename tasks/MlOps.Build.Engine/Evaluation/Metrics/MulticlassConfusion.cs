namespace MlOps.Build.Engine.Evaluating;

/// <summary>Counts of (truth, prediction), and the averages over classes that follow from them.</summary>
public readonly ref struct MulticlassConfusion(ReadOnlySpan<long> cells, int classes)
{
    private readonly ReadOnlySpan<long> cells = cells;

    /// <summary>Rows of a true class that were predicted as another.</summary>
    public long this[int truth, int predicted] => cells[(truth * classes) + predicted];

    /// <summary>The mean over classes, of those that are there in truth or prediction.</summary>
    public double MacroF1 => Macro((confusion, category) => confusion.F1(category));

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

    /// <summary>The mean precision of the classes that are there in truth or prediction; 0 for a class that is never predicted.</summary>
    public double MacroPrecision => Macro((confusion, category) => Share(confusion[category, category], confusion.Predicted(category)));

    /// <summary>The mean recall of the classes that are there in truth or prediction; 0 for a class that is never true.</summary>
    public double MacroRecall => Macro((confusion, category) => Share(confusion[category, category], confusion.Support(category)));

    /// <summary>Matthews' correlation for several classes (Gorodkin 2004, doi:10.1016/j.compbiolchem.2004.09.006).</summary>
    public double Mcc
    {
        get
        {
            var (rows, correct, products, truths, predictions) = Sums();
            var scale = Math.Sqrt((rows * rows) - predictions) * Math.Sqrt((rows * rows) - truths);
            return (rows * rows) - truths == 0 ? double.NaN
                : scale == 0 ? 0
                : ((correct * rows) - products) / scale;
        }
    }

    /// <summary>Agreement beyond chance (Cohen 1960, doi:10.1177/001316446002000104).</summary>
    public double Kappa
    {
        get
        {
            var (rows, correct, products, _, _) = Sums();
            return rows * rows == products ? double.NaN : ((rows * correct) - products) / ((rows * rows) - products);
        }
    }

    private (double Rows, double Correct, double Products, double Truths, double Predictions) Sums()
    {
        double rows = 0, correct = 0, products = 0, truths = 0, predictions = 0;
        for (var category = 0; category < classes; category++)
        {
            double support = Support(category), predicted = Predicted(category);
            rows += support;
            correct += this[category, category];
            products += support * predicted;
            truths += support * support;
            predictions += predicted * predicted;
        }

        return (rows, correct, products, truths, predictions);
    }

    private double Macro(ClassMetric metric)
    {
        var sum = 0.0;
        var present = 0;
        for (var category = 0; category < classes; category++)
        {
            if (Support(category) + Predicted(category) > 0)
            {
                sum += metric(this, category);
                present++;
            }
        }

        return present == 0 ? double.NaN : sum / present;
    }

    private static double Share(double part, double whole) => whole == 0 ? 0 : part / whole;

    private delegate double ClassMetric(MulticlassConfusion confusion, int category);

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

    /// <inheritdoc/>
    public double[] WithoutEach(RowBlocks blocks)
        => BlockCells.WithoutEach(blocks, cells, classes * classes, left => metric(new(left, classes)));
}
