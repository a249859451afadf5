namespace MlOps.Build.Engine.Evaluating;

/// <summary>Rows sorted by score, ascending, with ties marked; three facts packed into one number a row.</summary>
internal sealed class RankOrder
{
    private readonly int[] packed;

    public RankOrder(ReadOnlySpan<double> scores, Func<int, bool> isPositive)
    {
        var keys = scores.ToArray();
        packed = new int[keys.Length];
        for (var i = 0; i < packed.Length; i++)
        {
            packed[i] = i;
        }

        // Ties are marked below, so the order inside a tie does not matter.
        Array.Sort(keys, packed);
        for (var i = 0; i < packed.Length; i++)
        {
            var row = packed[i];
            var lastOfTie = i + 1 == keys.Length || keys[i + 1] != keys[i] ? 1 : 0;
            packed[i] = (row << 2) | (isPositive(row) ? 2 : 0) | lastOfTie;
        }
    }

    /// <summary>The rows: place times four, plus two for a positive row, plus one for the last of a tie.</summary>
    public ReadOnlySpan<int> Packed => packed;

    public static int Row(int item) => item >> 2;

    public static bool IsPositive(int item) => (item & 2) != 0;

    public static bool IsLastOfTie(int item) => (item & 1) != 0;
}
