using MathNet.Numerics;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>The exact interval of a proportion (Clopper and Pearson 1934, doi:10.1093/biomet/26.4.404): never too narrow, often too wide.</summary>
public static class ClopperPearson
{
    private const int Halvings = 200;

    /// <summary>The interval for <paramref name="successes"/> of <paramref name="trials"/>, each end at a one-sided level.</summary>
    public static Interval Of(long successes, long trials, double confidence)
        => new(
            successes == 0 ? 0 : Quantile(1 - confidence, successes, trials - successes + 1),
            successes == trials ? 1 : Quantile(confidence, successes + 1, trials - successes));

    /// <summary>The quantile of a beta distribution, by halving: its cumulative function rises everywhere.</summary>
    private static double Quantile(double p, double a, double b)
    {
        double low = 0, high = 1;
        for (var i = 0; i < Halvings && high - low > double.Epsilon; i++)
        {
            var middle = low + ((high - low) / 2);
            if (middle == low || middle == high)
            {
                break;
            }

            (low, high) = SpecialFunctions.BetaRegularized(a, b, middle) < p ? (middle, high) : (low, middle);
        }

        return low + ((high - low) / 2);
    }
}
