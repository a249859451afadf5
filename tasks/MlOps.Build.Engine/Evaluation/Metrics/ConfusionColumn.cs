namespace MlOps.Build.Engine.Evaluating;

/// <summary>Truth and prediction of each row of a binary model at its threshold, which all metrics of their counts share.</summary>
internal sealed class ConfusionCells : IPreparation
{
    private readonly byte[] cells;

    public ConfusionCells(double[] labels, double[] scores, double threshold)
    {
        cells = new byte[labels.Length];
        for (var i = 0; i < cells.Length; i++)
        {
            cells[i] = (byte)((labels[i] == 1 ? 2 : 0) | (scores[i] >= threshold ? 1 : 0));
        }
    }

    /// <inheritdoc/>
    public int Length => 4;

    /// <inheritdoc/>
    public void Prepare(ReadOnlySpan<int> counts, Span<int> prepared)
    {
        prepared.Clear();
        for (var i = 0; i < cells.Length; i++)
        {
            prepared[cells[i] & 3] += counts[i];
        }
    }

    /// <summary>The counts without each block, four for each.</summary>
    public int[] Left(RowBlocks blocks)
    {
        var all = new int[Length];
        var left = new int[Length * blocks.Count];
        for (var i = 0; i < cells.Length; i++)
        {
            all[cells[i] & 3]++;
            left[(blocks.OfRow[i] * Length) + (cells[i] & 3)]--;
        }

        for (var i = 0; i < left.Length; i++)
        {
            left[i] += all[i % Length];
        }

        return left;
    }
}

/// <summary>A metric of the confusion counts of a binary model at its threshold.</summary>
internal sealed class ConfusionColumn(ConfusionCells cells, Func<ConfusionCounts, double> metric) : PreparedColumn(cells)
{
    /// <inheritdoc/>
    public override double Of(ReadOnlySpan<int> prepared) => metric(CountsOf(prepared));

    /// <inheritdoc/>
    public override double[] WithoutEach(RowBlocks blocks)
    {
        var left = cells.Left(blocks);
        return blocks.Each(block => Of(left.AsSpan(block * cells.Length, cells.Length)));
    }

    /// <summary>The counts themselves.</summary>
    public ConfusionCounts Counts(ReadOnlySpan<int> counts)
    {
        Span<int> prepared = stackalloc int[cells.Length];
        cells.Prepare(counts, prepared);
        return CountsOf(prepared);
    }

    private static ConfusionCounts CountsOf(ReadOnlySpan<int> cells)
        => new(TruePositives: cells[3], FalsePositives: cells[1], TrueNegatives: cells[0], FalseNegatives: cells[2]);
}
