using MlOps.Build.Contracts;
using MlOps.Build.Engine.Evaluating;

namespace MlOps.Build.Engine.Reporting;

/// <summary>How both models treat the groups of a sensitive column, as text.</summary>
/// <param name="Column">The column.</param>
/// <param name="Groups">A row for each group.</param>
/// <param name="Metrics">A row for each metric that is defined.</param>
/// <param name="Notes">Groups that are left out, and why.</param>
internal sealed record FairnessTable(
    string Column, IReadOnlyList<IReadOnlyList<string>> Groups, IReadOnlyList<IReadOnlyList<string>> Metrics, IReadOnlyList<string> Notes)
{
    private const int MostGroups = 40;

    public static FairnessTable Of(FairnessResult result)
        => new(
            PlainText.Line(result.Column, 60),
            [.. result.Groups.OrderByDescending(group => group.Judged).Take(MostGroups).Select(Row)],
            [.. result.Metrics.Where(metric => metric.Challenger is not null).Select(Row)],
            [.. NotesOf(result).Select(note => PlainText.Line(note, 400))]);

    public static string[] GroupColumns(ReportView view) =>
    [
        "Group", "Rows#", "Positive#", $"Selected, {view.BaselineName}#", $"Selected, {view.ChallengerName} ({view.IntervalName})#",
        "True positive rate, before → now#", "False positive rate, before → now#",
    ];

    public static string[] MetricColumns(ReportView view)
        => ["Between groups", $"{view.BaselineName}#", $"{view.ChallengerName} ({view.IntervalName})#", $"Change ({view.IntervalName})#"];

    private static IEnumerable<string> NotesOf(FairnessResult result)
        => result.Groups.Length > MostGroups
            ? result.Notes.Append($"{ReportNumber.Count(result.Groups.Length - MostGroups)} more groups are in evaluation.json.")
            : result.Notes;

    private static IReadOnlyList<string> Row(FairnessGroup group) =>
    [
        PlainText.Line((group.Value ?? "no value") + (group.Judged ? string.Empty : " (left out)"), 60),
        ReportNumber.Count(group.Rows),
        Rate(group.BaseRate),
        group.Baseline is { } baseline ? Rate(baseline.SelectionRate.Value) : ReportNumber.None,
        Estimate(group.Challenger.SelectionRate, Rate),
        Pair(group.Baseline?.TruePositiveRate, group.Challenger.TruePositiveRate),
        Pair(group.Baseline?.FalsePositiveRate, group.Challenger.FalsePositiveRate),
    ];

    private static IReadOnlyList<string> Row(FairnessMetric metric)
    {
        var title = FairnessCatalogue.Find(metric.Name)?.Title ?? metric.Name;
        return
        [
            PlainText.Line(char.ToUpperInvariant(title[0]) + title[1..], 60),
            metric.Baseline is { } baseline ? Rate(baseline.Value) : ReportNumber.None,
            Estimate(metric.Challenger!, Rate),
            metric.Difference is { } difference ? Estimate(difference, number => ReportNumber.Signed(number, 3)) : ReportNumber.None,
        ];
    }

    private static string Pair(double? before, double? now)
        => before is null ? Number(now) : $"{Number(before)} → {Number(now)}";

    private static string Estimate(IntervalEstimate estimate, Func<double, string> show)
        => estimate is { Lower: not null, Upper: not null }
            ? new Spread(estimate.Value, estimate.Lower, estimate.Upper).Text(show)
            : show(estimate.Value);

    private static string Number(double? rate) => rate is { } number ? Rate(number) : ReportNumber.None;

    private static string Rate(double rate) => ReportNumber.Plain(rate, 3);
}
