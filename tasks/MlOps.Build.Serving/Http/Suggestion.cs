namespace MlOps.Build.Serving;

/// <summary>"Did you mean": the nearest known name, by edit distance without case.</summary>
internal static class Suggestion
{
    /// <summary>Longer names are not compared: they are not typing errors.</summary>
    private const int Longest = 100;

    public static string? For(string name, IEnumerable<string> known)
    {
        if (name.Length > Longest)
        {
            return null;
        }

        var (nearest, distance) = known
            .Select(candidate => (Name: candidate, Distance: Distance(Plain(name), Plain(candidate))))
            .DefaultIfEmpty((Name: string.Empty, Distance: int.MaxValue))
            .MinBy(candidate => candidate.Distance);
        return distance <= Math.Max(1, nearest.Length / 3) ? nearest : null;
    }

    private static string Plain(string name)
        => name.Replace("_", string.Empty, StringComparison.Ordinal).ToUpperInvariant();

    /// <summary>Optimal string alignment: insertions, deletions, substitutions and swapped neighbours cost one each.</summary>
    private static int Distance(string left, string right)
    {
        var cost = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
        {
            for (var j = 0; j <= right.Length; j++)
            {
                cost[i, j] = (i, j) switch
                {
                    (0, _) => j,
                    (_, 0) => i,
                    _ => Math.Min(
                        Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1,
                        cost[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1)),
                };
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
                }
            }
        }

        return cost[left.Length, right.Length];
    }
}
