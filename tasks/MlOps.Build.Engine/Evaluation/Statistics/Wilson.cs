namespace MlOps.Build.Engine.Evaluating;

/// <summary>Wilson's score interval of a proportion (1927): holds its level for few rows and at 0 and 1.</summary>
public static class Wilson
{
    /// <summary>The interval for a proportion of <paramref name="trials"/>, at <paramref name="z"/> standard errors.</summary>
    public static Interval Of(double proportion, double trials, double z)
    {
        var square = z * z / trials;
        var centre = (proportion + (square / 2)) / (1 + square);
        var variance = (proportion * (1 - proportion) / trials) + (square / (4 * trials));
        var halfWidth = z * Math.Sqrt(variance) / (1 + square);
        return new(
            proportion == 0 ? 0 : Math.Max(0, centre - halfWidth),
            proportion == 1 ? 1 : Math.Min(1, centre + halfWidth));
    }
}
