using System.Globalization;
using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Reporting;

/// <summary>The parts of the Markdown report that open on demand.</summary>
internal static class MarkdownDetails
{
    private const int MostRows = 60;
    private const int MostClasses = 12;

    /// <summary>Every comparison, where the table above is shorter.</summary>
    public static string Rules(ReportView view)
        => view.Rules.Count <= view.Headline.Count
            ? string.Empty
            : MarkdownWriter.Details("All comparisons", $"{ReportNumber.Count(view.Rules.Count)}", Cut(new MarkdownWriter().Table(
                ReportMarkdown.RuleColumns(view),
                view.Rules.Take(MostRows).Select(row => (IReadOnlyList<string>)
                    [row.Rule, row.Baseline, row.Challenger, row.Change, row.Limit, $"{row.Icon} {row.Word}"])), view.Rules.Count));

    public static string PolicyChange(ReportView view)
        => view.Input.Verdict.PolicyChange is not { } change
            ? string.Empty
            : MarkdownWriter.Details(
                "Policy change",
                $"the edited gate would say {ReportView.WordOf(change.Verdict)}",
                new MarkdownWriter().Bullets(change.Differences.Take(MostRows).Select(item => MarkdownText.Escape(PlainText.Line(item, 300)))));

    public static string Metrics(ReportView view)
        => view.Metrics.Count == 0
            ? string.Empty
            : MarkdownWriter.Details("Metrics", Tally(view.Metrics), Cut(new MarkdownWriter().Table(
                ["Metric", $"{view.BaselineName}#", $"{view.ChallengerName}#", $"Change ({view.IntervalName})#", "Reading"],
                view.Metrics.Take(MostRows).Select(row => (IReadOnlyList<string>)
                    [row.Title, row.Baseline, row.Challenger, row.Change, row.Note.Length > 0 ? $"{row.Reading}; {row.Note}" : row.Reading])), view.Metrics.Count));

    public static string Slices(ReportView view)
    {
        if (view.Slices.Count == 0)
        {
            return string.Empty;
        }

        var title = view.Slices[0].Metric.Title;
        var body = Cut(new MarkdownWriter().Table(
            ["Slice", "Rows#", $"{title}, {view.BaselineName}#", $"{title}, {view.ChallengerName}#", $"Change ({view.IntervalName}, unadjusted)#", "Reading"],
            view.Slices.Take(MostRows).Select(row => (IReadOnlyList<string>)
                [row.Name, row.Rows, row.Metric.Baseline, row.Metric.Challenger, row.Metric.Change, row.Sensitive ? $"{row.Metric.Reading} (sensitive)" : row.Metric.Reading])), view.Slices.Count);
        return MarkdownWriter.Details("Slices", Tally([.. view.Slices.Select(slice => slice.Metric)]), body);
    }

    public static string WeakSlices(ReportView view)
    {
        if (view.Input.Evaluation.WeakSlices is not { } search || WeakSliceRows.IsEmpty(search))
        {
            return string.Empty;
        }

        var body = new MarkdownWriter();
        body = search.Found.Length == 0 ? body : body.Table(WeakSliceRows.Columns(view), WeakSliceRows.Rows(view));
        body = WeakSliceRows.Explained(search) is { } explained ? body.Paragraph(MarkdownText.Escape(explained)) : body;
        body = WeakSliceRows.LeftOut(search) is { } leftOut ? body.Paragraph(MarkdownText.Escape(leftOut)) : body;
        return MarkdownWriter.Details(WeakSliceRows.Heading, WeakSliceRows.Summary(search, view.Input.Evaluation.Task), body);
    }

    public static string Fairness(ReportView view)
        => string.Concat(view.Fairness.Select(table =>
        {
            var body = new MarkdownWriter().Table(FairnessTable.GroupColumns(view), table.Groups);
            body = table.Metrics.Count == 0 ? body : body.Table(FairnessTable.MetricColumns(view), table.Metrics);
            return MarkdownWriter.Details($"Fairness by {table.Column}", $"{ReportNumber.Count(table.Groups.Count)} groups", body.Bullets(table.Notes.Select(MarkdownText.Escape)));
        }));

    public static string Charts(ReportView view, MarkdownFlavour flavour)
        => Calibration(view.Input.Evaluation.Charts.Calibration, flavour)
            + Residuals(view.Input.Evaluation.Charts.Residuals)
            + Confusion(view.Input.Evaluation);

    public static string Measured(ReportView view)
        => MarkdownWriter.Details("How this was measured", string.Empty, new MarkdownWriter()
            .Bullets(view.Measured.Select(fact => $"{MarkdownText.Escape(fact.Name)}: {MarkdownText.Escape(fact.Value)}"))
            .Table(["Digest of", "Value"], view.Provenance.Take(MostRows).Select(fact => (IReadOnlyList<string>)[fact.Name, fact.Value])));

    private static string Calibration(CalibrationBin[] bins, MarkdownFlavour flavour)
    {
        if (bins.Length == 0)
        {
            return string.Empty;
        }

        var body = new MarkdownWriter();
        if (flavour == MarkdownFlavour.GitHub && bins.Length > 1)
        {
            body.Fence("mermaid",
            [
                "xychart-beta",
                "    title \"Predicted and observed rate\"",
                $"    x-axis \"Predicted\" [{string.Join(", ", bins.Select(bin => Rate(bin.MeanPrediction)))}]",
                "    y-axis \"Observed\" 0 --> 1",
                $"    line [{string.Join(", ", bins.Select(bin => Rate(bin.MeanPrediction)))}]",
                $"    line [{string.Join(", ", bins.Select(bin => Rate(bin.ObservedRate)))}]",
            ]);
        }

        body.Table(
            ["Predicted rate#", "Observed rate#", "Rows#"],
            bins.Select(bin => (IReadOnlyList<string>)[Rate(bin.MeanPrediction), Rate(bin.ObservedRate), ReportNumber.Count(bin.Rows)]));
        var gap = bins.Max(bin => Math.Abs(bin.MeanPrediction - bin.ObservedRate));
        return MarkdownWriter.Details("Calibration", $"largest gap of a bin {Rate(gap)}", body);
    }

    private static string Residuals(ResidualBin[] bins)
        => bins.Length == 0
            ? string.Empty
            : MarkdownWriter.Details("Residuals", "label minus prediction, by prediction", new MarkdownWriter().Table(
                ["Prediction#", "10 % below#", "Median#", "10 % above#", "Rows#"],
                bins.Select(bin => (IReadOnlyList<string>)
                    [Value(bin.MeanPrediction), Value(bin.Lower), Value(bin.Median), Value(bin.Upper), ReportNumber.Count(bin.Rows)])));

    private static string Confusion(Evaluation evaluation)
    {
        var counts = evaluation.Charts.Confusion;
        return counts.Length == 0 || counts.Length > MostClasses
            ? string.Empty
            : MarkdownWriter.Details("Confusion", "rows are the truth, columns the prediction", new MarkdownWriter().Table(
                ["Truth", .. Enumerable.Range(0, counts.Length).Select(index => ClassName(evaluation, index) + "#")],
                counts.Select((row, index) => (IReadOnlyList<string>)[ClassName(evaluation, index), .. row.Select(ReportNumber.Count)])));
    }

    public static string ClassName(Evaluation evaluation, int index)
        => index < evaluation.Holdout.Classes.Length
            ? PlainText.Line(evaluation.Holdout.Classes[index].Name, 40)
            : $"class {index.ToString(CultureInfo.InvariantCulture)}";

    private static MarkdownWriter Cut(MarkdownWriter body, int rows)
        => rows > MostRows ? body.Paragraph($"{ReportNumber.Count(rows - MostRows)} more are in the full report.") : body;

    private static string Tally(IReadOnlyList<MetricRow> rows)
    {
        var parts = rows.GroupBy(row => row.Reading).Select(group => $"{ReportNumber.Count(group.Count())} {group.Key}");
        return string.Join(", ", parts);
    }

    private static string Rate(double rate) => rate.ToString("0.000", CultureInfo.InvariantCulture);

    private static string Value(double value) => ReportNumber.Plain(value, ReportNumber.Digits(value, null));
}
