using System.Xml.Linq;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Evaluating;
using static MlOps.Build.Engine.Reporting.Html;

namespace MlOps.Build.Engine.Reporting;

/// <summary>The charts of a run, each with the numbers it is drawn from.</summary>
internal static class HtmlCharts
{
    private const int MostClasses = 30;

    public static XElement? Section(ReportView view)
    {
        var charts = view.Input.Evaluation.Charts;
        XElement?[] all = [Roc(view, charts), HtmlScores.PrecisionRecall(view, charts), .. HtmlScores.Distributions(view, charts), Calibration(charts), Residuals(charts)];
        var drawn = all.OfType<XElement>().ToList();
        var confusion = Confusion(view.Input.Evaluation);
        return drawn.Count == 0 && confusion is null
            ? null
            : Html.Section("charts", "Charts", E("p", Class("soft"), $"Drawn from the first training of each side. A band around a curve is Wilson's {view.IntervalName} of each of its points at that point's threshold, for independent rows."), drawn.Count > 0 ? E("div", Class("charts"), drawn) : null, confusion);
    }

    private static XElement? Roc(ReportView view, EvaluationCharts charts)
    {
        if (charts.RocChallenger.Length == 0)
        {
            return null;
        }

        var plot = Plot.Unit("False positive rate", "True positive rate");
        var baseline = charts.RocBaseline.Length > 0;
        var drawing = Svg.Drawing(Plot.Width, Plot.Height, "ROC curve", "True positive rate against false positive rate; the higher the curve, the better. The numbers are in the table below.",
            plot.Axes(),
            Svg.Line("reference", plot.X.Of(0), plot.Y.Of(0), plot.X.Of(1), plot.Y.Of(1)),
            Band(charts.RocBaseline, "baseline-band"),
            Band(charts.RocChallenger, "challenger-band"),
            baseline ? Svg.Path("baseline curve", charts.RocBaseline.Select(point => plot.At(point.X, point.Y))) : null,
            Svg.Path("challenger curve", charts.RocChallenger.Select(point => plot.At(point.X, point.Y))));
        double[] rates = [0.01, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9];
        return Figure("ROC curve", drawing, LegendOf(view, baseline), Html.Table(
            "True positive rate at a false positive rate.",
            ["False positive rate", $"{view.BaselineName}#", $"{view.ChallengerName}#"],
            rates.Select(rate => (IReadOnlyList<object>)[Rate(rate), baseline ? Rate(At(charts.RocBaseline, rate)) : ReportNumber.None, Rate(At(charts.RocChallenger, rate))])));

        XElement? Band(ChartPoint[] curve, string look)
            => view.Input.Evaluation.Holdout.Classes is [_, var positive] && positive.Rows > 0
                ? HtmlScores.Band(look, plot, [.. curve.Select(point => (point.X, point.Y, (double)positive.Rows))], Normal.Quantile(view.Input.Evaluation.Confidence))
                : null;
    }

    private static XElement? Calibration(EvaluationCharts charts)
    {
        if (charts.Calibration.Length == 0)
        {
            return null;
        }

        var plot = Plot.Unit("Predicted rate", "Observed rate");
        var drawing = Svg.Drawing(Plot.Width, Plot.Height, "Calibration", "Observed rate against predicted rate of the challenger; on the dotted line they are equal. The numbers are in the table below.",
            plot.Axes(),
            Svg.Line("reference", plot.X.Of(0), plot.Y.Of(0), plot.X.Of(1), plot.Y.Of(1)),
            Svg.Path("challenger curve", charts.Calibration.Select(bin => plot.At(bin.MeanPrediction, bin.ObservedRate))),
            charts.Calibration.Select(bin => plot.At(bin.MeanPrediction, bin.ObservedRate)).Select(point => Svg.Dot("challenger solid", point.X, point.Y, 3)));
        return Figure("Calibration of the challenger", drawing, null, Html.Table(
            "Observed rate by predicted rate.",
            ["Predicted rate", "Observed rate#", "Rows#"],
            charts.Calibration.Select(bin => (IReadOnlyList<object>)[Rate(bin.MeanPrediction), Rate(bin.ObservedRate), ReportNumber.Count(bin.Rows)])));
    }

    private static XElement? Residuals(EvaluationCharts charts)
    {
        var bins = charts.Residuals;
        if (bins.Length == 0)
        {
            return null;
        }

        var plot = Plot.Of(bins.Select(bin => bin.MeanPrediction), bins.SelectMany(bin => new[] { bin.Lower, bin.Upper, 0 }), "Prediction", "Label minus prediction");
        var drawing = Svg.Drawing(Plot.Width, Plot.Height, "Residuals", "Label minus prediction by prediction: a bar from the 10 % to the 90 % quantile, a dot at the median. The numbers are in the table below.",
            plot.Axes(),
            Svg.Line("reference", plot.X.Start, plot.Y.Of(0), plot.X.End, plot.Y.Of(0)),
            bins.Select(bin => Svg.Line("challenger curve", plot.X.Of(bin.MeanPrediction), plot.Y.Of(bin.Lower), plot.X.Of(bin.MeanPrediction), plot.Y.Of(bin.Upper))),
            bins.Select(bin => Svg.Dot("challenger solid", plot.X.Of(bin.MeanPrediction), plot.Y.Of(bin.Median))));
        return Figure("Residuals of the challenger", drawing, null, Html.Table(
            "Quantiles of label minus prediction.",
            ["Prediction", "10 %#", "Median#", "90 %#", "Rows#"],
            bins.Select(bin => (IReadOnlyList<object>)[Value(bin.MeanPrediction), Value(bin.Lower), Value(bin.Median), Value(bin.Upper), ReportNumber.Count(bin.Rows)])));
    }

    private static XElement? Confusion(Evaluation evaluation)
    {
        var counts = evaluation.Charts.Confusion;
        if (counts.Length is 0 or > MostClasses)
        {
            return null;
        }

        var classes = Enumerable.Range(0, counts.Length).Select(place => MarkdownDetails.ClassName(evaluation, place)).ToList();
        return E("div", E("h3", "Confusion of the challenger"), Html.Table(
            "Rows are the truth, columns the prediction; in brackets the share of the row.",
            ["Truth", .. classes.Select(name => $"predicted {name}#")],
            counts.Select((row, place) => (IReadOnlyList<object>)
                [classes[place], .. row.Select((count, other) => Cell(count, row.Sum(), other == place))])));
    }

    private static object Cell(long count, long all, bool right)
    {
        var text = all > 0 ? $"{ReportNumber.Count(count)} ({ReportNumber.Percent(Math.Round((double)count / all, 3))})" : ReportNumber.Count(count);
        return E("span", Class(right ? "right" : "wrong"), text);
    }

    public static XElement Figure(string title, XElement drawing, XElement? legend, XElement table)
        => E("figure", E("figcaption", title), drawing, legend, E("details", E("summary", "Numbers"), table));

    public static XElement LegendOf(ReportView view, bool both) => both ? Legend(view) : LegendOfOne(view);

    private static XElement Legend(ReportView view)
        => E("p", Class("legend"), Key("baseline"), $" {view.BaselineName} ", Key("challenger"), $" {view.ChallengerName}");

    private static XElement LegendOfOne(ReportView view)
        => E("p", Class("legend"), Key("challenger"), $" {view.ChallengerName}");

    private static XElement Key(string look) => Svg.Ornament(28, 10, Svg.Line(look + " curve", 1, 5, 27, 5));

    private static double At(ChartPoint[] curve, double x)
    {
        var after = Array.FindIndex(curve, point => point.X >= x);
        if (after <= 0)
        {
            return after < 0 ? curve[^1].Y : curve[0].Y;
        }

        var (left, right) = (curve[after - 1], curve[after]);
        return right.X > left.X ? left.Y + ((x - left.X) / (right.X - left.X) * (right.Y - left.Y)) : right.Y;
    }

    public static string Rate(double rate) => ReportNumber.Plain(rate, 3);

    private static string Value(double value) => ReportNumber.Plain(value, ReportNumber.Digits(value, null));
}
