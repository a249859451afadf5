namespace MlOps.Build.Engine.Evaluating;

/// <summary>A metric of the confusion counts of a binary model at its threshold.</summary>
public sealed class ConfusionColumn : IMetricColumn
{
    private readonly byte[] cells;
    private readonly Func<ConfusionCounts, double> metric;

    public ConfusionColumn(double[] labels, double[] scores, double threshold, Func<ConfusionCounts, double> metric)
    {
        this.metric = metric;
        cells = new byte[labels.Length];
        for (var i = 0; i < cells.Length; i++)
        {
            cells[i] = (byte)((labels[i] == 1 ? 2 : 0) | (scores[i] >= threshold ? 1 : 0));
        }
    }

    /// <inheritdoc/>
    public double Value(ReadOnlySpan<int> counts) => metric(Counts(counts));

    /// <summary>The counts themselves.</summary>
    public ConfusionCounts Counts(ReadOnlySpan<int> counts)
    {
        Span<long> rows = stackalloc long[4];
        rows.Clear();
        for (var i = 0; i < cells.Length; i++)
        {
            rows[cells[i]] += counts[i];
        }

        return new(TruePositives: rows[3], FalsePositives: rows[1], TrueNegatives: rows[0], FalseNegatives: rows[2]);
    }
}
