using System.Text.Json;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Hosts.Inputs;
using MlOps.Build.Engine.Reporting;

namespace MlOps.Build.Engine.Hosts.Reports;

/// <summary>What the comment of a model says, and whether there is to be one.</summary>
public static class ReportComment
{
    /// <summary>The verdict of a comment that says that a run has begun.</summary>
    public const string Running = "running";

    /// <summary>The verdict of a comment that says that nothing was judged.</summary>
    public const string NotJudged = "not-judged";

    /// <summary>The report.</summary>
    public static StickyComment? Of(ReportInput report, HostLimits limits, string head, CommentInput when)
    {
        var verdict = report.Verdict;
        var blocks = verdict.Kind is VerdictKind.Fail or VerdictKind.Inconclusive;
        return Wanted(when, blocks, isNews: verdict.Kind != VerdictKind.Pass, new()
        {
            Model = verdict.Model,
            HeadSha = head,
            ValidAt = Later(verdict.CreatedAt, report.Run.StartedAt),
            Verdict = Word(verdict.Kind),
            VerdictDigest = report.VerdictDigest,
            NeedsAction = blocks,
            Markdown = ReportMarkdown.Of(report, limits.Flavour, limits.Comment, marker: false),
        });
    }

    /// <summary>In place of an older report while a run is under way: a green comment never stands beside a commit it did not see.</summary>
    public static StickyComment? Begun(string model, string head, string? page, DateTimeOffset now, CommentInput when)
        => when == CommentInput.Never ? null : new()
        {
            Model = model,
            HeadSha = head,
            ValidAt = now,
            Verdict = Running,
            VerdictDigest = null,
            NeedsAction = false,
            ReplaceOnly = true,
            Markdown = NoticeMarkdown.Begun(model, head, page),
        };

    /// <summary>In place of an older report when a run broke off.</summary>
    public static StickyComment? Broken(string model, string head, Problem problem, string? page, DateTimeOffset now, CommentInput when)
        => Wanted(when, blocks: true, isNews: true, new()
        {
            Model = model,
            HeadSha = head,
            ValidAt = now,
            Verdict = NotJudged,
            VerdictDigest = null,
            NeedsAction = true,
            Markdown = NoticeMarkdown.Broken(model, head, problem, page),
        });

    /// <summary>A verdict as a word, as documents and outputs write it.</summary>
    public static string Word(VerdictKind verdict) => JsonNamingPolicy.KebabCaseLower.ConvertName(verdict.ToString());

    /// <summary>A verdict whose time is pinned may look older than the notice of a run before it.</summary>
    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    /// <summary>The choice is about a first comment; one that stands is always kept up to date, which notifies nobody.</summary>
    private static StickyComment? Wanted(CommentInput when, bool blocks, bool isNews, StickyComment comment) => when switch
    {
        CommentInput.Never => null,
        CommentInput.OnFailure => comment with { ReplaceOnly = !blocks },
        CommentInput.OnChange => comment with { ReplaceOnly = !isNews },
        _ => comment,
    };
}
