namespace MlOps.Build.Engine.Evaluating;

/// <summary>Bounds from resampled values.</summary>
public static class BootstrapInterval
{
    /// <summary>Resampled values this close to the estimate count as equal to it, half below and half above.</summary>
    private const double Tie = 1e-12;

    /// <summary>The quantiles of the resampled values at both one-sided levels.</summary>
    public static Interval Percentile(double[] resampled, double confidence)
    {
        double[] sorted = [.. resampled.Order()];
        return new(Quantiles.Of(sorted, 1 - confidence), Quantiles.Of(sorted, confidence));
    }

    /// <summary>The quantiles mirrored at the estimate: twice the estimate minus them.</summary>
    public static Interval Basic(double[] resampled, double estimate, double confidence)
    {
        var quantiles = Percentile(resampled, confidence);
        return new((2 * estimate) - quantiles.Upper, (2 * estimate) - quantiles.Lower);
    }

    /// <summary>
    /// The quantiles corrected for bias and skew (BCa; Efron 1987, doi:10.1080/01621459.1987.10478410).
    /// </summary>
    public static Interval Corrected(double[] resampled, double estimate, double[] jackknife, double confidence)
    {
        var bias = Bias(resampled, estimate);
        var acceleration = Acceleration(jackknife);
        if (!double.IsFinite(bias) || !double.IsFinite(acceleration))
        {
            return Percentile(resampled, confidence);
        }

        double[] sorted = [.. resampled.Order()];
        var z = Normal.Quantile(confidence);
        return new(
            Quantiles.Of(sorted, Level(bias, acceleration, -z)),
            Quantiles.Of(sorted, Level(bias, acceleration, z)));
    }

    /// <summary>The normal quantile of the share of resampled values below the estimate.</summary>
    public static double Bias(double[] resampled, double estimate)
    {
        var below = 0.0;
        foreach (var value in resampled)
        {
            below += Math.Abs(value - estimate) <= Tie ? 0.5 : value < estimate ? 1 : 0;
        }

        return Normal.Quantile(below / resampled.Length);
    }

    /// <summary>Skew, from the values with each block left out.</summary>
    public static double Acceleration(double[] jackknife)
    {
        var mean = MeanVariance.Mean(jackknife);
        double squares = 0, cubes = 0;
        foreach (var value in jackknife)
        {
            var d = mean - value;
            squares += d * d;
            cubes += d * d * d;
        }

        return squares == 0 ? 0 : cubes / (6 * Math.Pow(squares, 1.5));
    }

    /// <summary>The level at which the quantile is taken instead of the nominal one.</summary>
    public static double Level(double bias, double acceleration, double z)
        => Normal.Cumulative(bias + ((bias + z) / (1 - (acceleration * (bias + z)))));
}
