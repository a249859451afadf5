using MlOps.Build.Contracts;
using MlOps.Build.Engine.Gating;
using MlOps.Build.Engine.Hosts;
using MlOps.Build.Engine.Hosts.Inputs;
using MlOps.Build.Engine.Reporting;
using MlOps.Build.Engine.Runs;
using MlOps.Build.Tool.Application;
using MlOps.Build.Tool.Verbs.Gate;

namespace MlOps.Build.Tool.Verbs.Ci;

/// <summary><c>mlops ci gate</c>.</summary>
internal static class CiGate
{
    public static VerbCommand Create(ToolHost host, CiOptions options)
        => new VerbCommand("gate", "Judges the evaluation of a run by the policy of mlops.yml.")
        {
            Examples = ["mlops ci gate", "mlops ci gate --host local --input run=latest"],
            Exits = [ExitCode.Ok, ExitCode.No, ExitCode.Unavailable, ExitCode.CannotTell, ExitCode.Refused],
        }.With(options.All).Answers(host, (context, cancellation) => RunAsync(context, options.Host(context), cancellation), VerdictPage.Summary);

    private static async Task<Answer<Verdict>> RunAsync(VerbContext context, IPipelineHost host, CancellationToken cancellation)
    {
        var inputs = GateInputs.Of(host);
        var advisory = await CiZone.AdvisoryAsync(context, "gate", inputs.AllowAdvisory, cancellation);
        var project = context.At(inputs.Root);
        var evaluation = EvaluatedRun.Find(await project.RunsAsync(cancellation), inputs.Run == "latest" ? null : inputs.Run);
        var answer = new GateHandler(VerdictClock.Of(context.Host.Environment, context.Host.Time), MachineProbe.Current.EngineDigest).Handle(new()
        {
            Evaluation = evaluation,
            Policy = project.Configuration().Gate,
            Bootstrap = inputs.Bootstrap,
            Output = inputs.VerdictFile is { } file ? Path.GetFullPath(file, project.ProjectRoot) : null,
        });
        var verdict = answer.Document;
        host.SetOutput(TaskOutputs.Verdict, CiReport.Word(verdict.Kind));
        host.SetOutput(TaskOutputs.VerdictDigest, Digest.OfDocument(verdict));
        host.SetOutput(TaskOutputs.ModelDigest, verdict.Subject.Challengers.FirstOrDefault() ?? string.Empty);
        host.SetOutput(TaskOutputs.RunId, Path.GetFileName(Path.GetDirectoryName(evaluation))!);
        var report = Path.Combine(Path.GetDirectoryName(evaluation)!, ReportFiles.Html);
        if (File.Exists(report))
        {
            host.SetOutput(TaskOutputs.ReportPath, report);
            await host.AttachAsync(new(report, verdict.Model, AttachmentKind.Report), cancellation);
        }

        var page = VerdictPage.Summary(verdict);
        await host.SummariseAsync(CiPage.Markdown(advisory is null ? page : page.Line(advisory)), cancellation);
        return inputs.Advisory ? answer with { Exit = ExitCode.Ok } : answer;
    }
}
