using MlOps.Build.Contracts;
using MlOps.Build.Engine.Processes;

namespace MlOps.Build.Engine.Reporting;

/// <summary>What stands in the place of a report: a run has begun, or broke off.</summary>
internal static class NoticeMarkdown
{
    private const int MostLines = 20;
    private const int LongestLine = 500;

    public static string Begun(string model, string head, string? page)
        => $"### ⏳ Running: {Name(model)}\n\nThe report on {Commit(head)} replaces this comment when {Run(page, "the run")} has ended.\n";

    public static string Broken(string model, string head, Problem problem, string? page)
        => $"""
            ### ⚠️ Not judged: {Name(model)}

            **{MarkdownText.Escape(PlainText.Line(problem.What, LongestLine))}** Nothing is known about this change.

            {Why(problem.Why)}
            **What to do next**: {MarkdownText.Escape(PlainText.Line(problem.Fix, LongestLine))}

            {MarkdownText.Code(problem.Code)} · {Run(page, "Run")} · for {Commit(head)}

            """.ReplaceLineEndings("\n");

    /// <summary>One line is a sentence; more are the end of a program's output, and stay lines. No line can begin with a fence.</summary>
    private static string Why(string why)
    {
        var lines = why.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return lines.Length <= 1
            ? MarkdownText.Escape(PlainText.Line(why, LongestLine)) + "\n"
            : $"```text\n{string.Concat(lines.TakeLast(MostLines).Select(Quoted))}```\n";
    }

    private static string Quoted(string line)
    {
        var text = PlainText.Line(OutputNeutraliser.Neutralise(line), LongestLine);
        return text.StartsWith("| ", StringComparison.Ordinal) ? text + "\n" : $"| {text}\n";
    }

    private static string Name(string model) => MarkdownText.Escape(PlainText.Line(model, 100));

    private static string Commit(string head) => MarkdownText.Code(PlainText.Line(head.Length > 7 ? head[..7] : head, 40));

    private static string Run(string? page, string text) => WebLink.Of(page) is { } link ? $"[{text}]({link})" : text;
}
