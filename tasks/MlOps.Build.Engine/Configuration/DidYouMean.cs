namespace MlOps.Build.Engine.Configuration;

/// <summary>Finds the known word somebody most likely meant.</summary>
public static class DidYouMean
{
    /// <summary>The closest known word within a third of its length, or null.</summary>
    public static string? Closest(string word, IEnumerable<string> known)
        => known
            .Select(candidate => (Candidate: candidate, Distance: Distance(word, candidate)))
            .Where(pair => pair.Distance <= Math.Max(1, Math.Max(word.Length, pair.Candidate.Length) / 3))
            .OrderBy(pair => pair.Distance)
            .ThenBy(pair => pair.Candidate, StringComparer.Ordinal)
            .Select(pair => pair.Candidate)
            .FirstOrDefault();

    /// <summary><c>" Did you mean 'x'?"</c>, or the list of known words when nothing is close.</summary>
    public static string Sentence(string word, IEnumerable<string> known)
    {
        var words = known.ToArray();
        return Closest(word, words) is { } closest
            ? $"Did you mean '{closest}'?"
            : $"Known are: {string.Join(", ", words)}.";
    }

    /// <summary>Edits (insert, delete, replace, swap of neighbours) between two words, ignoring case.</summary>
    private static int Distance(string left, string right)
    {
        var a = left.ToUpperInvariant();
        var b = right.ToUpperInvariant();
        var cost = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                cost[i, j] = (i, j) switch
                {
                    (0, _) => j,
                    (_, 0) => i,
                    _ => Least(cost, a, b, i, j),
                };
            }
        }

        return cost[a.Length, b.Length];
    }

    private static int Least(int[,] cost, string a, string b, int i, int j)
    {
        var replaced = cost[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
        var least = Math.Min(replaced, Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1);
        return i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]
            ? Math.Min(least, cost[i - 2, j - 2] + 1)
            : least;
    }
}
