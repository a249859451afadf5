using System.Text;

namespace MlOps.Build.Engine.Reporting;

/// <summary>The comment that nobody sees and by which a host finds the report again.</summary>
internal static class ReportMarker
{
    public static string Of(ReportInput input)
        => $"<!-- mlops:report v=1 model={Word(input.Verdict.Model)} head={Word(input.Run.Git.Commit ?? "none")} run={Word(input.Run.Id)} verdict={Word(input.VerdictDigest)} -->\n";

    /// <summary>A value without anything that could end the comment or look like another field.</summary>
    private static string Word(string value)
    {
        var word = new StringBuilder();
        foreach (var character in value.Take(100))
        {
            var safe = char.IsAsciiLetterOrDigit(character) || character is '.' or '_' or ':' or '-' ? character : '-';
            if (safe != '-' || (word.Length > 0 && word[^1] != '-'))
            {
                word.Append(safe);
            }
        }

        return word.ToString().TrimEnd('-') is { Length: > 0 } kept ? kept : "none";
    }
}
