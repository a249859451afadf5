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

    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var substituted = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
