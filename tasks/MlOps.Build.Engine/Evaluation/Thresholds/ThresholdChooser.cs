using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>
/// The best threshold of a rule on some rows: one sort, then one pass. Only scores of these rows are tried, and 1 where every score
/// lies below it, which predicts nothing positive. Of thresholds that are equally good the smallest is taken.
/// </summary>
internal static class ThresholdChooser
{
    public static ChosenThreshold Choose(ThresholdRule rule, ReadOnlySpan<double> labels, ReadOnlySpan<double> scores)
    {
        var order = scores.ToArray();
        var truth = labels.ToArray();
        Array.Sort(order, truth);
        long positives = 0;
        foreach (var label in truth)
        {
            positives += label == 1 ? 1 : 0;
        }

        // From the smallest score up: what lies below the threshold is predicted negative.
        ChosenThreshold? best = null;
        decimal? bestRank = null;
        long missed = 0, quiet = 0;
        for (var row = 0; row < order.Length;)
        {
            Try(order[row]);
            for (var score = order[row]; row < order.Length && order[row] == score; row++)
            {
                _ = truth[row] == 1 ? missed++ : quiet++;
            }
        }

        if (order[^1] < 1)
        {
            Try(1);
        }

        return best!;

        void Try(double threshold)
        {
            var counts = new ChosenThreshold(threshold, 0, positives - missed, order.Length - positives - quiet, missed, quiet);
            var rank = Rank(rule, counts);
            if (bestRank is null || rank > bestRank)
            {
                (best, bestRank) = (counts with { Value = Value(rule, counts) }, rank);
            }
        }
    }

    /// <summary>What the rule says of these counts, as people read it: Youden's J, F-beta, or the cost of a row.</summary>
    public static double Value(ThresholdRule rule, ChosenThreshold counts) => rule.Criterion switch
    {
        ThresholdCriterion.Youden => (double)(Rank(rule, counts) / ((decimal)(counts.Found + counts.Missed) * (counts.FalseAlarms + counts.RightlyQuiet))),
        ThresholdCriterion.FBeta => (double)Rank(rule, counts),
        _ => (double)(-Rank(rule, counts) / (counts.Found + counts.FalseAlarms + counts.Missed + counts.RightlyQuiet)),
    };

    /// <summary>Larger is better. Decimals: rounding must not tell apart what is equally good.</summary>
    private static decimal Rank(ThresholdRule rule, ChosenThreshold counts) => rule.Criterion switch
    {
        ThresholdCriterion.Youden => ((decimal)counts.Found * counts.RightlyQuiet) - ((decimal)counts.Missed * counts.FalseAlarms),
        ThresholdCriterion.FBeta => FBeta((decimal)rule.Beta, counts),
        _ => -(((decimal)rule.FalsePositive * counts.FalseAlarms) + ((decimal)rule.FalseNegative * counts.Missed)),
    };

    private static decimal FBeta(decimal beta, ChosenThreshold counts)
    {
        var found = (1 + (beta * beta)) * counts.Found;
        return counts.Found == 0 ? 0 : found / (found + (beta * beta * counts.Missed) + counts.FalseAlarms);
    }
}
