namespace MlOps.Build.Engine.Data;

/// <summary>Divides a number of rows among strata in proportion to their sizes.</summary>
public static class LargestRemainder
{
    /// <summary>
    /// Rows by stratum: the whole part of each quota, then one more to the largest fractions, equal ones in ordinal order
    /// of the name. A missing value is a stratum of its own and comes first among equals.
    /// </summary>
    public static IReadOnlyList<SampleShare> Allocate(IReadOnlyList<StratumSize> strata, long rows)
    {
        var all = strata.Sum(stratum => stratum.Rows);
        if (all == 0)
        {
            return [];
        }

        var wanted = Math.Min(rows, all);
        var quotas = strata
            .Select(stratum => (Stratum: stratum, Product: (UInt128)(ulong)wanted * (ulong)stratum.Rows))
            .Select(quota => (
                quota.Stratum,
                Whole: (long)(quota.Product / (ulong)all),
                Fraction: (long)(quota.Product % (ulong)all)))
            .OrderByDescending(quota => quota.Fraction)
            .ThenBy(quota => quota.Stratum.Name, StringComparer.Ordinal)
            .ToArray();
        var left = wanted - quotas.Sum(quota => quota.Whole);
        return [.. quotas
            .Select((quota, place) => new SampleShare(
                quota.Stratum.Name, quota.Stratum.Rows, quota.Whole + (place < left ? 1 : 0)))
            .OrderBy(share => share.Name, StringComparer.Ordinal)];
    }
}

/// <summary>A stratum and how many rows it has.</summary>
public sealed record StratumSize(string? Name, long Rows);

/// <summary>A stratum, how many rows it has and how many of them are taken.</summary>
public sealed record SampleShare(string? Name, long Available, long Taken);
