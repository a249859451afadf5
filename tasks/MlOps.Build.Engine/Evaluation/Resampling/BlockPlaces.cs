namespace MlOps.Build.Engine.Evaluating;

/// <summary>The places that the rows of each block have in an order of all rows.</summary>
internal sealed class BlockPlaces
{
    private readonly int[] places;
    private readonly int[] starts;

    /// <summary>Finds the places, one walk over the order.</summary>
    /// <param name="blocks">The blocks of the rows.</param>
    /// <param name="count">How many places the order has.</param>
    /// <param name="row">The row at a place.</param>
    public BlockPlaces(RowBlocks blocks, int count, Func<int, int> row)
    {
        places = new int[count];
        starts = new int[blocks.Count + 1];
        foreach (var block in blocks.OfRow)
        {
            starts[block + 1]++;
        }

        for (var block = 0; block < blocks.Count; block++)
        {
            starts[block + 1] += starts[block];
        }

        var next = starts[..^1];
        for (var place = 0; place < count; place++)
        {
            places[next[blocks.OfRow[row(place)]]++] = place;
        }
    }

    /// <summary>The places of a block, ascending.</summary>
    public ReadOnlySpan<int> Of(int block) => places.AsSpan(starts[block], starts[block + 1] - starts[block]);

    /// <summary>How many rows of the block come before the row that is at a place, counted from 0, among the rows of the other blocks.</summary>
    public int Before(int block, long place)
    {
        // The row of the block at places[j] has places[j] - j rows of others before it, which never falls.
        var own = Of(block);
        int low = 0, high = own.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (own[middle] - middle <= place)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
