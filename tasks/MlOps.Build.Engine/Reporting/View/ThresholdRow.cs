using MlOps.Build.Contracts;

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

    private static double Share(long part, long all) => all == 0 ? double.NaN : (double)part / all;
}
