using MlOps.Build.Contracts;
using MlOps.Build.Engine.Hosts;
using MlOps.Build.Engine.Hosts.Inputs;
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
        }.With(options.All).Answers(
            host, (context, cancellation) => RunAsync(context, options.Host(context), cancellation), ReportCommand.Summary, CiFollow.Page);

    private static async Task<(Answer<ReportDocument>? One, Answer<FollowAnswer>? Other)> RunAsync(
        VerbContext context, IPipelineHost host, CancellationToken cancellation)
    {
        var inputs = ReportInputs.Of(host);
        if (inputs.Bundle is { } bundle)
        {
            var folder = Path.GetFullPath(bundle, context.Host.WorkingDirectory);
            return (null, await CiFollow.RunAsync(host, folder, inputs.Comment, context.Host.Time.GetUtcNow(), cancellation));
        }

        var project = context.At(inputs.Root);
        var answer = new ReportHandler(await project.RunsAsync(cancellation)).Handle(inputs.Run, cancellation);
        var result = RunResultOf(answer.Document);
        await CiReport.PublishAsync(host, project.ProjectRoot, result, cancellation);
        await CiReport.AttachAsync(host, project.ProjectRoot, result, cancellation);
        return (answer, null);
    }

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
