using System.Globalization;
using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>What can be wrong with data or predictions whatever the metrics say.</summary>
internal static class DataFindings
{
    public const string Leakage = "leakage";
    public const string Contract = "contract";
    public const string Contamination = "contamination";
    public const string Constant = "constant-prediction";
    public const string Stale = "stale-predictions";

    /// <summary>Each with what people read.</summary>
    public static IReadOnlyDictionary<string, string> Titles { get; } = new Dictionary<string, string>
    {
        [Leakage] = "data that give the label away",
        [Contract] = "data beyond their contract",
        [Contamination] = "a champion that has seen the holdout",
        [Constant] = "a model that answers one value",
        [Stale] = "predictions older than their model",
    };

    /// <summary>The findings of the checks of the data, by the rule that forbids them.</summary>
    public static IReadOnlyList<DataFinding> Of(DataValidation validation)
        => [.. validation.Checks.Where(check => check.Result != CheckResult.Pass)
            .Select(check => (Rule: RuleOf(check.Check), check.Sentence))
            .Where(pair => pair.Rule is not null)
            .Select(pair => new DataFinding(pair.Rule!, pair.Sentence))];

    /// <summary>The challenger's replicates that answer the same whatever they are asked.</summary>
    public static IEnumerable<DataFinding> OfPredictions(EvaluationInput input)
        => input.Challenger.Replicates
            .Select((replicate, place) => (replicate.Predictions, place))
            .Where(pair => IsConstant(pair.Predictions))
            .Select(pair => new DataFinding(Constant, string.Create(
                CultureInfo.InvariantCulture,
                $"Training {pair.place + 1} of {input.Challenger.Replicates.Count} answers {Answer(pair.Predictions)} for each of {input.Holdout.Labels.Length:N0} rows.")));

    /// <summary>
    /// Predictions that were written before the model that is said to have made them. A copy may make a file younger than it is, not
    /// older, so that what is found is true unless the model was copied after it had scored.
    /// </summary>
    public static IEnumerable<DataFinding> OfFiles(string model, IEnumerable<string> predictions)
    {
        var files = Directory.Exists(model) ? Directory.GetFiles(model, "*", SearchOption.AllDirectories) : [model];
        var made = files.Select(File.GetLastWriteTimeUtc).DefaultIfEmpty(DateTime.MinValue).Max();
        return predictions.Select(file => (File: file, Written: File.GetLastWriteTimeUtc(file)))
            .Where(pair => pair.Written < made)
            .Select(pair => new DataFinding(Stale, string.Create(
                CultureInfo.InvariantCulture,
                $"'{Path.GetFileName(pair.File)}' was written on {pair.Written:yyyy-MM-dd HH:mm:ss} UTC, the model on {made:yyyy-MM-dd HH:mm:ss}: other bytes made these predictions.")));
    }

    /// <summary>The champion's, where it was compared with its own training rows.</summary>
    public static IEnumerable<DataFinding> Of(Contamination? contamination)
        => contamination is { Result: not ContaminationResult.Clean } ? [new(Contamination, contamination.Sentence)] : [];

    private static string? RuleOf(string check) => check switch
    {
        "leakage" or "overlap" => Leakage,
        "type" or "min" or "max" or "nulls" or "values" or "unique" or "column" or "id" => Contract,
        _ => null,
    };

    /// <summary>One row answers one value and says nothing.</summary>
    private static bool IsConstant(Predictions predictions)
        => predictions.Classes is { } classes && predictions.Scores.Length == 0
            ? classes.Length > 1 && !classes.AsSpan().ContainsAnyExcept(classes[0])
            : Array.TrueForAll(predictions.Scores, column => column.Length > 1 && !column.AsSpan().ContainsAnyExcept(column[0]));

    private static string Answer(Predictions predictions)
        => predictions.Scores.Length == 0 ? "the same class" : string.Join(", ", predictions.Scores.Select(column => EvaluationProblems.Number(column[0])));
}
