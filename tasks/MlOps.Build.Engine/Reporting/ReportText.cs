namespace MlOps.Build.Engine.Reporting;

/// <summary>The report as lines for a terminal or a log.</summary>
public static class ReportText
{
    /// <summary>Verdict, sentence and the rules in columns.</summary>
    public static IReadOnlyList<string> Summary(ReportInput input)
    {
        var view = ReportView.Of(input);
        string[] head = ["Rule", view.BaselineName, view.ChallengerName, $"Change ({view.IntervalName})", "Limit", "Result"];
        var rows = view.Headline.Select(row => (string[])[row.Rule, row.Baseline, row.Challenger, row.Change, row.Limit, row.Word]);
        return [.. new List<string>
        {
            $"{view.Word}: {view.Subject}",
            view.Sentence,
            string.Empty,
        }.Concat(Columns([head, .. rows])).Append(string.Empty).Concat(view.Notes).Select(Ascii)];
    }

    /// <summary>Text to the left, numbers to the right.</summary>
    private static IEnumerable<string> Columns(IReadOnlyList<string[]> rows)
    {
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        return rows.Select(row => string.Join("  ", row.Select((cell, column)
            => column == 0 || column == row.Length - 1 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))).TrimEnd());
    }

    /// <summary>Consoles on Windows often have a code page without these.</summary>
    private static string Ascii(string line)
        => line.Replace('−', '-').Replace('–', '-').Replace("≥ ", ">= ", StringComparison.Ordinal).Replace("≤ ", "<= ", StringComparison.Ordinal);
}
