namespace MlOps.Build.Engine.Evaluating;

/// <summary>
/// Draws rows with replacement: within each class for a classification, whole groups where rows are grouped, else
/// all rows alike.
/// </summary>
internal sealed class Resampler
{
    private readonly int[] units;
    private readonly int[] strataEnds;
    private readonly int[]? unitOfRow;
    private readonly int rows;

    private Resampler(int rows, int[] units, int[] strataEnds, int[]? unitOfRow)
        => (this.rows, this.units, this.strataEnds, this.unitOfRow) = (rows, units, strataEnds, unitOfRow);

    /// <summary>How many things are drawn: rows or groups.</summary>
    public int Units => units.Length;

    public static Resampler For(EvaluatedRows rows)
    {
        if (rows.Groups is { } groups)
        {
            var numbers = new Dictionary<int, int>();
            var places = new int[groups.Length];
            for (var i = 0; i < groups.Length; i++)
            {
                if (!numbers.TryGetValue(groups[i], out places[i]))
                {
                    numbers.Add(groups[i], places[i] = numbers.Count);
                }
            }

            return new(rows.Count, [.. Enumerable.Range(0, numbers.Count)], [numbers.Count], places);
        }

        int[] all = [.. Enumerable.Range(0, rows.Count)];
        if (rows.ClassCount == 0)
        {
            return new(rows.Count, all, [rows.Count], null);
        }

        // A stable sort, so that strata do not depend on anything but the rows.
        var byClass = ScoreOrder.Of(rows.Labels);
        var ends = Enumerable.Range(1, rows.Count)
            .Where(end => end == rows.Count || rows.Labels[byClass[end]] != rows.Labels[byClass[end - 1]]);
        return new(rows.Count, byClass, [.. ends], null);
    }

    /// <summary>How often each row is drawn. <paramref name="scratch"/> has the length of <see cref="Units"/>.</summary>
    public void Draw(Xoshiro256 random, Span<int> counts, Span<int> scratch)
    {
        var drawn = unitOfRow is null ? counts : scratch;
        drawn.Clear();
        var start = 0;
        foreach (var end in strataEnds)
        {
            var stratum = units.AsSpan(start, end - start);
            for (var i = 0; i < stratum.Length; i++)
            {
                drawn[stratum[random.Next(stratum.Length)]]++;
            }

            start = end;
        }

        Spread(drawn, counts);
    }

    /// <summary>Every row once, but those of one of <paramref name="blocks"/> blocks of units.</summary>
    public void LeaveOut(int block, int blocks, Span<int> counts, Span<int> scratch)
    {
        var kept = unitOfRow is null ? counts : scratch;
        for (var i = 0; i < units.Length; i++)
        {
            kept[units[i]] = i % blocks == block ? 0 : 1;
        }

        Spread(kept, counts);
    }

    /// <summary>The block of each row; units go to the blocks in turn, so that each class is in all of them.</summary>
    public RowBlocks Blocks(int count)
    {
        var ofUnit = new byte[units.Length];
        for (var i = 0; i < units.Length; i++)
        {
            ofUnit[units[i]] = (byte)(i % count);
        }

        return new(count, unitOfRow is null ? ofUnit : Array.ConvertAll(unitOfRow, unit => ofUnit[unit]));
    }

    private void Spread(ReadOnlySpan<int> byUnit, Span<int> counts)
    {
        if (unitOfRow is not null)
        {
            for (var row = 0; row < rows; row++)
            {
                counts[row] = byUnit[unitOfRow[row]];
            }
        }
    }
}
