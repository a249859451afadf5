using System.CommandLine;
using System.Globalization;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Evaluating;
using MlOps.Build.Tool.Application;

namespace MlOps.Build.Tool.Verbs.Evaluate;

/// <summary><c>mlops evaluate</c>.</summary>
internal static class EvaluateCommand
{
    public static VerbCommand Create(ToolHost host)
    {
        var options = new EvaluateOptions();
        return new VerbCommand("evaluate", "Measures predictions against labels and against a baseline, with or without a project.")
        {
            Examples =
            [
                "mlops evaluate --predictions head.csv --baseline-predictions main.csv --label y",
                "mlops evaluate --predictions both.csv --score challenger --baseline-predictions both.csv --baseline-score champion --label y --threshold 0.2 --margin 0.01 --slices origin --output json",
                "mlops evaluate --predictions head.parquet --baseline-predictions main.parquet --labels holdout-labels.parquet",
            ],
            Exits = [ExitCode.Ok, ExitCode.Unavailable],
        }.With(options.All).AnswersEither(host, options.OfProject, EvaluationPage.Of, options.OfFiles, PredictionsEvaluationPage.Of);
    }

    private sealed class EvaluateOptions
    {
        private readonly Option<string[]> predictions = new("--predictions") { Description = "The challenger's predictions, Parquet or CSV; in a project one file a training.", Required = true, AllowMultipleArgumentsPerToken = true, HelpName = "files" };
        private readonly Option<string[]> baseline = new("--baseline-predictions") { Description = "The baseline's predictions, in the same order.", AllowMultipleArgumentsPerToken = true, HelpName = "files" };
        private readonly Option<string?> labels = new("--labels") { Description = "A file with the labels; default: they are in a file of predictions.", HelpName = "file" };
        private readonly Option<string?> label = new("--label") { Description = "The label's column; default: `data.label`, else 'label'.", HelpName = "column" };
        private readonly Option<string?> rowId = new("--row-id") { Description = "The column that rows of several files are matched by; default: row_id, else the place of the row.", HelpName = "column" };
        private readonly Option<string?> score = new("--score") { Description = "The column of the challenger's scores, or what the columns of several classes begin with; default: it is found.", HelpName = "column" };
        private readonly Option<string?> baselineScore = new("--baseline-score") { Description = "The same for the baseline; default: as --score.", HelpName = "column" };
        private readonly Option<string?> task = new Option<string?>("--task") { Description = "binary, multiclass or regression; default: it follows from labels and scores.", HelpName = "kind" }.AcceptOnlyFromAmong("binary", "multiclass", "regression");
        private readonly Option<string?> positive = new("--positive") { Description = "Binary: the label that counts as positive; default: 1, true or yes.", HelpName = "label" };
        private readonly Option<double> threshold = new("--threshold") { Description = "Binary: the score from which on a row is predicted positive.", DefaultValueFactory = _ => 0.5, HelpName = "score" };
        private readonly Option<string?> choose = new("--choose-threshold") { Description = "Binary: chooses each model's threshold on --validation: youden, f1, f-beta@2, or cost=1:5 with what a false alarm and a miss cost.", HelpName = "rule" };
        private readonly Option<string?> validation = new("--validation") { Description = "The challenger's predictions of validation rows with their label, for --choose-threshold.", HelpName = "file" };
        private readonly Option<string?> baselineValidation = new("--baseline-validation") { Description = "The baseline's; default: the same file, where both models' predictions are in one file.", HelpName = "file" };
        private readonly Option<string[]> margin = new("--margin") { Description = "How much worse counts as not worse: 0.01, 2%, or for a metric other than the primary one log-loss=2%.", AllowMultipleArgumentsPerToken = true, HelpName = "margin" };
        private readonly Option<string[]> metrics = new("--metrics") { Description = "Only these metrics, such as auc lift@0.05; default: all of the task.", AllowMultipleArgumentsPerToken = true, HelpName = "names" };
        private readonly Option<string[]> slices = new("--slices") { Description = "Columns whose values are slices; two at once with &, such as 'sex&race'.", AllowMultipleArgumentsPerToken = true, HelpName = "columns" };
        private readonly Option<string[]> groups = new("--groups") { Description = "Columns whose values are groups of people, for fairness; two at once with &.", AllowMultipleArgumentsPerToken = true, HelpName = "columns" };
        private readonly Option<string[]> bands = new("--bands") { Description = "How numbers of these columns are cut into bands: hour=6,12,18 by edges, distance=q4 into four of as many rows.", AllowMultipleArgumentsPerToken = true, HelpName = "bands" };
        private readonly Option<int> minimumRows = new("--minimum-rows") { Description = "Groups with fewer rows are shown and left out of fairness metrics.", DefaultValueFactory = _ => 100, HelpName = "rows" };
        private readonly Option<string?> blocks = new("--blocks") { Description = "The column whose equal values belong together, such as a customer or a day: intervals then count them as one.", HelpName = "column" };
        private readonly Option<double> confidence = new("--confidence") { Description = "The level of the intervals.", DefaultValueFactory = _ => 0.95, HelpName = "level" };
        private readonly Option<int> resamples = new("--resamples") { Description = "Bootstrap resamples.", DefaultValueFactory = _ => 2000, HelpName = "number" };
        private readonly Option<long> seed = new("--seed") { Description = "The seed of the bootstrap.", DefaultValueFactory = _ => 42, HelpName = "number" };
        private readonly Option<string?> evaluation = new("--evaluation") { Description = "In a project: where the evaluation is written as well, for `mlops gate`.", HelpName = "file" };
        private readonly Option<string[]> model = new("--model") { Description = "In a project: the model that made the challenger's predictions, file or folder, one a file of predictions; older predictions are a finding.", AllowMultipleArgumentsPerToken = true, HelpName = "paths" };
        private readonly Option<bool> full = new("--full") { Description = "In a project: judge it as a release; default: as a pull request." };

        public EvaluateOptions()
        {
            Within(threshold, value => value is >= 0 and <= 1, "a number from 0 to 1");
            Within(confidence, value => value is >= 0.5 and < 1, "a number from 0.5 to below 1");
            Within(resamples, value => value is >= 100 and <= 1_000_000, "a whole number from 100 to 1000000");
            Within(minimumRows, value => value >= 1, "a whole number from 1");
            bands.Validators.Add(BandOption.Check);
            choose.Validators.Add(result =>
            {
                if (result.Tokens is [var token] && ThresholdRule.OfLine(token.Value) is null)
                {
                    result.AddError($"'{token.Value}' chooses no threshold; write youden, f1, f-beta@2 or cost=1:5.");
                }
            });
            margin.Validators.Add(result =>
            {
                foreach (var token in result.Tokens.Where(token => MarginOf(token.Value) is null))
                {
                    result.AddError($"'{token.Value}' is no margin; write 0.01, 2% or metric=0.01.");
                }
            });
        }

        public IEnumerable<Symbol> All =>
        [
            predictions, baseline, labels, label, rowId, score, baselineScore, task, positive, threshold, choose, validation, baselineValidation, margin, metrics, slices, groups, bands, minimumRows, blocks,
            confidence, resamples, seed, evaluation, full, model,
        ];

        /// <summary>Null where the files are to be taken as they are: without --labels, without mlops.yml, or with an option that says what they hold.</summary>
        public Answer<Evaluation>? OfProject(VerbContext context)
        {
            var isPlain = context.Value(labels) is null
                || !File.Exists(Path.Combine(context.ProjectRoot, ConfigurationReader.FileName))
                || context.IsGiven(rowId, score, baselineScore, task, positive, threshold, choose, validation, baselineValidation, margin, metrics, slices, groups, bands, minimumRows, blocks, confidence, resamples, seed);
            if (isPlain)
            {
                return context.IsGiven(evaluation, full, model)
                    ? throw new ProblemException(new Problem("MLO2318", "--evaluation, --full and --model need a project.", "An evaluation that a gate can judge follows the policy of mlops.yml, and these files are evaluated without one.", "Run it in the folder of the project with --labels and without options that say what the files hold, or leave these out."))
                    : null;
            }

            var project = context.Configuration();
            SideFiles Side(string name, string[] files) => new(name, [.. files.Select((file, replicate) => new ReplicateFile(Full(context, file), Seed: replicate))]);
            var baselines = context.Value(baseline) ?? [];
            return new EvaluateHandler(context.Progress).Handle(new()
            {
                Model = project.Model,
                Mode = context.Value(full) ? RunMode.Full : RunMode.Pr,
                Policy = project.Gate,
                Labels = LabelsFile.Of(Full(context, context.Value(labels)!), project) with { Label = context.Value(label) ?? project.Data.Label },
                Challenger = Side("challenger", context.Value(predictions)!),
                Baseline = baselines.Length == 0 ? null : Side("baseline", baselines),
                Models = [.. (context.Value(model) ?? []).Select(path => Full(context, path))],
                Output = context.Value(evaluation) is { } output ? Full(context, output) : null,
            });
        }

        public Answer<PredictionsEvaluation> OfFiles(VerbContext context)
        {
            var named = context.Value(baseline) ?? [];
            Check(context);
            return new FilesHandler(context.Progress).Handle(new()
            {
                Folder = context.Host.WorkingDirectory,
                Predictions = One(context.Value(predictions)!, "--predictions"),
                Baseline = named.Length == 0 ? null : One(named, "--baseline-predictions"),
                Labels = context.Value(labels),
                Label = context.Value(label) ?? "label",
                RowId = context.Value(rowId),
                Score = context.Value(score),
                BaselineScore = context.Value(baselineScore),
                Task = context.Value(task) switch
                {
                    "binary" => ModelTask.BinaryClassification,
                    "multiclass" => ModelTask.MulticlassClassification,
                    "regression" => ModelTask.Regression,
                    _ => null,
                },
                Positive = context.Value(positive),
                Threshold = context.Value(threshold),
                Choose = context.Value(choose) is { } rule ? ThresholdRule.OfLine(rule) : null,
                Validation = context.Value(validation),
                BaselineValidation = context.Value(baselineValidation),
                Margins = [.. (context.Value(margin) ?? []).Select(text => MarginOf(text)!.Value)],
                Metrics = Words(context, metrics),
                Slices = Words(context, slices),
                Groups = Words(context, groups),
                Bands = BandOption.Read(context.Value(bands) ?? []),
                MinimumRows = context.Value(minimumRows),
                Blocks = context.Value(blocks),
                Confidence = context.Value(confidence),
                Resamples = context.Value(resamples),
                Seed = context.Value(seed),
            });
        }

        private void Check(VerbContext context)
        {
            var (isChosen, hasRows) = (context.IsGiven(choose), context.IsGiven(validation, baselineValidation));
            if (isChosen && context.IsGiven(threshold))
            {
                throw new ProblemException(new Problem("MLO2002", "--threshold and --choose-threshold exclude each other.", "A threshold is a number or it is chosen.", "Leave one of them out."));
            }

            if (hasRows && !isChosen)
            {
                throw new ProblemException(new Problem("MLO2002", "--validation has no effect.", "Validation rows choose a threshold, and nothing says by which rule.", "Add `--choose-threshold youden`, or leave --validation out."));
            }
        }

        private static string Full(VerbContext context, string path) => Path.GetFullPath(path, context.Host.WorkingDirectory);

        private static string One(string[] files, string option)
            => files.Length == 1
                ? files[0]
                : throw new ProblemException(new Problem("MLO2318", $"{option} names {files.Length} files.", "Several files of one side are trainings with several seeds, which a project knows of.", "Name one file, or run it in a project with --labels."));

        /// <summary>Several words, or one with commas.</summary>
        private static string[] Words(VerbContext context, Option<string[]> option)
            => [.. (context.Value(option) ?? []).SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];

        private static (string? Metric, Margin Margin)? MarginOf(string text)
        {
            var at = text.LastIndexOf('=');
            var (metric, amount) = (at < 0 ? null : text[..at], text[(at + 1)..]);
            var isShare = amount.EndsWith('%');
            return double.TryParse(isShare ? amount[..^1] : amount, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= 0 && double.IsFinite(number) && metric is not ""
                ? (metric, new Margin(isShare ? number / 100 : number, isShare))
                : null;
        }

        private static void Within<T>(Option<T> option, Predicate<T> holds, string wanted)
            => option.Validators.Add(result =>
            {
                // A word that is no number at all has an error of its own.
                if (result.Tokens.Count == 1 && !result.Errors.Any() && !holds(result.GetValueOrDefault<T>()!))
                {
                    result.AddError($"{option.Name} needs {wanted}; '{result.Tokens[0].Value}' is not.");
                }
            });
    }
}
