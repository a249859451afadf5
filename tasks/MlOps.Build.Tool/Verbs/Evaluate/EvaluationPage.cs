using System.Globalization;
using MlOps.Build.Contracts;
using MlOps.Build.Tool.Pages;

namespace MlOps.Build.Tool.Verbs.Evaluate;

/// <summary>An evaluation for people.</summary>
internal static class EvaluationPage
{
    public static Page Of(Evaluation evaluation)
    {
        var page = new Page()
            .Heading($"{evaluation.Model}: {evaluation.Holdout.Rows.ToString("N0", CultureInfo.InvariantCulture)} rows of the holdout")
            .Table(
                ["Metric", "Baseline#", "Challenger#", "Difference#", "Bounds#"],
                evaluation.Metrics.Select(Row))
            .Line($"Differences are oriented so that larger is better; bounds are one-sided at {(evaluation.Confidence * 100).ToString("0.##", CultureInfo.InvariantCulture)} %.");
        if (evaluation.Baseline is null)
        {
            page.Line("There is no baseline: nothing was compared.");
        }

        return page;
    }

    private static IReadOnlyList<string> Row(MetricResult metric) =>
    [
        metric.Name,
        Number(metric.Baseline?.Value),
        Number(metric.Challenger?.Value),
        Signed(metric.Difference?.Value),
        metric.Difference is { Lower: { } lower, Upper: { } upper } ? $"{Signed(lower)} {Signed(upper)}" : "-",
    ];

    private static string Number(double? value) => value?.ToString("0.0000", CultureInfo.InvariantCulture) ?? "-";

    private static string Signed(double? value) => value?.ToString("+0.0000;-0.0000;0.0000", CultureInfo.InvariantCulture) ?? "-";
}
