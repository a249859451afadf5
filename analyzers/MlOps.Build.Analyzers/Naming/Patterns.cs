using System;
using System.Text.RegularExpressions;

namespace MlOps.Build.Analyzers.Naming;

/// <summary>Regular expressions that a team writes into .editorconfig.</summary>
internal static class Patterns
{
    /// <summary>A name is short; what takes longer than this is an expression that runs away.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(100);

    /// <summary>Null for what is no regular expression.</summary>
    public static Regex? Read(string text)
    {
        try
        {
            return new Regex(text, RegexOptions.CultureInvariant, Longest);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
