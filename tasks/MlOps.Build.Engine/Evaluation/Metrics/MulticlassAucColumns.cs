namespace MlOps.Build.Engine.Evaluating;

/// <summary>The mean over classes of the AUC of each class against the rest, over the classes that define it.</summary>
public sealed class OneVersusRestAucColumn : IMetricColumn
{
    private readonly AucColumn[] classes;

    public OneVersusRestAucColumn(ScoredRows rows)
    {
        var probabilities = MulticlassRows.Probabilities(rows);
        classes = [.. probabilities.Select((column, category) => new AucColumn(new RankOrder(column, row => (int)rows.Labels[row] == category)))];
    }

    /// <inheritdoc/>
    public double Value(ReadOnlySpan<int> counts)
    {
        var sum = 0.0;
        var defined = 0;
        foreach (var category in classes)
        {
            var value = category.Value(counts);
            if (!double.IsNaN(value))
            {
                sum += value;
                defined++;
            }
        }

        return defined == 0 ? double.NaN : sum / defined;
    }

    /// <inheritdoc/>
    public double[] WithoutEach(RowBlocks blocks) => DefinedMean.Of(blocks, classes.Select(category => category.WithoutEach(blocks)));
}

/// <summary>
/// The mean over pairs of classes of how well they are told apart, each pair from both sides (Hand and Till 2001,
/// doi:10.1023/A:1010920819831).
/// </summary>
public sealed class OneVersusOneAucColumn : IMetricColumn
{
    private readonly List<(AucColumn Auc, int[] Rows)> sides = [];

    public OneVersusOneAucColumn(ScoredRows rows)
    {
        var probabilities = MulticlassRows.Probabilities(rows);
        var members = Enumerable.Range(0, rows.ClassCount)
            .Select(category => Enumerable.Range(0, rows.Labels.Length).Where(row => (int)rows.Labels[row] == category).ToArray())
            .ToArray();
        for (var first = 0; first < rows.ClassCount; first++)
        {
            for (var second = 0; second < rows.ClassCount; second++)
            {
                if (first == second || members[first].Length == 0 || members[second].Length == 0)
                {
                    continue;
                }

                int[] pair = [.. members[first], .. members[second]];
                var positives = members[first].Length;
                sides.Add((new(new RankOrder(Columns.Select(probabilities[first], pair), row => row < positives)), pair));
            }
        }
    }

    /// <inheritdoc/>
    public double Value(ReadOnlySpan<int> counts)
    {
        var sum = 0.0;
        var defined = 0;
        foreach (var (auc, rows) in sides)
        {
            var pool = System.Buffers.ArrayPool<int>.Shared.Rent(rows.Length);
            for (var i = 0; i < rows.Length; i++)
            {
                pool[i] = counts[rows[i]];
            }

            var value = auc.Value(pool);
            System.Buffers.ArrayPool<int>.Shared.Return(pool);
            if (!double.IsNaN(value))
            {
                sum += value;
                defined++;
            }
        }

        return defined == 0 ? double.NaN : sum / defined;
    }

    /// <inheritdoc/>
    public double[] WithoutEach(RowBlocks blocks) => DefinedMean.Of(blocks, sides.Select(side => side.Auc.WithoutEach(blocks.Select(side.Rows))));
}

/// <summary>The mean over the columns that define a value.</summary>
internal static class DefinedMean
{
    public static double[] Of(RowBlocks blocks, IEnumerable<double[]> columns)
    {
        var (sums, defined) = (new double[blocks.Count], new int[blocks.Count]);
        foreach (var values in columns)
        {
            for (var block = 0; block < sums.Length; block++)
            {
                if (!double.IsNaN(values[block]))
                {
                    sums[block] += values[block];
                    defined[block]++;
                }
            }
        }

        return blocks.Each(block => defined[block] == 0 ? double.NaN : sums[block] / defined[block]);
    }
}
