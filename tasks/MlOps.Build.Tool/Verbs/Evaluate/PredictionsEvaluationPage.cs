using System.Globalization;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Evaluating;
using MlOps.Build.Tool.Pages;

namespace MlOps.Build.Tool.Verbs.Evaluate;

/// <summary>An evaluation of plain files for people.</summary>
internal static class PredictionsEvaluationPage
{
    public static Page Of(PredictionsEvaluation evaluation)
    {
        var page = new Page().Heading(Heading(evaluation));
        Table(page, evaluation.Metrics);
        var level = (evaluation.Confidence * 100).ToString("0.##", CultureInfo.InvariantCulture);
        page.Line(evaluation.Baseline is null
            ? $"Intervals are two-sided at {level} %. There is no baseline: nothing was compared."
            : $"Intervals are two-sided at {level} %; differences are challenger minus baseline on the same rows. Better or worse: the whole interval is on that side.");
        foreach (var metric in evaluation.Metrics.Where(metric => metric.Difference?.NonInferiority is not null))
        {
            var answer = metric.Difference!.NonInferiority!;
            page.Line($"{metric.Name}: {(answer.Holds ? "not worse" : "not shown to be no worse")} by {Margin(answer)}, one-sided p {Number(answer.PValue)}.");
        }

        if (evaluation.ThresholdChoice is { } choice)
        {
            Thresholds(page, choice);
        }

        if (evaluation.Correctness is { } rows)
        {
            page.Line($"Right on both sides {Count(rows.Both)}, baseline only {Count(rows.BaselineOnly)}, challenger only {Count(rows.ChallengerOnly)}, neither {Count(rows.Neither)}: McNemar mid-p {Number(rows.MidPValue)}.");
        }

        foreach (var slice in evaluation.Slices)
        {
            page.Heading($"{slice.Column} = {slice.Value ?? "(no value)"}, {Count(slice.Rows)} rows");
            Table(page, slice.Metrics);
        }

        foreach (var result in evaluation.Groups)
        {
            Fairness(page, result);
        }

        foreach (var note in evaluation.Notes)
        {
            page.Line(note);
        }

        return page;
    }

    private static string Heading(PredictionsEvaluation evaluation)
        => $"{Count(evaluation.Rows)} rows, {evaluation.Task switch
        {
            ModelTask.BinaryClassification when evaluation.ThresholdChoice is not null => "binary classification at chosen thresholds",
            ModelTask.BinaryClassification => $"binary classification at the threshold {Number(evaluation.Threshold)}",
            ModelTask.MulticlassClassification => $"{evaluation.Classes.Length} classes",
            _ => "regression",
        }}";

    private static void Thresholds(Page page, ThresholdChoice choice)
    {
        page.Line($"Each threshold was chosen by {choice.Rule} on {Count(choice.Rows)} validation rows, {Count(choice.Positives)} of them positive, and on none of the rows above.");
        foreach (var (name, chosen) in choice.Challenger.Select(chosen => ("Challenger", chosen)).Concat(choice.Baseline.Select(chosen => ("Baseline", chosen))))
        {
            page.Line($"{name}: {Number(chosen.Threshold)}, where {choice.Measure()} is {Number(chosen.Value)}: found {Count(chosen.Found)}, false alarms {Count(chosen.FalseAlarms)}, missed {Count(chosen.Missed)}.");
        }

        foreach (var note in choice.Notes)
        {
            page.Line(note);
        }
    }

    private static void Table(Page page, IEnumerable<PredictionMetric> metrics)
        => page.Table(["Metric", "Baseline#", "Challenger#", "Difference#", "Interval#", "Finding"], metrics.Select(Row));

    private static IReadOnlyList<string> Row(PredictionMetric metric)
    {
        var interval = metric.Difference is { } difference ? (difference.Lower, difference.Upper) : (metric.Challenger?.Lower, metric.Challenger?.Upper);
        return
        [
            metric.Name,
            Number(metric.Baseline?.Value),
            Number(metric.Challenger?.Value),
            Signed(metric.Difference?.Value),
            interval is ({ } lower, { } upper)
                ? metric.Difference is null ? $"{Number(lower)} {Number(upper)}" : $"{Signed(lower)} {Signed(upper)}"
                : "-",
            metric.Difference?.Finding switch
            {
                DifferenceFinding.Better => "better",
                DifferenceFinding.Worse => "worse",
                DifferenceFinding.Same => "same",
                _ => "-",
            },
        ];
    }

    private static void Fairness(Page page, FairnessResult result)
    {
        page.Heading($"Groups of {result.Column}");
        page.Table(
            ["Group", "Rows#", "Base rate#", "Selected#", "True positive#", "False positive#"],
            result.Groups.Select(group => (IReadOnlyList<string>)
            [
                (group.Value ?? "(no value)") + (group.Judged ? string.Empty : " (too few rows)"),
                Count(group.Rows),
                Number(group.BaseRate),
                Number(group.Challenger.SelectionRate.Value),
                Number(group.Challenger.TruePositiveRate),
                Number(group.Challenger.FalsePositiveRate),
            ]));
        page.Table(
            ["Metric", "Baseline#", "Challenger#", "Interval#"],
            result.Metrics.Select(metric => (IReadOnlyList<string>)
            [
                metric.Name,
                Number(metric.Baseline?.Value),
                Number(metric.Challenger?.Value),
                metric.Challenger is { Lower: { } lower, Upper: { } upper } ? $"{Number(lower)} {Number(upper)}" : "-",
            ]));
        foreach (var note in result.Notes)
        {
            page.Line(note);
        }
    }

    private static string Margin(NonInferiority answer)
        => answer.Relative ? $"{(answer.Margin * 100).ToString("0.##", CultureInfo.InvariantCulture)} %" : answer.Margin.ToString("0.####", CultureInfo.InvariantCulture);

    private static string Count(long rows) => rows.ToString("N0", CultureInfo.InvariantCulture);

    private static string Number(double? value) => value?.ToString(Math.Abs(value.Value) is > 0 and < 0.0001 ? "0.0E+0" : "0.0000", CultureInfo.InvariantCulture) ?? "-";

    private static string Signed(double? value) => value?.ToString("+0.0000;-0.0000;0.0000", CultureInfo.InvariantCulture) ?? "-";
}
