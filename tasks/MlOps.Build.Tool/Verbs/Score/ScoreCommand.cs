using System.CommandLine;
using System.Globalization;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Pipeline;
using MlOps.Build.Tool.Application;
using MlOps.Build.Tool.Pages;

namespace MlOps.Build.Tool.Verbs.Score;

/// <summary><c>mlops score</c>.</summary>
internal static class ScoreCommand
{
    public static VerbCommand Create(ToolHost host)
    {
        var run = new Option<string>("--run")
        {
            Description = "The training: a run's id, its beginning, or latest.",
            HelpName = "id",
            DefaultValueFactory = _ => "latest",
        };
        var noCache = new Option<bool>("--no-cache") { Description = "Score also where nothing changed." };
        return new VerbCommand("score", "Scores the holdout with the model of a training.")
        {
            Examples = ["mlops score", "mlops score --run 01KB3 --output json"],
            Exits = [ExitCode.Ok, ExitCode.Unavailable, ExitCode.Refused, ExitCode.Cancelled],
        }.With(run, noCache).Answers(
            host,
            async (context, cancellation) => await new ScoreHandler(await ServicesFactory.PipelineAsync(context, cancellation)).ScoreAsync(
                context.ProjectRoot, context.Value(run)!, !context.Value(noCache), cancellation),
            answer => new Page()
                .Line(string.Create(CultureInfo.InvariantCulture, $"{answer.Rows:N0} rows of the holdout are scored."))
                .Fields(
                    ("run", answer.Run),
                    ("model", answer.ModelDigest),
                    ("predictions", answer.Predictions),
                    ("digest", answer.PredictionsDigest),
                    ("labels", answer.Labels))
                .Line($"next    mlops evaluate --predictions {answer.Predictions} --labels {answer.Labels}"));
    }
}
