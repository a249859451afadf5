using System.Globalization;
using MlOps.Build.Contracts;
using static MlOps.Build.Engine.Reporting.Html;

namespace MlOps.Build.Engine.Reporting;

/// <summary>Where the cheapest threshold lies when false alarms and misses cost differently: all ratios at once, so nothing has to be typed or chosen.</summary>
internal static class HtmlCosts
{
    /// <summary>What a false alarm costs and what a miss costs.</summary>
    private static readonly (int FalseAlarm, int Miss)[] Ratios = [(10, 1), (5, 1), (2, 1), (1, 1), (1, 2), (1, 5), (1, 10)];

    public static object[] Part(ReportView view, ScoreHistogram challenger, ScoreHistogram? baseline) =>
    [
        E("h3", "Where mistakes cost differently"),
        E("p", Class("soft"), "On the rows that judge it the cheapest threshold looks cheaper than it is. To have it chosen on validation rows, write this under ", E("code", "gate"), " in mlops.yml: ", E("code", "threshold: { choose: cost, false-positive: 1, false-negative: 5 }")),
        Table(
            "The cheapest of 99 thresholds, and what mistakes then cost in 1,000 rows, for a false alarm and a miss at these costs.",
            ["False alarm : miss", $"{view.BaselineName} from#", "Cost#", $"{view.ChallengerName} from#", "Cost#"],
            Ratios.Select(ratio => (IReadOnlyList<object>)
            [
                string.Create(CultureInfo.InvariantCulture, $"{ratio.FalseAlarm} : {ratio.Miss}"),
                .. Side(baseline, ratio),
                .. Side(challenger, ratio),
            ])),
    ];

    private static string[] Side(ScoreHistogram? scores, (int FalseAlarm, int Miss) ratio)
    {
        if (scores is null)
        {
            return [ReportNumber.None, ReportNumber.None];
        }

        var row = ThresholdRow.Cheapest(scores, ratio.FalseAlarm, ratio.Miss);
        var cost = row.CostInThousand(ratio.FalseAlarm, ratio.Miss);
        return [row.Threshold.ToString("0.00", CultureInfo.InvariantCulture), double.IsNaN(cost) ? ReportNumber.None : ReportNumber.Plain(cost, 1)];
    }
}
