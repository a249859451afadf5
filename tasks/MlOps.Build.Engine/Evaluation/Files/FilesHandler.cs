using MlOps.Build.Contracts;
using MlOps.Build.Engine.Hosts;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>Plain files of predictions in, every metric with its interval and the comparison of both models out.</summary>
public sealed class FilesHandler(IProgressLog log)
{
    /// <summary>Slices add up to all rows, for each column again: larger ones leave blocks out.</summary>
    private const int ResampleSlicesUpTo = 2_000;

    /// <summary>Reads and evaluates; nothing is written.</summary>
    /// <exception cref="ProblemException">MLO2301, MLO2304, MLO2306 to MLO2308, MLO2310, MLO2974 to MLO2976.</exception>
    public Answer<PredictionsEvaluation> Handle(FilesRequest request)
    {
        log.Step("read predictions");
        using var session = new TableSession();
        var read = new FilesReader(session, request).Read();
        var (given, classes) = FilesTask.Of(request, read);
        var choice = FilesThreshold.Choose(session, request, read, given);
        var rows = choice is null ? given : FilesThreshold.At(given, choice);
        var metrics = Metrics(request, rows);
        var margins = Margins(request, rows.Task, metrics);
        log.Step("evaluate");
        var whole = FilesComparison.Of(rows, request, metrics, margins);
        return new(
            new()
            {
                Task = rows.Task,
                Rows = rows.Count,
                Label = request.Label,
                RowId = read.RowId,
                Blocks = request.Blocks,
                Classes = [.. classes.Select((name, place) => new ClassCount(name, rows.Labels.Count(label => (int)label == place)))],
                Threshold = rows.Task == ModelTask.BinaryClassification ? rows.ThresholdOf(rows.Challenger[0]) : null,
                ThresholdChoice = choice,
                Confidence = request.Confidence,
                Resamples = request.Resamples,
                Seed = request.Seed,
                Challenger = File(request.Predictions, read.Challenger, rows, rows.Challenger[0]),
                Baseline = read.Baseline is null ? null : File(request.Baseline!, read.Baseline, rows, rows.Baseline[0]),
                Metrics = whole.Metrics(),
                Auc = whole.Auc(),
                Correctness = whole.Correctness(),
                PerClass = rows.Task == ModelTask.MulticlassClassification ? PerClass(rows, classes) : [],
                Slices = [.. read.Slices.SelectMany(column => Slices(column, rows, request, metrics, margins))],
                Groups = Fairness(read, rows, request),
                Notes = [.. Notes(read, rows, request)],
            },
            ExitCode.Ok);
    }

    private static List<MetricDefinition> Metrics(FilesRequest request, EvaluatedRows rows)
    {
        var hasScores = rows.Challenger.Concat(rows.Baseline).All(predictions => predictions.Scores.Length > 0);
        var asked = request.Metrics.Select(name => MetricCatalogue.Find(rows.Task, name) ?? throw FilesProblems.NotForTask(name, rows.Task)).ToList();
        if (asked.Find(metric => metric.NeedsScores && !hasScores) is { } impossible)
        {
            throw EvaluationProblems.NeedsScores(impossible.Name, place: null);
        }

        var primary = MetricCatalogue.Find(rows.Task, MetricCatalogue.Primary(rows.Task))!;
        return asked.Count > 0
            ? [.. asked.DistinctBy(metric => metric.Name)]
            : [.. MetricCatalogue.Of(rows.Task).Prepend(primary).Where(metric => hasScores || !metric.NeedsScores).DistinctBy(metric => metric.Name)];
    }

    private static Dictionary<string, Configuration.Margin> Margins(FilesRequest request, ModelTask task, List<MetricDefinition> metrics)
    {
        var margins = new Dictionary<string, Configuration.Margin>(StringComparer.Ordinal);
        foreach (var (named, margin) in request.Margins)
        {
            var name = named ?? metrics[0].Name;
            if (!metrics.Exists(metric => metric.Name == name))
            {
                throw FilesProblems.NotForTask(name, task);
            }

            if (!margins.TryAdd(name, margin))
            {
                throw FilesProblems.TwoMargins(name);
            }
        }

        return margins;
    }

    private static PredictionsFile File(string name, FilesSide side, EvaluatedRows rows, Predictions predictions)
        => new()
        {
            File = name,
            Digest = Digest.OfFile(side.Path),
            Columns = side.Columns.Names,
            MeanScore = predictions.Scores.Length == 1 ? MeanVariance.Mean(predictions.Scores[0]) : null,
            Confusion = rows.Task == ModelTask.Regression ? [] : Charts.Confusion(rows, predictions),
        };

    private static ClassMetrics[] PerClass(EvaluatedRows rows, string[] classes)
    {
        var challenger = Charts.Confusion(rows, rows.Challenger[0]);
        var baseline = rows.HasBaseline ? Charts.Confusion(rows, rows.Baseline[0]) : null;
        return [.. classes.Select((name, place) => new ClassMetrics(
            name,
            challenger[place].Sum(),
            Rates(challenger, place),
            baseline is null ? null : Rates(baseline, place)))];
    }

    private static ClassRates Rates(long[][] confusion, int place)
    {
        double right = confusion[place][place], truth = confusion[place].Sum(), predicted = confusion.Sum(row => row[place]);
        return new(
            predicted == 0 ? null : right / predicted,
            truth == 0 ? null : right / truth,
            truth + predicted == 0 ? null : 2 * right / (truth + predicted));
    }

    private static IEnumerable<PredictionSlice> Slices(
        SliceColumn column, EvaluatedRows rows, FilesRequest request, List<MetricDefinition> metrics, Dictionary<string, Configuration.Margin> margins)
        => column.Members().Select((places, place) =>
        {
            var (value, members) = (column.Values[place], rows.Select(places));
            return new PredictionSlice
            {
                Column = column.Name,
                Value = value,
                Rows = members.Count,
                Metrics = FilesComparison.Of(members, request, [.. metrics.Where(metric => request.Metrics.Count > 0 || !metric.OnRequest)], margins, ResampleSlicesUpTo).Metrics(),
            };
        });

    private static FairnessResult[] Fairness(FilesRows read, EvaluatedRows rows, FilesRequest request)
    {
        if (read.Groups.Count > 0 && rows.Task != ModelTask.BinaryClassification)
        {
            throw FilesProblems.GroupsOfOtherTask();
        }

        var fairness = new FairnessEvaluation(rows, FilesComparison.TwoSided(request.Confidence), request.Resamples, request.Seed, request.MinimumRows);
        return [.. read.Groups.Select(fairness.Of)];
    }

    private static IEnumerable<string> Notes(FilesRows read, EvaluatedRows rows, FilesRequest request)
    {
        if (read.RowId is null && read.Baseline is not null && read.Baseline.Path != read.Challenger.Path)
        {
            yield return "Rows of the files were matched by their place: no column identifies them. Name one with --row-id to be sure.";
        }

        if (rows.Task == ModelTask.MulticlassClassification && rows.Challenger.Concat(rows.Baseline).Any(predictions => predictions.Scores.Length == 0))
        {
            yield return "Classes were predicted without probabilities: metrics of probabilities are left out.";
        }

        if (request.Task is null)
        {
            yield return rows.Task switch
            {
                ModelTask.BinaryClassification => "Taken for a binary classification: two labels, and scores from 0 to 1.",
                ModelTask.MulticlassClassification => "Taken for a multiclass classification: the predictions are classes, or one probability a class.",
                _ => "Taken for a regression: labels and predictions are numbers.",
            };
        }
    }
}
