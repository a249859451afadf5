using MlOps.Build.Contracts;
using MlOps.Build.Engine.Evaluating;

namespace MlOps.Build.Engine.Reporting;

/// <summary>What a search over all columns found, as plain text.</summary>
internal static class WeakSliceRows
{
    /// <summary>How the section is called.</summary>
    public const string Heading = "Where else the challenger is worse";

    public static string[] Columns(ReportView view)
        => ["Slice", "Rows#", $"{view.BaselineName}#", $"{view.ChallengerName}#", $"Change ({view.IntervalName}, unadjusted)#", "Adjusted p#"];

    public static IEnumerable<IReadOnlyList<string>> Rows(ReportView view)
        => (view.Input.Evaluation.WeakSlices?.Found ?? []).Select(slice => Row(slice, HigherIsBetter(view)));

    /// <summary>Whether no slice had enough rows, and no column was left out: there is nothing to say.</summary>
    public static bool IsEmpty(WeakSliceSearch search) => search is { Slices: 0, LeftOut: [] };

    /// <summary>What was looked at and how much of it is worse.</summary>
    public static string Summary(WeakSliceSearch search, ModelTask task)
        => $"{ReportNumber.Count(search.Worse)} of {ReportNumber.Count(search.Slices)} slices of {ReportNumber.Count(search.Columns)} columns, by {Title(search, task)}";

    /// <summary>Why fewer are listed than there are, or null.</summary>
    public static string? Explained(WeakSliceSearch search)
        => search.Worse <= search.Found.Length ? null : $"{ReportNumber.Count(search.Worse - search.Found.Length)} more are worse, at most through the rows of these.";

    /// <summary>A sentence for the top of the report, or null.</summary>
    public static string? Note(Evaluation evaluation)
        => evaluation.WeakSlices is not { Found: [var worst, ..] } search
            ? null
            : $"A search over every column found {ReportNumber.Count(search.Worse)} of {ReportNumber.Count(search.Slices)} slices in which the challenger is worse by {Title(search, evaluation.Task)}, most where {Name(worst)}.";

    /// <summary>What was not looked in, or null.</summary>
    public static string? LeftOut(WeakSliceSearch search)
        => search.LeftOut.Length == 0 ? null : $"Not looked in: {string.Join("; ", search.LeftOut.Select(column => PlainText.Line(column, 100)))}.";

    private static string Title(WeakSliceSearch search, ModelTask task) => PlainText.Line(MetricCatalogue.Find(task, search.Metric)?.Title ?? search.Metric, 60);

    private static bool HigherIsBetter(ReportView view)
        => MetricCatalogue.Find(view.Input.Evaluation.Task, view.Input.Evaluation.WeakSlices!.Metric)?.Direction == MetricDirection.HigherIsBetter;

    private static string[] Row(WeakSlice slice, bool higherIsBetter)
    {
        var change = new Spread(slice.Difference, slice.Lower, slice.Upper).TurnedIf(!higherIsBetter);
        var digits = ReportNumber.Digits(slice.Challenger, slice is { Lower: { } lower, Upper: { } upper } ? (upper - lower) / 4 : null);
        return
        [
            slice.Sensitive ? $"{Name(slice)} (sensitive)" : Name(slice),
            ReportNumber.Count(slice.Rows),
            ReportNumber.Plain(slice.Baseline, digits),
            ReportNumber.Plain(slice.Challenger, digits),
            slice.Lower is null ? ReportNumber.Signed(change.Value, digits) : change.Text(number => ReportNumber.Signed(number, digits)),
            ReportNumber.PValue(slice.PValue),
        ];
    }

    private static string Name(WeakSlice slice)
        => PlainText.Line(slice.Value is null ? $"{slice.Column} is missing" : $"{slice.Column} = {slice.Value}", 60);
}
