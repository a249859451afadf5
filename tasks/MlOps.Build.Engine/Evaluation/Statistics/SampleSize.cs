namespace MlOps.Build.Engine.Evaluating;

/// <summary>How many rows a question needs, one-sided.</summary>
public static class SampleSize
{
    /// <summary>The power that reports speak of.</summary>
    public const double Power = 0.8;

    /// <summary>
    /// Rows to find a difference of accuracy on the same rows, when the models differ on a share
    /// <paramref name="discordant"/> of them (Connor 1987, doi:10.2307/2531961).
    /// </summary>
    public static long PairedAccuracy(double discordant, double difference, double alpha, double power)
    {
        var (a, b) = (Normal.Quantile(1 - alpha), Normal.Quantile(power));
        var root = ((a * Math.Sqrt(discordant)) + (b * Math.Sqrt(discordant - (difference * difference)))) / difference;
        return RoundUp(root * root);
    }

    /// <summary>The standard error of an AUC from its value and the class counts (Hanley and McNeil 1982).</summary>
    public static double AucStandardError(double auc, double positives, double negatives)
    {
        var q1 = auc / (2 - auc);
        var q2 = 2 * auc * auc / (1 + auc);
        var variance = (auc * (1 - auc)) + ((positives - 1) * (q1 - (auc * auc))) + ((negatives - 1) * (q2 - (auc * auc)));
        return Math.Sqrt(variance / (positives * negatives));
    }

    /// <summary>
    /// Rows to show that an AUC is not worse by a margin, when the two AUCs correlate (Hanley and McNeil 1983).
    /// </summary>
    public static long AucNotWorse(
        double auc, double correlation, double margin, double prevalence, double alpha, double power)
    {
        var distance = Normal.Quantile(1 - alpha) + Normal.Quantile(power);
        bool Suffices(long rows)
        {
            var positives = Math.Round(rows * prevalence);
            var standardError = AucStandardError(auc, positives, rows - positives);
            return distance * Math.Sqrt(2 * (1 - correlation)) * standardError <= margin;
        }

        var (low, high) = (0L, 4L);
        while (!Suffices(high))
        {
            (low, high) = (high, high * 2);
        }

        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            (low, high) = Suffices(middle) ? (low, middle) : (middle, high);
        }

        // Positives are whole rows, so a few rows less may suffice again.
        while (Suffices(high - 1))
        {
            high--;
        }

        return high;
    }

    /// <summary>Rows to show that a mean of paired differences is not worse by a margin.</summary>
    public static long PairedMeanNotWorse(double standardDeviation, double margin, double alpha, double power)
    {
        var root = (Normal.Quantile(1 - alpha) + Normal.Quantile(power)) * standardDeviation / margin;
        return RoundUp(root * root);
    }

    private static long RoundUp(double rows) => (long)Math.Ceiling(rows);
}
