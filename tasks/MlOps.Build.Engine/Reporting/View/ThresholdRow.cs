using MlOps.Build.Contracts;
using MlOps.Build.Engine.Evaluating;

namespace MlOps.Build.Engine.Reporting;

/// <summary>What one side decides where a score of <paramref name="Threshold"/> or more is predicted positive.</summary>
internal sealed record ThresholdRow(double Threshold, long Found, long FalseAlarms, long Missed, long RightlyQuiet)
{
    private long Rows => Found + FalseAlarms + Missed + RightlyQuiet;

    public double Precision => Share(Found, Found + FalseAlarms);

    public double Recall => Share(Found, Found + Missed);

    public double Specificity => Share(RightlyQuiet, RightlyQuiet + FalseAlarms);

    public double F1 => Share(2 * Found, (2 * Found) + FalseAlarms + Missed);

    public double Accuracy => Share(Found + RightlyQuiet, Rows);

    public double Alarms => Share(Found + FalseAlarms, Rows);

    public double FalseAlarmsInThousand => 1000 * Share(FalseAlarms, Rows);

    public double MissedInThousand => 1000 * Share(Missed, Rows);

    /// <summary>The counts at <paramref name="percent"/> hundredths.</summary>
    public static ThresholdRow At(ScoreHistogram scores, int percent)
    {
        var (found, alarms) = (scores.Positive[percent..].Sum(), scores.Negative[percent..].Sum());
        return new(percent / 100.0, found, alarms, scores.Positive.Sum() - found, scores.Negative.Sum() - alarms);
    }

    /// <summary>What mistakes cost in a thousand rows.</summary>
    public double CostInThousand(double falseAlarm, double miss) => (falseAlarm * FalseAlarmsInThousand) + (miss * MissedInThousand);

    /// <summary>The cheapest of 99 thresholds; of equally cheap ones the smallest.</summary>
    public static ThresholdRow Cheapest(ScoreHistogram scores, long falseAlarm, long miss)
        => Enumerable.Range(1, ScoreBins.Count - 1).Select(percent => At(scores, percent)).MinBy(row => (falseAlarm * row.FalseAlarms) + (miss * row.Missed))!;

    private static double Share(long part, long all) => all == 0 ? double.NaN : (double)part / all;
}
