using MlOps.Build.Contracts;
using MlOps.Build.Engine.Hosts;
using MlOps.Build.Engine.Hosts.Inputs;
using MlOps.Build.Engine.Pipeline;
using MlOps.Build.Engine.Reporting;
using MlOps.Build.Tool.Application;
using MlOps.Build.Tool.Verbs.Run;

namespace MlOps.Build.Tool.Verbs.Ci;

/// <summary><c>mlops ci pr</c>.</summary>
internal static class CiPr
{
    public static VerbCommand Create(ToolHost host, CiOptions options)
        => new VerbCommand("pr", "Judges a pull request and reports to the host.")
        {
            Examples = ["mlops ci pr", "mlops ci pr --host local --input base=main"],
            Exits = [ExitCode.Ok, ExitCode.No, ExitCode.Unavailable, ExitCode.CannotTell, ExitCode.Refused, ExitCode.Cancelled],
        }.With(options.All).Answers(host, (context, cancellation) => RunAsync(context, options.Host(context), cancellation), RunPage.Of);

    private static async Task<Answer<RunResult>> RunAsync(VerbContext context, IPipelineHost host, CancellationToken cancellation)
    {
        var inputs = PrInputs.Of(host);
        var project = context.At(inputs.Root);
        var request = new PipelineRequest { ProjectRoot = project.ProjectRoot, Mode = RunMode.Pr, Base = inputs.Base };
        return await CiGuard.AroundAsync(project, host, announce: true, () => JudgeAsync(project, host, request, inputs.Advisory, cancellation), cancellation);
    }

    private static async Task<Answer<RunResult>> JudgeAsync(VerbContext project, IPipelineHost host, PipelineRequest request, bool advisory, CancellationToken cancellation)
    {
        var answer = await new RunHandler(await ServicesFactory.PipelineAsync(project, cancellation)).RunAsync(request, cancellation);
        await CiReport.PublishAsync(host, project.ProjectRoot, answer.Document, cancellation);
        if (await new ZoneInquiry(project.Host.Environment).AskAsync(cancellation) is { Binds: false } zone)
        {
            await host.SummariseAsync(MarkdownText.Escape($"This verdict is advice and binds nobody. {zone.Why}"), cancellation);
        }

        var end = advisory && answer.Exit is ExitCode.No or ExitCode.CannotTell ? answer with { Exit = ExitCode.Ok } : answer;
        await CiReport.ConcludeAsync(host, project.Host.Environment, project.ProjectRoot, end.Document, end.Exit, cancellation);
        return end;
    }
}
