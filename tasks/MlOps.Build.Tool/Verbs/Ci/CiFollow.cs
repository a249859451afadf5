using MlOps.Build.Contracts;
using MlOps.Build.Engine.Hosts;
using MlOps.Build.Engine.Hosts.Inputs;
using MlOps.Build.Engine.Hosts.Reports;
using MlOps.Build.Engine.Reporting;
using MlOps.Build.Tool.Pages;

namespace MlOps.Build.Tool.Verbs.Ci;

/// <summary>Reports what an untrusted run left behind, as data, to the pull requests that the host itself names.</summary>
internal static class CiFollow
{
    public static async Task<Answer<FollowAnswer>> RunAsync(
        IPipelineHost host, string folder, CommentInput when, DateTimeOffset now, CancellationToken cancellation)
    {
        var followed = await host.FollowAsync(cancellation);
        var bundles = ReportBundles.Read(folder, followed.Page, now);
        if (bundles.IsEmpty && followed.Head is null)
        {
            // Nobody says that there was a run: then the input is wrong, and a run that left nothing is no explanation.
            throw ReportBundle.Refused("There is no report in the folder.");
        }

        SetOutputs(host, bundles.Reports);
        foreach (var report in bundles.Reports)
        {
            await SendAsync(host, report, followed, when, cancellation);
        }

        var withdrawn = await WithdrawAsync(host, bundles, followed, when, now, cancellation);
        if (followed.WhyNot is { } why)
        {
            host.Annotate(new(AnnotationLevel.Notice, "About the comment on the pull request", why));
        }

        return bundles.Refused.Count > 0 ? throw bundles.Refused[0] : new(Of(bundles, followed, withdrawn), ExitCode.Ok);
    }

    public static Page Page(FollowAnswer answer)
    {
        var page = new Page();
        foreach (var report in answer.Reports)
        {
            page.Line($"{report.Model}: {CiReport.Word(report.Verdict)}, as advice");
        }

        foreach (var model in answer.NotJudged)
        {
            page.Line($"{model}: not judged by this run");
        }

        return answer is { Reports: [], NotJudged: [] } ? page.Line("The run left no report, and no comment stands that it could make wrong.") : page;
    }

    private static async Task SendAsync(IPipelineHost host, ReportInput report, FollowedRun followed, CommentInput when, CancellationToken cancellation)
    {
        var advice = $"\n\n{MarkdownText.Escape(AdviceOn(report.Run.Mode))}\n";
        await host.SummariseAsync(ReportMarkdown.Of(report, host.Limits.Flavour) + advice, cancellation);
        await KeepAsync(host, report, cancellation);
        if (followed is { Head: { } head, PullRequests.Count: > 0 })
        {
            var comment = ReportComment.Of(report, host.Limits, head, when);
            await CiComment.SendAsync(host, comment is null ? null : comment with { Markdown = comment.Markdown + advice }, cancellation);
            await host.SetStatusAsync(Advice(report), cancellation);
        }
    }

    /// <summary>The page, rendered here: that of the bundle is a stranger's. The host takes the file when the step has ended, so it stays.</summary>
    private static async Task KeepAsync(IPipelineHost host, ReportInput report, CancellationToken cancellation)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("mlops-report-").FullName, ReportFiles.Html);
        await File.WriteAllTextAsync(file, ReportHtml.Of(report), cancellation);
        await host.AttachAsync(new(file, report.Verdict.Model, AttachmentKind.Report), cancellation);
    }

    /// <summary>Of a model whose comment stands and which this run did not report on, nothing is known any more.</summary>
    private static async Task<IReadOnlyList<string>> WithdrawAsync(
        IPipelineHost host, ReportBundles bundles, FollowedRun followed, CommentInput when, DateTimeOffset now, CancellationToken cancellation)
    {
        var problem = bundles.Refused.Count > 0 ? Refused : NoReport;
        if (bundles.IsEmpty)
        {
            host.Annotate(new(AnnotationLevel.Warning, $"Not judged: {problem.Code}", $"{problem.What} {problem.Why}"));
            await host.SummariseAsync(MarkdownText.Escape($"Not judged ({problem.Code}). {problem.What} {problem.Why}"), cancellation);
        }

        if (when == CommentInput.Never || followed is not { Head: { } head, PullRequests.Count: > 0 })
        {
            return [];
        }

        var kept = bundles.Reports.Select(report => report.Verdict.Model).ToHashSet(StringComparer.Ordinal);
        var withdrawal = await host.WithdrawAsync(
            kept,
            model => ReportComment.Broken(model, head, problem, followed.Page, followed.Began ?? now, CommentInput.Always)!,
            cancellation);
        if (withdrawal.Notice is { } notice)
        {
            host.Annotate(new(AnnotationLevel.Notice, "About the comment on the pull request", notice));
        }

        foreach (var model in withdrawal.Models)
        {
            await host.SetStatusAsync(new($"mlops/advice ({model})", HostStatusState.Error, "Not judged: the run ended without a report"), cancellation);
        }

        return withdrawal.Models;
    }

    private static void SetOutputs(IPipelineHost host, IReadOnlyList<ReportInput> reports)
    {
        // Of several the one that needs somebody's eyes.
        if (reports.MaxBy(report => Gravity(report.Verdict.Kind)) is { } gravest)
        {
            host.SetOutput(TaskOutputs.Verdict, CiReport.Word(gravest.Verdict.Kind));
            host.SetOutput(TaskOutputs.VerdictDigest, gravest.VerdictDigest);
            host.SetOutput(TaskOutputs.ModelDigest, gravest.Verdict.Subject.Challengers.FirstOrDefault() ?? string.Empty);
        }
    }

    private static int Gravity(VerdictKind kind) => kind switch
    {
        VerdictKind.Fail => 3,
        VerdictKind.Inconclusive => 2,
        VerdictKind.Warn => 1,
        _ => 0,
    };

    /// <summary>Never called gate: a pull request can forge it, and a branch policy must not ask for it.</summary>
    private static HostStatus Advice(ReportInput report) => new(
        $"mlops/advice ({report.Verdict.Model})",
        report.Verdict.Kind is VerdictKind.Pass or VerdictKind.Warn ? HostStatusState.Succeeded : HostStatusState.Failed,
        $"{CiReport.Word(report.Verdict.Kind)} on {Rows(report.Run.Mode)}, as advice: the gate that binds runs on merged code");

    private static string AdviceOn(RunMode mode)
        => $"This is advice, from {Rows(mode)}: the job ran code that nobody has merged. The verdict that binds is reached in the merge queue or on the default branch.";

    private static string Rows(RunMode mode) => mode == RunMode.Full ? "all data" : "a sample";

    private static FollowAnswer Of(ReportBundles bundles, FollowedRun followed, IReadOnlyList<string> withdrawn) => new()
    {
        Page = followed.Page,
        PullRequests = [.. followed.PullRequests.Select(pull => pull.Number)],
        Reports = [.. bundles.Reports.Select(report => new FollowedReport(report.Verdict.Model, report.Run.Mode, report.Verdict.Kind, report.VerdictDigest))],
        NotJudged = [.. withdrawn],
    };

    private static Problem NoReport { get; } = new(
        "MLO2980",
        "The run ended without a report.",
        "Its build, its tests or the training ended before there was a verdict on this model.",
        "Look at the log of the run, and push a commit that repairs it.");

    private static Problem Refused { get; } = new(
        "MLO2980",
        "The run ended without a report.",
        "What it left behind is not what mlops writes (MLO2961).",
        "Look at the log of the job that reports.");
}
