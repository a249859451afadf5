using System;

namespace MlOps.Build.Analyzers.Configuration;

/// <summary>How far two words are apart.</summary>
internal static class Edits
{
    /// <summary>Letters to insert, remove or replace to come from one word to the other (Levenshtein 1966).</summary>
    public static int Between(string one, string other)
    {
        var above = new int[other.Length + 1];
        var row = new int[other.Length + 1];
        for (var j = 0; j <= other.Length; j++)
        {
            above[j] = j;
        }

        for (var i = 1; i <= one.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var replaced = above[j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
                row[j] = Math.Min(replaced, Math.Min(above[j], row[j - 1]) + 1);
            }

            (above, row) = (row, above);
        }

        return above[other.Length];
    }
}
