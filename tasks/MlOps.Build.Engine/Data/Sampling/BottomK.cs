namespace MlOps.Build.Engine.Data;

/// <summary>
/// Taking the k rows with the smallest hashes without sorting all of them: only rows below a cutoff that leaves out too
/// few of them with a probability no one will see are sorted. Whether there were enough is checked.
/// </summary>
internal static class BottomK
{
    /// <summary>The first try: eight standard deviations.</summary>
    public const double Slack = 8;

    /// <summary>A hash that at least <paramref name="taken"/> of the rows are expected to lie below.</summary>
    public static ulong Cutoff(long taken, long available, double slack)
    {
        var share = (taken + slack * (Math.Sqrt(taken) + 2)) / Math.Max(available, 1);
        return share >= 1 ? ulong.MaxValue : Fraction(share);
    }

    /// <summary>The hash below which a share of all hashes lies: floor(share * 2^64).</summary>
    public static ulong Fraction(double share)
        => share >= 1 ? ulong.MaxValue : (ulong)(share * 18446744073709551616.0);
}
