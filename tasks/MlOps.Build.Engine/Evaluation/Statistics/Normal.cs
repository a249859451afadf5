using MathNet.Numerics;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>The standard normal distribution.</summary>
public static class Normal
{
    /// <summary>The probability of a value above <paramref name="z"/>, exact far into the tail.</summary>
    public static double UpperTail(double z) => 0.5 * SpecialFunctions.Erfc(z / Math.Sqrt(2));

    /// <summary>The probability of a value at or below <paramref name="z"/>.</summary>
    public static double Cumulative(double z) => UpperTail(-z);

    /// <summary>Twice the tail beyond <paramref name="z"/>.</summary>
    public static double TwoSided(double z) => Math.Min(1, 2 * UpperTail(Math.Abs(z)));

    /// <summary>The value with probability <paramref name="p"/> below it.</summary>
    public static double Quantile(double p)
    {
        var z = -Math.Sqrt(2) * SpecialFunctions.ErfcInv(2 * p);

        // One Halley step takes the approximation to full precision.
        var error = (p < 0.5 ? Cumulative(z) - p : (1 - p) - UpperTail(z)) * Math.Sqrt(2 * Math.PI) * Math.Exp(z * z / 2);
        return double.IsFinite(error) ? z - (error / (1 + (z * error / 2))) : z;
    }
}
