using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Evaluating;

namespace MlOps.Build.Engine.Tests.Evaluating;

/// <summary>Names, titles and sentences are those of the snapshots. Set MLOPS_UPDATE=1 to write them anew, and read the difference.</summary>
public sealed class WordsSnapshotTests
{
    [Fact]
    public void Metrics_have_the_names_titles_directions_and_ranges_of_the_snapshot()
        => Check("words-metrics", [.. Enum.GetValues<ModelTask>().SelectMany(task => MetricCatalogue.Names(task).Concat(["f-beta@0.5", "lift@1", "ece@2", "ece@1000", "top-k@5", "pinball@0.01"]).Distinct()
            .Select(name => MetricCatalogue.Find(task, name) is { } metric
                ? $"{task} {metric.Name}: {metric.Title}, {metric.Direction}, {metric.Method}{(metric.OnRequest ? ", on request" : string.Empty)}{(metric.NeedsScores ? ", of scores" : string.Empty)}, {Range(MetricValues.Of(metric))}"
                : $"{task} {name}: none"))]);

    [Fact]
    public void Metrics_of_fairness_have_the_names_titles_and_directions_of_the_snapshot()
        => Check("words-fairness", [.. FairnessCatalogue.All.Select(metric => $"{metric.Name}: {metric.Title}, {(metric.HigherIsBetter ? "higher" : "lower")} is better, of {string.Join(" and ", metric.Rates)}")]);

    [Fact]
    public void Parameters_of_metrics_end_where_the_snapshot_says()
        => Check("words-parameters", [.. new[] { "f-beta@0", "f-beta@0.001", "f-beta@100", "f-beta@100.5", "f-beta@-1", "f-beta@", "f-beta", "lift@0", "lift@1", "lift@1.01", "ece@1", "ece@2", "ece@2.5", "ece@1000", "ece@1001", "top-k@0", "top-k@1", "top-k@1.5", "top-k@7", "pinball@0", "pinball@0.999", "pinball@1", "@2", "lift@1e-1", "auc@2" }
            .Select(name => $"{name}: {string.Join(", ", Enum.GetValues<ModelTask>().Where(task => MetricCatalogue.Find(task, name) is not null).DefaultIfEmpty((ModelTask)(-1)))}")]);

    [Fact]
    public void Changes_of_a_policy_are_said_in_the_words_of_the_snapshot()
        => Check("words-policy", [
            .. PolicyWords.Differences(Old, New, ModelTask.BinaryClassification),
            "back:",
            .. PolicyWords.Differences(New, Old, ModelTask.Regression),
            "the same:",
            .. PolicyWords.Differences(New, New, ModelTask.BinaryClassification)]);

    [Fact]
    public void Thresholds_that_were_chosen_are_said_in_the_words_of_the_snapshot()
        => Check("words-thresholds", [
            .. new[] { "youden", "f1", "f-beta@2", "cost 1:4" }.Select(rule => $"{rule}: {Choice(rule, 1, 0).Measure()}"),
            Choice("youden", 1, 0).Sentence(),
            Choice("f1", 2, 2, "Few rows.", "Another note.").Sentence(),
            Choice("f1", 5, 6).Sentence()]);

    [Fact]
    public void Notes_of_a_choice_of_thresholds_are_those_of_the_snapshot()
        => Check("words-choices", [
            .. Notes([.. Enumerable.Range(0, 120).Select(row => row < 50 ? 1.0 : 0.0)], row => row / 120.0, "youden"),
            .. Notes([.. Enumerable.Range(0, 120).Select(row => row < 49 ? 1.0 : 0.0)], row => 1 - (row / 120.0), "youden"),
            .. Notes([.. Enumerable.Range(0, 120).Select(row => row < 71 ? 1.0 : 0.0)], row => 1 - (row / 120.0), "cost=1:1000"),
            .. Notes([.. Enumerable.Range(0, 120).Select(row => row < 60 ? 1.0 : 0.0)], row => row / 120.0, "cost=1000:1"),
            .. Notes([.. Enumerable.Range(0, 120).Select(row => row < 60 ? 1.0 : 0.0)], row => row / 120.0, "cost=1:1000")]);

    [Fact]
    public void Costs_are_written_with_the_units_of_the_snapshot()
        => Check("words-costs", [
            .. FootprintCatalogue.Units.Select(pair => $"{pair.Key}: {FootprintCatalogue.Title(pair.Key)}, {pair.Value}, as {FootprintCatalogue.Measured(pair.Key)}{(FootprintCatalogue.IsOfRows(pair.Key) ? ", of rows" : string.Empty)}{(FootprintCatalogue.IsOfScoring(pair.Key) ? ", of scoring" : string.Empty)}"),
            .. new[] { "s", "Wh", "B" }.SelectMany(unit => new[] { 0, 1e-9, 0.0009, 0.001, 0.05, 0.1, 0.999, 1, 12.3456, 999, 1000, 1500, 999_999, 1e6, 2.5e9, -0.0005, -1500 }
                .Select(value => $"{value.ToString(CultureInfo.InvariantCulture)} {unit}: {FootprintCatalogue.Text(value, unit)}"))]);

    [Fact]
    public void What_is_wrong_with_data_becomes_the_findings_of_the_snapshot()
    {
        string[] checks = ["leakage", "overlap", "type", "min", "max", "nulls", "values", "unique", "column", "id", "drift"];
        var validation = new DataValidation
        {
            SnapshotDigest = "sha256:s",
            Rows = 10,
            Columns = 2,
            Result = CheckResult.Error,
            Checks = [.. checks.SelectMany(check => new[] { CheckResult.Pass, CheckResult.Error }.Select(result => new DataCheck { Check = check, Column = "c", Result = result, Bound = null, Observed = "o", BadRows = 1, Examples = [], Sentence = $"{check} {result}." }))],
        };

        Check("words-data", [.. DataFindings.Of(validation).Select(finding => $"{finding.Rule} ({DataFindings.Titles[finding.Rule]}): {finding.Sentence}")]);
    }

    [Fact]
    public void Predictions_older_than_their_model_are_found_and_those_as_old_are_not()
    {
        using var folder = new CaseFolder();
        string File(string name, int minute)
        {
            var path = folder.Write(name, "1");
            System.IO.File.SetLastWriteTimeUtc(path, new(2026, 3, 4, 5, minute, 0, DateTimeKind.Utc));
            return path;
        }

        var (model, older, same, newer) = (File("model.zip", 10), File("older.csv", 9), File("same.csv", 10), File("newer.csv", 11));

        Check("words-stale", [.. DataFindings.OfFiles(model, [older, same, newer]).Concat(DataFindings.OfFiles(folder.Path, [same])).Select(finding => $"{finding.Rule}: {finding.Sentence}")]);
    }

    private static readonly GateConfiguration Old = new()
    {
        Rules = [new() { Metric = "auc", AtLeast = 0.7 }, new() { Metric = "f1", NoWorseBy = new(0.01, false) }, new() { AtMost = 3, Kind = RuleKind.Alarm }],
        Waivers = [new() { Rule = "auc", Column = "origin", Until = new(2026, 5, 6), Why = "w" }],
    };

    private static readonly GateConfiguration New = new()
    {
        Primary = "f1",
        Confidence = 0.9,
        Resamples = 500,
        Choose = ThresholdRule.OfLine("cost=1:4"),
        RequireBetter = true,
        Search = ["origin", "hour"],
        MinimumSupport = 50,
        MinimumGroupSupport = 40,
        Watts = 12.5,
        Grid = 300,
        ScoreRounds = 7,
        OnInconclusive = OnInconclusive.Fail,
        Expires = TimeSpan.FromDays(2),
        Rules =
        [
            new() { Metric = "auc", AtLeast = 0.7 },
            new() { Metric = "f1", AtLeast = 0.5, AtMost = 0.9, NoWorseBy = new(0.02, true), Slices = ["origin", "hour & sex"], Kind = RuleKind.Prove, Advisory = true },
            new() { Fairness = "accuracy-difference", By = ["sex"], AtMost = 0.1, Environment = "production" },
            new() { Footprint = "model-size", AtMost = 1e6, From = "policies/small.yml" },
            new() { Data = "leakage" },
            new() { AtLeast = 0.2 },
        ],
        Waivers = [new() { Rule = "f1", Until = new(2026, 12, 31), Why = "w" }],
    };

    private static ThresholdChoice Choice(string rule, int challengers, int baselines, params string[] notes)
    {
        ChosenThreshold[] Side(int count, double from) => [.. Enumerable.Range(0, count).Select(place => new ChosenThreshold(from + (place * 0.01234), 0.5, 1, 2, 3, 4))];
        return new() { Rule = rule, Rows = 1200, Positives = 300, Challenger = Side(challengers, 0.4), Baseline = Side(baselines, 0.25), Notes = notes };
    }

    private static IEnumerable<string> Notes(double[] labels, Func<int, double> score, string rule)
    {
        double[] scores = [.. labels.Select((_, row) => score(row))];
        var choice = ThresholdChoices.Of(ThresholdRule.OfLine(rule)!, labels, [scores], [[.. scores.Select(value => 1 - value)]]);
        return choice.Notes.Prepend(string.Create(CultureInfo.InvariantCulture, $"{rule}: {Text(choice.Challenger[0])}, {Text(choice.Baseline[0])}"));
    }

    // A record writes itself in the culture of the machine.
    private static string Text(ChosenThreshold chosen)
        => string.Create(
            CultureInfo.InvariantCulture,
            $"{nameof(ChosenThreshold)} {{ Threshold = {chosen.Threshold}, Value = {chosen.Value}, Found = {chosen.Found}, FalseAlarms = {chosen.FalseAlarms}, Missed = {chosen.Missed}, RightlyQuiet = {chosen.RightlyQuiet} }}");

    private static string Range(MetricValues values) => string.Create(CultureInfo.InvariantCulture, $"{values.Least} to {values.Greatest}");

    private static void Check(string name, string[] lines)
        => EvaluationSnapshot.CheckText(name, JsonSerializer.SerializeToUtf8Bytes(new JsonArray([.. lines.Select(line => (JsonNode?)line)])));
}
