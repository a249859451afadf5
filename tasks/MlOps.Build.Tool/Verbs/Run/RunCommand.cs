using System.CommandLine;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Pipeline;
using MlOps.Build.Tool.Application;

namespace MlOps.Build.Tool.Verbs.Run;

/// <summary><c>mlops run</c>.</summary>
internal static class RunCommand
{
    public static VerbCommand Create(ToolHost host)
    {
        var mode = ModeOption.Create("pr: samples, compared with the merge base. full: all rows, compared with the champion.");
        var bases = new Option<string?>("--base") { Description = "The branch, tag or commit a pull request is compared with.", HelpName = "ref" };
        var bootstrap = new Option<bool>("--bootstrap") { Description = "Admit a first model while there is no champion; the registry records it." };
        var noCache = new Option<bool>("--no-cache") { Description = "Train and score again also where nothing changed." };
        return new VerbCommand("run", "Runs the whole pipeline of a mode on this machine, exactly as a build server runs it.")
        {
            Examples = ["mlops run", "mlops run --mode full --bootstrap", "mlops run --base origin/main --output markdown"],
            Exits = [ExitCode.Ok, ExitCode.No, ExitCode.Unavailable, ExitCode.CannotTell, ExitCode.Refused, ExitCode.Cancelled],
        }.With(mode, bases, bootstrap, noCache).Answers(
            host,
            async (context, cancellation) => await new RunHandler(await ServicesFactory.PipelineAsync(context, cancellation)).RunAsync(
                new PipelineRequest
                {
                    ProjectRoot = context.ProjectRoot,
                    Mode = context.Value(mode),
                    Base = context.Value(bases),
                    Bootstrap = context.Value(bootstrap),
                    UseCache = !context.Value(noCache),
                },
                cancellation),
            RunPage.Of);
    }
}
