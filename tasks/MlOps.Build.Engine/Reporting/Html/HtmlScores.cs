using System.Xml.Linq;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Evaluating;

namespace MlOps.Build.Engine.Reporting;

/// <summary>Charts of the scores of two classes: precision and recall, and which scores each class gets.</summary>
internal static class HtmlScores
{
    private const int BinsShown = 20;

    /// <summary>Precision by recall. The points are those of the ROC curve: precision follows from both rates and the classes' rows.</summary>
    public static XElement? PrecisionRecall(ReportView view, EvaluationCharts charts)
    {
        if (charts.RocChallenger.Length == 0 || view.Input.Evaluation.Holdout.Classes is not [var negative, var positive] || negative.Rows == 0 || positive.Rows == 0)
        {
            return null;
        }

        var z = Normal.Quantile(view.Input.Evaluation.Confidence);
        var plot = Plot.Unit("Recall", "Precision");
        var (challenger, baseline) = (Curve(charts.RocChallenger), Curve(charts.RocBaseline));
        var share = (double)positive.Rows / (positive.Rows + negative.Rows);
        var drawing = Svg.Drawing(Plot.Width, Plot.Height, "Precision and recall", "Precision against recall; the higher the curve, the better. The dotted line is a model that guesses. The numbers are in the table below.",
            plot.Axes(),
            Svg.Line("reference", plot.X.Of(0), plot.Y.Of(share), plot.X.Of(1), plot.Y.Of(share)),
            Band("baseline-band", plot, baseline, z),
            Band("challenger-band", plot, challenger, z),
            baseline.Length > 0 ? Svg.Path("baseline curve", baseline.Select(point => plot.At(point.Recall, point.Precision))) : null,
            Svg.Path("challenger curve", challenger.Select(point => plot.At(point.Recall, point.Precision))));
        double[] recalls = [0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95];
        return HtmlCharts.Figure("Precision and recall", drawing, HtmlCharts.LegendOf(view, baseline.Length > 0), Html.Table(
            "Precision at a recall.",
            ["Recall", $"{view.BaselineName}#", $"{view.ChallengerName}#"],
            recalls.Select(recall => (IReadOnlyList<object>)[HtmlCharts.Rate(recall), At(baseline, recall), At(challenger, recall)])));

        (double Recall, double Precision, double Alarms)[] Curve(ChartPoint[] roc) =>
        [
            .. roc.Select(point => (Recall: point.Y, Found: point.Y * positive.Rows, Alarms: (point.Y * positive.Rows) + (point.X * negative.Rows)))
                .Where(point => point.Alarms > 0)
                .Select(point => (point.Recall, point.Found / point.Alarms, point.Alarms)),
        ];
    }

    /// <summary>What lies between Wilson's bounds of each point at its own threshold.</summary>
    public static XElement? Band(string look, Plot plot, IReadOnlyList<(double At, double Proportion, double Rows)> points, double z)
    {
        if (points.Count == 0)
        {
            return null;
        }

        var bounds = points.Select(point => (point.At, Interval: Wilson.Of(Math.Clamp(point.Proportion, 0, 1), point.Rows, z))).ToList();
        return Svg.Area(look, bounds.Select(item => plot.At(item.At, item.Interval.Upper)).Concat(bounds.AsEnumerable().Reverse().Select(item => plot.At(item.At, item.Interval.Lower))));
    }

    /// <summary>The scores of each class, as shares of its rows.</summary>
    public static IEnumerable<XElement> Distributions(ReportView view, EvaluationCharts charts)
    {
        if (ScoreBins.Sound(charts.ScoresChallenger) is not { } challenger)
        {
            yield break;
        }

        foreach (var (place, of) in new (int, Func<ScoreHistogram, long[]>)[] { (1, scores => scores.Positive), (0, scores => scores.Negative) })
        {
            var name = MarkdownDetails.ClassName(view.Input.Evaluation, place);
            var (after, before) = (Shares(of(challenger)), ScoreBins.Sound(charts.ScoresBaseline) is { } baseline ? Shares(of(baseline)) : []);
            var plot = Plot.Of([0, 1], [0, .. after, .. before], "Score", "Share of the rows");
            var drawing = Svg.Drawing(Plot.Width, Plot.Height, $"Scores of rows that are {name}", "Share of the rows by score, in bins of 0.05. The numbers are in the table below.",
                plot.Axes(),
                before.Length > 0 ? Svg.Path("baseline curve", Steps(plot, before)) : null,
                Svg.Path("challenger curve", Steps(plot, after)));
            yield return HtmlCharts.Figure($"Scores of rows that are {name}", drawing, HtmlCharts.LegendOf(view, before.Length > 0), Html.Table(
                $"Share of the rows that are {name} by score.",
                ["Score", $"{view.BaselineName}#", $"{view.ChallengerName}#"],
                Enumerable.Range(0, BinsShown).Select(bin => (IReadOnlyList<object>)
                    [$"{ReportNumber.Plain((double)bin / BinsShown, 2)} to {ReportNumber.Plain((bin + 1.0) / BinsShown, 2)}", before.Length > 0 ? HtmlCharts.Rate(before[bin]) : ReportNumber.None, HtmlCharts.Rate(after[bin])])));
        }
    }

    private static double[] Shares(long[] counts)
    {
        var all = Math.Max(1, counts.Sum());
        return [.. counts.Chunk(ScoreBins.Count / BinsShown).Select(bin => (double)bin.Sum() / all)];
    }

    private static IEnumerable<(double X, double Y)> Steps(Plot plot, double[] shares)
        => shares.SelectMany((share, bin) => new[] { plot.At((double)bin / BinsShown, share), plot.At((bin + 1.0) / BinsShown, share) });

    private static string At((double Recall, double Precision, double Alarms)[] curve, double recall)
        => Array.FindIndex(curve, point => point.Recall >= recall) is var place and >= 0 ? HtmlCharts.Rate(curve[place].Precision) : ReportNumber.None;
}
