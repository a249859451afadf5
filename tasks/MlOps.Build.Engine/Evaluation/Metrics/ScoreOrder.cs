namespace MlOps.Build.Engine.Evaluating;

/// <summary>
/// The order of numbers, ascending, equal ones in the order of their rows; NaN before all numbers, negative zero equal to zero. A radix
/// sort of their bits: its cost grows with the rows and not with n log n.
/// </summary>
internal static class ScoreOrder
{
    private const int DigitBits = 11;
    private const int Buckets = 1 << DigitBits;
    private const int Digits = 6;

    /// <summary>Below this many rows counting the digits costs more than comparing.</summary>
    private const int RadixFrom = 1024;
    private const ulong SignBit = 1UL << 63;

    /// <summary>The rows of <paramref name="values"/> in their order.</summary>
    public static int[] Of(ReadOnlySpan<double> values)
    {
        var keys = new ulong[values.Length];
        for (var row = 0; row < keys.Length; row++)
        {
            keys[row] = Key(values[row]);
        }

        return values.Length < RadixFrom ? Compared(keys) : Sorted(keys);
    }

    /// <summary>A whole number that is ordered as the number is.</summary>
    private static ulong Key(double value)
    {
        if (double.IsNaN(value))
        {
            return 0;
        }

        // Adding zero makes a negative zero positive.
        var bits = BitConverter.DoubleToUInt64Bits(value + 0.0);
        return (bits & SignBit) == 0 ? bits | SignBit : ~bits;
    }

    private static int[] Compared(ulong[] keys)
    {
        var rows = Rows(keys.Length);
        rows.AsSpan().Sort((first, second) => keys[first] != keys[second] ? keys[first].CompareTo(keys[second]) : first.CompareTo(second));
        return rows;
    }

    private static int[] Sorted(ulong[] keys)
    {
        var counts = Count(keys);
        var (rows, keysAfter, rowsAfter) = (Rows(keys.Length), new ulong[keys.Length], new int[keys.Length]);
        for (var digit = 0; digit < Digits; digit++)
        {
            var places = counts.AsSpan(digit * Buckets, Buckets);
            var shift = digit * DigitBits;
            if (places[Digit(keys[0], shift)] == keys.Length)
            {
                continue;
            }

            var place = 0;
            foreach (ref var count in places)
            {
                (count, place) = (place, place + count);
            }

            for (var i = 0; i < keys.Length; i++)
            {
                var to = places[Digit(keys[i], shift)]++;
                keysAfter[to] = keys[i];
                rowsAfter[to] = rows[i];
            }

            (keys, keysAfter, rows, rowsAfter) = (keysAfter, keys, rowsAfter, rows);
        }

        return rows;
    }

    private static int[] Count(ulong[] keys)
    {
        var counts = new int[Digits * Buckets];
        foreach (var key in keys)
        {
            for (var digit = 0; digit < Digits; digit++)
            {
                counts[(digit * Buckets) + Digit(key, digit * DigitBits)]++;
            }
        }

        return counts;
    }

    private static int Digit(ulong key, int shift) => (int)(key >> shift) & (Buckets - 1);

    private static int[] Rows(int count)
    {
        var rows = new int[count];
        for (var row = 0; row < count; row++)
        {
            rows[row] = row;
        }

        return rows;
    }
}
