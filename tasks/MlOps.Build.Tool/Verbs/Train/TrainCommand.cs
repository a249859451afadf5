using System.CommandLine;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Pipeline;
using MlOps.Build.Tool.Application;
using MlOps.Build.Tool.Verbs.Run;
using MlOps.Build.Tool.Verbs.Runs;

namespace MlOps.Build.Tool.Verbs.Train;

/// <summary><c>mlops train</c>.</summary>
internal static class TrainCommand
{
    public static VerbCommand Create(ToolHost host)
    {
        var mode = ModeOption.Create("pr: trains on the first sample. full: trains on all training rows.");
        var seed = new Option<int?>("--seed") { Description = "Seed of the sample and the trainer; otherwise `train.seed` of mlops.yml." };
        var noCache = new Option<bool>("--no-cache") { Description = "Train also where nothing changed." };
        return new VerbCommand("train", "Trains the code of this folder once, without judging it.")
        {
            Examples = ["mlops train", "mlops train --mode full --seed 7"],
            Exits = [ExitCode.Ok, ExitCode.No, ExitCode.Unavailable, ExitCode.Refused, ExitCode.Cancelled],
        }.With(mode, seed, noCache).Answers(
            host,
            async (context, cancellation) => await new TrainHandler(await ServicesFactory.PipelineAsync(context, cancellation)).TrainAsync(
                new PipelineRequest
                {
                    ProjectRoot = context.ProjectRoot,
                    Mode = context.Value(mode),
                    UseCache = !context.Value(noCache),
                },
                context.Value(seed),
                cancellation),
            RunsCommand.Page);
    }
}
