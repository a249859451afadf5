using System.CommandLine;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Evaluating;
using MlOps.Build.Tool.Application;

namespace MlOps.Build.Tool.Verbs.Evaluate;

/// <summary><c>mlops evaluate</c>.</summary>
internal static class EvaluateCommand
{
    public static VerbCommand Create(ToolHost host)
    {
        var options = new EvaluateOptions();
        return new VerbCommand("evaluate", "Measures predictions against labels and against a baseline.")
        {
            Examples =
            [
                "mlops evaluate --predictions head.parquet --baseline-predictions main.parquet --labels holdout-labels.parquet",
                "mlops evaluate --predictions head.csv --labels labels.csv --evaluation evaluation.json",
            ],
            Exits = [ExitCode.Ok, ExitCode.Unavailable],
        }.With(options.All).Answers(host, options.Evaluate, EvaluationPage.Of);
    }

    private sealed class EvaluateOptions
    {
        private readonly Option<string[]> predictions = new("--predictions") { Description = "The challenger's predictions, one file a training.", Required = true, AllowMultipleArgumentsPerToken = true, HelpName = "files" };
        private readonly Option<string[]> baseline = new("--baseline-predictions") { Description = "The baseline's predictions, in the same order.", AllowMultipleArgumentsPerToken = true, HelpName = "files" };
        private readonly Option<string> labels = new("--labels") { Description = "A file with row_id, the label, and the columns of slices and groups.", Required = true, HelpName = "file" };
        private readonly Option<string?> label = new("--label") { Description = "The label's column in that file; default: `data.label`." };
        private readonly Option<string?> evaluation = new("--evaluation") { Description = "Where the evaluation is written as well.", HelpName = "file" };
        private readonly Option<bool> full = new("--full") { Description = "Judge it as a release; default: as a pull request." };

        public IEnumerable<Symbol> All => [predictions, baseline, labels, label, evaluation, full];

        public Answer<Evaluation> Evaluate(VerbContext context)
        {
            var project = context.Configuration();
            string Full(string path) => Path.GetFullPath(path, context.Host.WorkingDirectory);
            SideFiles Side(string name, string[] files) => new(name, [.. files.Select((file, seed) => new ReplicateFile(Full(file), Seed: seed))]);
            var baselines = context.Value(baseline) ?? [];
            return new EvaluateHandler(context.Progress).Handle(new()
            {
                Model = project.Model,
                Mode = context.Value(full) ? RunMode.Full : RunMode.Pr,
                Policy = project.Gate,
                Labels = new()
                {
                    Path = Full(context.Value(labels)!),
                    Task = project.Task,
                    Label = context.Value(label) ?? project.Data.Label,
                    Positive = project.Data.Positive,
                    Slices = project.Data.Slices,
                    Sensitive = project.Data.Sensitive,
                    Group = project.Data.Group,
                },
                Challenger = Side("challenger", context.Value(predictions)!),
                Baseline = baselines.Length == 0 ? null : Side("baseline", baselines),
                Output = context.Value(evaluation) is { } output ? Full(output) : null,
            });
        }
    }
}
