namespace MlOps.Build.Engine.Evaluating;

/// <summary>Rows cut into blocks, each of which is left out once.</summary>
/// <remarks>
/// What is left is put together from the other blocks and not taken away from the whole: nothing cancels, and whole numbers stay
/// exact.
/// </remarks>
public sealed class RowBlocks
{
    /// <summary>As many blocks as a byte can tell apart.</summary>
    public const int Most = 256;

    private readonly byte[] blockOfRow;
    private readonly long[] left;

    /// <summary>Cuts rows into blocks.</summary>
    /// <param name="count">How many blocks, 2 to <see cref="Most"/>.</param>
    /// <param name="blockOfRow">The block of each row, from 0.</param>
    public RowBlocks(int count, byte[] blockOfRow)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Most);
        (Count, this.blockOfRow) = (count, blockOfRow);
        var rows = new long[count];
        foreach (var block in blockOfRow)
        {
            rows[block]++;
        }

        left = Others(rows);
    }

    /// <summary>How many blocks there are.</summary>
    public int Count { get; }

    /// <summary>The block of each row.</summary>
    public ReadOnlySpan<byte> OfRow => blockOfRow;

    /// <summary>How many rows are left without each block.</summary>
    public ReadOnlySpan<long> Left => left;

    /// <summary>A metric without each of the blocks, a pass over all rows for each: what every walk must agree with.</summary>
    public double[] PassForEach(IMetricColumn column)
    {
        var counts = new int[blockOfRow.Length];
        var values = new double[Count];
        for (var block = 0; block < Count; block++)
        {
            for (var row = 0; row < counts.Length; row++)
            {
                counts[row] = blockOfRow[row] == block ? 0 : 1;
            }

            values[block] = column.Value(counts);
        }

        return values;
    }

    /// <summary>The same blocks of some of the rows.</summary>
    internal RowBlocks Select(int[] rows) => new(Count, Columns.Select(blockOfRow, rows));

    /// <summary>The sum of a number per row without each block.</summary>
    internal double[] SumsLeft(ReadOnlySpan<double> perRow)
    {
        var parts = new double[Count];
        for (var row = 0; row < blockOfRow.Length; row++)
        {
            parts[blockOfRow[row]] += perRow[row];
        }

        return Others(parts, 0.0, (first, second) => first + second);
    }

    /// <summary>A value for each left sum and number of rows.</summary>
    internal double[] Each(Func<int, double> value)
    {
        var values = new double[Count];
        for (var block = 0; block < values.Length; block++)
        {
            values[block] = value(block);
        }

        return values;
    }

    /// <summary>For each of some counts the sum of all others.</summary>
    internal static long[] Others(long[] parts) => Others(parts, 0L, (first, second) => first + second);

    /// <summary>For each part all others put together, in their order.</summary>
    internal static T[] Others<T>(T[] parts, T none, Func<T, T, T> together)
    {
        var others = new T[parts.Length];
        var before = none;
        for (var place = 0; place < parts.Length; place++)
        {
            others[place] = before;
            before = together(before, parts[place]);
        }

        var after = none;
        for (var place = parts.Length - 1; place >= 0; place--)
        {
            others[place] = together(others[place], after);
            after = together(parts[place], after);
        }

        return others;
    }
}
