using System.Text;
using CsCheck;
using MlOps.Build.Engine.Reporting;

namespace MlOps.Build.Engine.Tests.Reporting;

public sealed class HostileMarkdownTests
{
    [Fact]
    public void No_text_breaks_the_report()
        => HostileText.Report.Sample(report => Holds(ReportMarkdown.Of(report.Input), MarkdownBudget.Comment), iter: 150);

    [Fact]
    public void Any_budget_is_kept_with_whole_parts()
        => Gen.Select(HostileText.Report, Gen.Int[12_000, 60_000]).Sample((report, units) =>
        {
            var budget = new MarkdownBudget(units, 3 * units);

            Holds(ReportMarkdown.Of(report.Input, budget: budget), budget);
        }, iter: 150);

    [Fact]
    public void What_is_left_out_is_named_and_the_least_needed_goes_first()
    {
        var whole = ReportMarkdown.Of(ReportCases.Fail.Input);

        var less = ReportMarkdown.Of(ReportCases.Fail.Input, budget: new(whole.Length - 1, int.MaxValue));
        var least = ReportMarkdown.Of(ReportCases.Fail.Input, budget: new(1, 1));

        Assert.EndsWith("Left out because a comment has a size limit: all rules. The full report has them.\n", less);
        Assert.EndsWith("limit: how this was measured, policy change, weak slices, metrics, chart data, fairness, slices, all rules. The full report has them.\n", least);
        Assert.Contains("### ❌ Blocked", least);
        Assert.Contains("**What to do next**", least);
    }

    [Fact]
    public void Bytes_count_as_well_as_units()
    {
        var whole = ReportMarkdown.Of(ReportCases.Fail.Input);

        var less = ReportMarkdown.Of(ReportCases.Fail.Input, budget: new(int.MaxValue, Encoding.UTF8.GetByteCount(whole) - 1));

        Assert.Contains("Left out", less);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void At_most_25_lines_are_seen_before_anything_is_opened(string name)
        => Assert.InRange(Visible(ReportMarkdown.Of(ReportCases.All[name].Input)), 5, 25);

    public static TheoryData<string> Names => [.. ReportCases.All.Keys];

    private static void Holds(string markdown, MarkdownBudget budget)
    {
        Assert.True(markdown.Length <= budget.Units, $"{markdown.Length} units");
        Assert.True(Encoding.UTF8.GetByteCount(markdown) <= budget.Bytes);
        Assert.Equal(markdown, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(markdown)));
        Assert.DoesNotMatch(@"\r|(?m)^\s*(?:#{1,2} |===|---)|@everyone(?![^`\n]*`)", markdown);

        var lines = markdown.Split('\n');
        Assert.Equal(0, lines.Count(line => line.StartsWith("```", StringComparison.Ordinal)) % 2);
        Assert.Equal(lines.Count(line => line.StartsWith("<details>", StringComparison.Ordinal)), lines.Count(line => line == "</details>"));
        Assert.Single(lines, line => line.StartsWith("<!--", StringComparison.Ordinal));
        Assert.Matches(@"^<!-- mlops:report v=1 model=[\w.:-]+ head=[\w.:-]+ run=[\w.:-]+ verdict=sha256:[0-9a-f]{64} -->$", lines[0]);
        Assert.DoesNotContain("--", lines[0][4..^3]);
        Assert.InRange(Visible(markdown), 5, 25);
        SameCells(lines);
    }

    /// <summary>Every row of a table has as many cells as its head.</summary>
    private static void SameCells(string[] lines)
    {
        int? cells = null;
        foreach (var line in lines)
        {
            var count = Cells(line);
            if (count == 0)
            {
                cells = null;
                continue;
            }

            cells ??= count;
            Assert.Equal(cells, count);
        }
    }

    private static int Cells(string line)
    {
        if (line.Length == 0 || line[0] != '|')
        {
            return 0;
        }

        var count = 0;
        for (var place = 0; place < line.Length; place++)
        {
            if (line[place] == '\\')
            {
                place++;
            }
            else if (line[place] == '|')
            {
                count++;
            }
        }

        return count;
    }

    private static int Visible(string markdown)
    {
        var (seen, depth) = (0, 0);
        foreach (var line in markdown.Split('\n').Skip(1))
        {
            if (line.StartsWith("<details>", StringComparison.Ordinal))
            {
                depth++;
                seen++;
            }
            else if (line == "</details>")
            {
                depth--;
            }
            else if (depth == 0 && line.Trim().Length > 0)
            {
                seen++;
            }
        }

        return seen;
    }
}
