using System.Globalization;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Approval;
using MlOps.Build.Engine.Hosts;
using MlOps.Build.Engine.Hosts.Inputs;
using MlOps.Build.Engine.Pipeline;
using MlOps.Build.Engine.Registry;
using MlOps.Build.Tool.Application;
using MlOps.Build.Tool.Pages;
using MlOps.Build.Tool.Verbs.Run;

namespace MlOps.Build.Tool.Verbs.Ci;

/// <summary><c>mlops ci release</c>: all data, the champion, the registry; then people decide.</summary>
internal static class CiRelease
{
    public static VerbCommand Create(ToolHost host, CiOptions options)
        => new VerbCommand("release", "Trains on all rows, judges against the champion and registers the model; stops before approval.")
        {
            Examples = ["mlops ci release", "mlops ci release --host local --input bootstrap=true"],
            Exits = [ExitCode.Ok, ExitCode.No, ExitCode.Unavailable, ExitCode.CannotTell, ExitCode.Refused, ExitCode.Cancelled],
        }.With(options.All).Answers(host, (context, cancellation) => RunAsync(context, options.Host(context), cancellation), Page);

    private static async Task<Answer<ReleaseAnswer>> RunAsync(VerbContext context, IPipelineHost host, CancellationToken cancellation)
    {
        var inputs = ReleaseInputs.Of(host);
        var advisory = await CiZone.AdvisoryAsync(context, "release", inputs.AllowAdvisory, cancellation, registers: true);
        var project = context.At(inputs.Root);
        return await CiGuard.AroundAsync(project, host, announce: false, () => ReleaseAsync(project, host, inputs, advisory, cancellation), cancellation);
    }

    private static async Task<Answer<ReleaseAnswer>> ReleaseAsync(
        VerbContext project, IPipelineHost host, ReleaseInputs inputs, string? advisory, CancellationToken cancellation)
    {
        var request = new PipelineRequest { ProjectRoot = project.ProjectRoot, Mode = RunMode.Full, Bootstrap = inputs.Bootstrap };
        var run = await new RunHandler(await ServicesFactory.PipelineAsync(project, cancellation)).RunAsync(request, cancellation);
        await CiReport.PublishAsync(host, project.ProjectRoot, run.Document, cancellation);
        RequiredPolicy.Require(inputs.RequirePolicy, run.Document.Verdict);
        await ReleaseCertificate.MakeAsync(project, run.Document, cancellation);
        var world = RegistryFactory.World(project);
        var register = RegistryFactory.Register(project, world);
        var answer = await new ReleaseHandler(world, register).HandleAsync(run, RequestOf(project, run.Document, inputs), advisory, cancellation);
        host.SetOutput(TaskOutputs.Package, answer.Document.Registration?.ManifestDigest ?? string.Empty);
        await host.SummariseAsync(CiPage.Markdown(Waiting(new Page(), answer.Document)), cancellation);
        await CiReport.ConcludeAsync(host, project.Host.Environment, project.ProjectRoot, run.Document, answer.Exit, cancellation);
        return answer;
    }

    private static RegisterRequest RequestOf(VerbContext project, RunResult run, ReleaseInputs inputs) => new()
    {
        ProjectRoot = project.ProjectRoot,
        RunsFolder = Path.Combine(project.ProjectRoot, ".mlops", "runs"),
        RunId = run.Run.Id,
        Bootstrap = inputs.Bootstrap,
    };

    private static Page Page(ReleaseAnswer answer) => Waiting(RunPage.Of(answer.Run with { NextSteps = [] }), answer);

    private static Page Waiting(Page page, ReleaseAnswer answer)
    {
        if (answer.NotRegistered is { } reason)
        {
            return page.Line($"Nothing was registered. {reason}");
        }

        var digest = answer.Registration!.ModelDigest;

        // As many characters as an approver may have to repeat.
        page.Line($"sha256:{Digest.Hex(digest)[..12]} is in the registry. Nothing is deployed until somebody does the next step.");
        foreach (var waiting in answer.Environments)
        {
            page.Line(string.Create(
                CultureInfo.InvariantCulture,
                $"{waiting.Environment}: {(waiting.Waits is { } waits ? waits : "nothing is missing")} ({waiting.Approvals} approvals asked for)"));
            page.Line($"next    {waiting.Next.Command}");
            page.Line($"        {waiting.Next.Reason}");
        }

        return page;
    }
}
