namespace MlOps.Build.Engine.Evaluating;

/// <summary>A metric of how many rows lie in each cell of a table, without each block.</summary>
internal static class BlockCells
{
    /// <summary>Takes the rows of one block after the other out of the counts and puts them back: one table, however many blocks.</summary>
    /// <param name="blocks">The blocks.</param>
    /// <param name="cells">The cell of each row; negative where it lies in none.</param>
    /// <param name="count">How many cells there are.</param>
    /// <param name="metric">The metric of the counts.</param>
    public static double[] WithoutEach(RowBlocks blocks, int[] cells, int count, Metric metric)
    {
        var sums = new long[count];
        foreach (var cell in cells)
        {
            sums[Math.Max(cell, 0)] += cell < 0 ? 0 : 1;
        }

        var places = new BlockPlaces(blocks, cells.Length, row => row);
        void Add(int block, int times)
        {
            foreach (var row in places.Of(block))
            {
                sums[Math.Max(cells[row], 0)] += cells[row] < 0 ? 0 : times;
            }
        }

        return blocks.Each(block =>
        {
            Add(block, -1);
            var value = metric(sums);
            Add(block, 1);
            return value;
        });
    }

    /// <summary>A metric of counts.</summary>
    internal delegate double Metric(ReadOnlySpan<long> counts);
}
