using System.Text;
using CsCheck;
using MlOps.Build.Engine.Hosts;
using MlOps.Build.Engine.Hosts.GitHub;
using MlOps.Build.Engine.Hosts.Inputs;
using MlOps.Build.Engine.Hosts.Reports;
using MlOps.Build.Engine.Reporting;
using MlOps.Build.Engine.Tests.Reporting;

namespace MlOps.Build.Engine.Tests.Hosts.Reports;

public sealed class ReportCommentTests
{
    private static readonly HostLimits Limits = new(MarkdownFlavour.GitHub, MarkdownBudget.Comment, 5);
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("pass", CommentInput.Always, false)]
    [InlineData("pass", CommentInput.OnChange, true)]
    [InlineData("pass", CommentInput.OnFailure, true)]
    [InlineData("first-model", CommentInput.OnChange, false)]
    [InlineData("first-model", CommentInput.OnFailure, true)]
    [InlineData("fail", CommentInput.OnChange, false)]
    [InlineData("fail", CommentInput.OnFailure, false)]
    [InlineData("inconclusive", CommentInput.OnFailure, false)]
    public void The_choice_decides_about_a_first_comment_and_one_that_stands_is_always_kept_true(string report, CommentInput when, bool replaceOnly)
        => Assert.Equal(replaceOnly, ReportComment.Of(ReportCases.All[report].Input, Limits, "head", when)!.ReplaceOnly);

    [Fact]
    public void Never_is_never()
    {
        Assert.Null(ReportComment.Of(ReportCases.Fail.Input, Limits, "head", CommentInput.Never));
        Assert.Null(ReportComment.Begun("m", "head", null, Now, CommentInput.Never));
        Assert.Null(ReportComment.Broken("m", "head", new("MLO2001", "a", "b", "c"), null, Now, CommentInput.Never));
    }

    [Fact]
    public void A_report_is_for_the_head_of_the_pull_request_and_as_old_as_its_verdict()
    {
        var comment = ReportComment.Of(ReportCases.Fail.Input, Limits, "4f2c9e1", CommentInput.Always)!;

        Assert.Equal(("late-flights", "4f2c9e1", "fail", true), (comment.Model, comment.HeadSha, comment.Verdict, comment.NeedsAction));
        Assert.Equal(ReportCases.Fail.Input.Verdict.CreatedAt, comment.ValidAt);
        Assert.StartsWith("### ❌ Blocked: late-flights", comment.Markdown);
    }

    [Fact]
    public void A_report_whose_verdict_has_a_pinned_time_is_not_taken_for_an_older_one()
    {
        var input = ReportCases.Fail.Input;
        var pinned = input with { Verdict = input.Verdict with { CreatedAt = input.Run.StartedAt.AddDays(-3) } };

        Assert.Equal(input.Run.StartedAt, ReportComment.Of(pinned, Limits, "4f2c9e1", CommentInput.Always)!.ValidAt);
    }

    [Fact]
    public void A_run_that_has_begun_says_so_in_three_lines()
    {
        var comment = ReportComment.Begun("late-flights", "4f2c9e1a", "https://ci.test/runs/1", Now, CommentInput.OnFailure)!;

        Assert.True(comment.ReplaceOnly);
        Assert.Equal("### ⏳ Running: late-flights\n\nThe report on `4f2c9e1` replaces this comment when [the run](https://ci.test/runs/1) has ended.\n", comment.Markdown);
    }

    [Fact]
    public void A_run_that_broke_off_says_why_and_what_to_do_with_the_last_20_lines()
    {
        var lines = string.Join('\n', Enumerable.Range(1, 30).Select(number => $"| line {number}"));

        var comment = ReportComment.Broken("late-flights", "4f2c9e1a", new("MLO2203", "The trainer failed.", lines, "Run it."), "https://ci.test/runs/1", Now, CommentInput.OnFailure)!;

        Assert.False(comment.ReplaceOnly);
        Assert.Equal("not-judged", comment.Verdict);
        Assert.StartsWith("### ⚠️ Not judged: late-flights\n\n**The trainer failed.** Nothing is known about this change.\n\n```text\n| line 11\n", comment.Markdown);
        Assert.EndsWith("| line 30\n```\n\n**What to do next**: Run it.\n\n`MLO2203` · [Run](https://ci.test/runs/1) · for `4f2c9e1`\n", comment.Markdown);
    }

    [Fact]
    public void No_text_breaks_a_comment_or_makes_it_longer_than_GitHub_takes()
        => Gen.Select(HostileText.Report, HostileText.Any, HostileText.Any, HostileText.Any).Sample(
            (report, model, why, url) =>
            {
                Holds(ReportComment.Of(report.Input, Limits, model, CommentInput.Always)!);
                Holds(ReportComment.Begun(model, why, url, Now, CommentInput.Always)!);
                Holds(ReportComment.Broken(model, why, new("MLO2203", model, why, url), url, Now, CommentInput.Always)!);
            },
            iter: 200);

    private static void Holds(StickyComment comment)
    {
        var marker = new StickyMarker { Model = "m", Head = new('a', 40), Run = long.MaxValue, Attempt = 99, ValidAt = Now, Verdict = "inconclusive" };
        var text = $"{marker}\n{comment.Markdown}";
        var lines = comment.Markdown.Split('\n');

        Assert.InRange(comment.Markdown.Length, 1, 60_000);
        Assert.InRange(Encoding.UTF8.GetByteCount(comment.Markdown), 1, 190_000);
        Assert.InRange(text.Length, 1, 65_536);
        Assert.Equal(text, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)));
        Assert.Equal(0, lines.Count(line => line.TrimStart(' ').StartsWith("```", StringComparison.Ordinal)) % 2);
        Assert.Equal(lines.Count(line => line.StartsWith("<details>", StringComparison.Ordinal)), lines.Count(line => line == "</details>"));
        Assert.DoesNotMatch(@"\r|(?m)^\s*(?:#{1,2} |===|---)", comment.Markdown);
        Assert.DoesNotMatch("@everyone|<!--|<script|[^\\n]</details>|</details>[^\\n]", Outside(lines));
    }

    /// <summary>The text without code, where a mention is none.</summary>
    private static string Outside(string[] lines)
    {
        var fenced = false;
        var kept = new StringBuilder();
        foreach (var line in lines)
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                fenced = !fenced;
            }
            else if (!fenced)
            {
                kept.Append(System.Text.RegularExpressions.Regex.Replace(line, @"(?<![\\`])(`+)(?!`).*?(?<!`)\1(?!`)", string.Empty)).Append('\n');
            }
        }

        return kept.ToString();
    }
}
