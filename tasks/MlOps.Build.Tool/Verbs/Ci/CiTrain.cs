using MlOps.Build.Contracts;
using MlOps.Build.Engine.Hosts;
using MlOps.Build.Engine.Hosts.Inputs;
using MlOps.Build.Engine.Pipeline;
using MlOps.Build.Tool.Application;
using MlOps.Build.Tool.Verbs.Runs;

namespace MlOps.Build.Tool.Verbs.Ci;

/// <summary><c>mlops ci train</c>.</summary>
internal static class CiTrain
{
    public static VerbCommand Create(ToolHost host, CiOptions options)
        => new VerbCommand("train", "Trains once, as a run would, and judges nothing.")
        {
            Examples = ["mlops ci train", "mlops ci train --host local --input mode=full"],
            Exits = [ExitCode.Ok, ExitCode.No, ExitCode.Unavailable, ExitCode.Refused, ExitCode.Cancelled],
        }.With(options.All).Answers(host, (context, cancellation) => RunAsync(context, options.Host(context), cancellation), RunsCommand.Page);

    private static async Task<Answer<RunDetails>> RunAsync(VerbContext context, IPipelineHost host, CancellationToken cancellation)
    {
        var inputs = TrainInputs.Of(host);
        var project = context.At(inputs.Root);
        var request = new PipelineRequest
        {
            ProjectRoot = project.ProjectRoot,
            Mode = inputs.Mode is ModeInput.Full ? RunMode.Full : RunMode.Pr,
        };
        var answer = await new TrainHandler(await ServicesFactory.PipelineAsync(project, cancellation)).TrainAsync(request, null, cancellation);
        host.SetOutput(TaskOutputs.RunId, answer.Document.Run.Id);
        host.SetOutput(TaskOutputs.ModelDigest, answer.Document.Run.ModelDigest ?? string.Empty);
        await host.SummariseAsync(CiPage.Markdown(RunsCommand.Page(answer.Document)), cancellation);
        return answer;
    }
}
