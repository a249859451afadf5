namespace MlOps.Build.Engine.Evaluating;

/// <summary>
/// Rows sorted by score, ascending, equal scores in the order of the rows, with ties marked; three facts packed into one number a row. As a preparation it gives how often
/// each row counts in this order, so that what follows reads memory from front to back.
/// </summary>
internal sealed class RankOrder : IPreparation
{
    private readonly int[] packed;

    public RankOrder(ReadOnlySpan<double> scores, Func<int, bool> isPositive)
    {
        packed = ScoreOrder.Of(scores);
        for (var i = 0; i < packed.Length; i++)
        {
            var row = packed[i];
            var lastOfTie = i + 1 == packed.Length || scores[packed[i + 1]] != scores[row] ? 1 : 0;
            packed[i] = (row << 2) | (isPositive(row) ? 2 : 0) | lastOfTie;
        }
    }

    /// <summary>The rows: place times four, plus two for a positive row, plus one for the last of a tie.</summary>
    public ReadOnlySpan<int> Packed => packed;

    /// <inheritdoc/>
    public int Length => packed.Length;

    public static int Row(int item) => item >> 2;

    public static bool IsPositive(int item) => (item & 2) != 0;

    public static bool IsLastOfTie(int item) => (item & 1) != 0;

    /// <inheritdoc/>
    public void Prepare(ReadOnlySpan<int> counts, Span<int> prepared)
    {
        for (var i = 0; i < packed.Length; i++)
        {
            prepared[i] = counts[packed[i] >> 2];
        }
    }

    /// <summary>How many positive and negative rows count.</summary>
    public (long Positives, long Negatives) Classes(ReadOnlySpan<int> prepared)
    {
        long positives = 0, all = 0;
        for (var i = 0; i < packed.Length; i++)
        {
            all += prepared[i];
            positives += IsPositive(packed[i]) ? prepared[i] : 0;
        }

        return (positives, all - positives);
    }
}
