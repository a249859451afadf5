using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>Two proportions of independent rows.</summary>
internal static class TwoProportions
{
    /// <summary>The tests and intervals there are.</summary>
    /// <param name="first">Successes and trials of the first.</param>
    /// <param name="second">Successes and trials of the second.</param>
    /// <param name="z">The quantile of the intervals' ends.</param>
    public static TwoGroupTest Of((long Successes, long Trials) first, (long Successes, long Trials) second, double z)
    {
        var (p, q) = ((double)first.Successes / first.Trials, (double)second.Successes / second.Trials);
        var pooled = (double)(first.Successes + second.Successes) / (first.Trials + second.Trials);
        var error = Math.Sqrt(pooled * (1 - pooled) * ((1.0 / first.Trials) + (1.0 / second.Trials)));
        var (a, b) = (Wilson.Of(p, first.Trials, z), Wilson.Of(q, second.Trials, z));
        var ratio = Ratio(first, second, z);
        return new()
        {
            Difference = p - q,
            Statistic = error == 0 ? null : (p - q) / error,
            PValue = error == 0 ? 1 : Normal.TwoSided((p - q) / error),
            Interval = new(
                "Newcombe",
                p - q - Distance(p - a.Lower, b.Upper - q),
                p - q + Distance(a.Upper - p, q - b.Lower)),
            Ratio = p == 0 && q == 0 ? null : Math.Min(p, q) / Math.Max(p, q),
            RatioInterval = ratio is { } bounds ? new("Katz, log", bounds.Lower, bounds.Upper) : null,
        };
    }

    private static Interval? Ratio((long Successes, long Trials) first, (long Successes, long Trials) second, double z)
    {
        if (first.Successes == 0 || second.Successes == 0)
        {
            return null;
        }

        var (p, q) = ((double)first.Successes / first.Trials, (double)second.Successes / second.Trials);
        var log = Math.Log(Math.Min(p, q) / Math.Max(p, q));
        var error = Math.Sqrt(((1 - p) / first.Successes) + ((1 - q) / second.Successes));
        return new(Math.Exp(log - (z * error)), Math.Exp(log + (z * error)));
    }

    private static double Distance(double first, double second) => Math.Sqrt((first * first) + (second * second));
}
