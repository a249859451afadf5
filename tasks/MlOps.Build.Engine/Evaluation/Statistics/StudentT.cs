using MathNet.Numerics;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>Student's t distribution; without degrees of freedom, the normal distribution.</summary>
public static class StudentT
{
    private const int Iterations = 100;

    /// <summary>The probability of a value above <paramref name="t"/>.</summary>
    public static double UpperTail(double t, double? degreesOfFreedom)
    {
        if (degreesOfFreedom is not { } df || double.IsInfinity(df))
        {
            return Normal.UpperTail(t);
        }

        if (double.IsInfinity(t))
        {
            return t > 0 ? 0 : 1;
        }

        // P(|T| > t) is the regularized incomplete beta function at df / (df + t²).
        var half = SpecialFunctions.BetaRegularized(df / 2, 0.5, df / (df + (t * t))) / 2;
        return t >= 0 ? half : 1 - half;
    }

    /// <summary>Twice the tail beyond <paramref name="t"/>.</summary>
    public static double TwoSided(double t, double? degreesOfFreedom)
        => Math.Min(1, 2 * UpperTail(Math.Abs(t), degreesOfFreedom));

    /// <summary>The value with probability <paramref name="p"/> below it, for p of at least one half.</summary>
    public static double Quantile(double p, double? degreesOfFreedom)
    {
        if (degreesOfFreedom is not { } df || double.IsInfinity(df))
        {
            return Normal.Quantile(p);
        }

        if (p < 0.5)
        {
            return -Quantile(1 - p, df);
        }

        // The tail is convex and heavier than the normal one, so Newton's steps from the normal quantile never overshoot.
        var t = Normal.Quantile(p);
        for (var i = 0; i < Iterations; i++)
        {
            var step = (UpperTail(t, df) - (1 - p)) / Density(t, df);
            t += step;
            if (Math.Abs(step) <= 1e-14 * t)
            {
                break;
            }
        }

        return t;
    }

    private static double Density(double t, double df)
        => Math.Exp(SpecialFunctions.GammaLn((df + 1) / 2) - SpecialFunctions.GammaLn(df / 2)
            - ((df + 1) / 2 * Math.Log(1 + (t * t / df)))) / Math.Sqrt(df * Math.PI);
}
