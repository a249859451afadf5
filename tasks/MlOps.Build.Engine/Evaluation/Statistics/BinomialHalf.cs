using MathNet.Numerics;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>Tails of the binomial distribution with a fair coin, exact down to the smallest numbers.</summary>
internal static class BinomialHalf
{
    /// <summary>The probability of exactly <paramref name="k"/> heads in <paramref name="n"/> throws.</summary>
    public static double Probability(long k, long n)
        => Math.Exp(SpecialFunctions.GammaLn(n + 1.0) - SpecialFunctions.GammaLn(k + 1.0)
            - SpecialFunctions.GammaLn(n - k + 1.0) - (n * Math.Log(2)));

    /// <summary>The probability of at most <paramref name="k"/> heads.</summary>
    public static double AtMost(long k, long n)
    {
        var term = 1.0;
        var sum = 1.0;

        // Downwards from k, each term a ratio of its neighbour: nothing cancels.
        for (var i = k; i > 0 && term > sum * 1e-17; i--)
        {
            term *= i / (double)(n - i + 1);
            sum += term;
        }

        return Math.Min(1, sum * Probability(k, n));
    }
}
