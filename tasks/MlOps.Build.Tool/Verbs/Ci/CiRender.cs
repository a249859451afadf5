using MlOps.Build.Contracts;
using MlOps.Build.Engine.Hosts;
using MlOps.Build.Engine.Hosts.Inputs;
using MlOps.Build.Engine.Hosts.Reports;
using MlOps.Build.Engine.Reporting;
using MlOps.Build.Tool.Application;
using MlOps.Build.Tool.Verbs.Report;

namespace MlOps.Build.Tool.Verbs.Ci;

/// <summary><c>mlops ci report</c>.</summary>
internal static class CiRender
{
    public static VerbCommand Create(ToolHost host, CiOptions options)
        => new VerbCommand("report", "Renders the report of a run anew and hands it to the host.")
        {
            Examples = ["mlops ci report", "mlops ci report --host local --input run=latest", "mlops ci report --host local --input bundle=downloaded"],
            Exits = [ExitCode.Ok, ExitCode.Unavailable, ExitCode.Refused],
        }.With(options.All).Answers(host, (context, cancellation) => RunAsync(context, options.Host(context), cancellation), ReportCommand.Summary);

    private static async Task<Answer<ReportDocument>> RunAsync(VerbContext context, IPipelineHost host, CancellationToken cancellation)
    {
        var inputs = ReportInputs.Of(host);
        if (inputs.Bundle is { } bundle)
        {
            return await FollowAsync(host, Path.GetFullPath(bundle, context.Host.WorkingDirectory), inputs.Comment, context.Host.Time.GetUtcNow(), cancellation);
        }

        var project = context.At(inputs.Root);
        var answer = new ReportHandler(await project.RunsAsync(cancellation)).Handle(inputs.Run, cancellation);
        var result = RunResultOf(answer.Document);
        await CiReport.PublishAsync(host, project.ProjectRoot, result, cancellation);
        return answer;
    }

    /// <summary>Reports what an untrusted job left behind, as data, to the pull request that the host itself names.</summary>
    private static async Task<Answer<ReportDocument>> FollowAsync(
        IPipelineHost host, string bundle, CommentInput when, DateTimeOffset now, CancellationToken cancellation)
    {
        var followed = await host.FollowAsync(cancellation);
        var report = ReportBundle.Read(bundle, followed.Page, now);
        host.SetOutput(TaskOutputs.Verdict, CiReport.Word(report.Verdict.Kind));
        host.SetOutput(TaskOutputs.VerdictDigest, report.VerdictDigest);
        host.SetOutput(TaskOutputs.ModelDigest, report.Verdict.Subject.Challengers.FirstOrDefault() ?? string.Empty);
        await host.SummariseAsync(ReportMarkdown.Of(report, host.Limits.Flavour), cancellation);
        if (followed.PullRequest is { } pull)
        {
            await CiComment.SendAsync(host, ReportComment.Of(report, host.Limits, pull.HeadSha, when), cancellation);
            await host.SetStatusAsync(Advice(report.Verdict), cancellation);
        }
        else
        {
            host.Annotate(new(AnnotationLevel.Notice, "About the comment on the pull request", followed.WhyNot!));
        }

        return new(report.ToDocument(), ExitCode.Ok);
    }

    /// <summary>Never called gate: a pull request can forge it, and a branch policy must not ask for it.</summary>
    private static HostStatus Advice(Verdict verdict) => new(
        $"mlops/advice ({verdict.Model})",
        verdict.Kind is VerdictKind.Pass or VerdictKind.Warn ? HostStatusState.Succeeded : HostStatusState.Failed,
        $"{CiReport.Word(verdict.Kind)} on a sample, as advice: the gate that binds runs on merged code");

    /// <summary>What the run itself answered, from what it wrote.</summary>
    private static RunResult RunResultOf(ReportDocument report) => new()
    {
        Run = report.Run,
        Verdict = report.Verdict,
        VerdictDigest = report.VerdictDigest,
        Metrics = report.Evaluation.Metrics,
        Challenger = report.Evaluation.Challenger.Name,
        Baseline = report.Evaluation.Baseline?.Name,
        ReportPath = $".mlops/runs/{report.Run.Id}/{ReportFiles.Html}",
        NextSteps = report.NextSteps,
        ExitCode = 0,
    };
}
