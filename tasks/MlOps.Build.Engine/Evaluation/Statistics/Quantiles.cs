namespace MlOps.Build.Engine.Evaluating;

/// <summary>Quantiles of type 7: linear between the values at (n - 1) q.</summary>
public static class Quantiles
{
    /// <summary>The quantile of sorted values.</summary>
    public static double Of(ReadOnlySpan<double> sorted, double q)
    {
        var place = (sorted.Length - 1) * Math.Clamp(q, 0, 1);
        var below = (int)place;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }
}
