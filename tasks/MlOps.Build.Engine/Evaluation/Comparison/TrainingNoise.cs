namespace MlOps.Build.Engine.Evaluating;

/// <summary>
/// Adds the noise between trainings to the error of the rows: variance sd² / k + SE², Student's t with the degrees of
/// freedom of Satterthwaite (1946) from k - 1 and n - 1.
/// </summary>
internal static class TrainingNoise
{
    /// <summary>The estimate of a quantity that was measured once a replicate.</summary>
    /// <param name="perReplicate">The quantity in each replicate.</param>
    /// <param name="error">The error of the rows.</param>
    /// <param name="observations">Independent rows or groups.</param>
    /// <param name="confidence">The level of each bound.</param>
    public static Estimate Add(double[] perReplicate, SamplingError error, int observations, double confidence)
    {
        var value = MeanVariance.Mean(perReplicate);
        var k = perReplicate.Length;
        var noise = k < 2 ? 0 : MeanVariance.Of(perReplicate);
        var estimate = new Estimate
        {
            Value = value,
            TrainingNoise = k < 2 ? null : Math.Sqrt(noise),
            Replicates = k,
            Method = error.Method,
            Note = error.Note,
        };
        if (double.IsNaN(error.Variance))
        {
            return estimate;
        }

        var total = error.Variance + (noise / k);
        var df = k < 2 || total == 0 ? error.DegreesOfFreedom : Satterthwaite(noise / k, k, error.Variance, observations);
        var standardError = Math.Sqrt(total);
        var reach = StudentT.Quantile(confidence, df) * standardError;
        return estimate with
        {
            StandardError = standardError,
            SamplingError = Math.Sqrt(error.Variance),
            DegreesOfFreedom = df,
            Bounds = k < 2
                ? error.Bounds ?? Interval.Around(value, reach)
                : Widened(value, error, reach, StudentT.Quantile(confidence, error.DegreesOfFreedom)),
            PValue = k < 2 && error.PValue is { } p ? p : TwoSided(value, standardError, df),
        };
    }

    /// <summary>Bounds with a shape of their own keep it: each side grows by the same factor as the error.</summary>
    private static Interval Widened(double value, SamplingError error, double reach, double quantile)
    {
        if (error.Bounds is not { } bounds)
        {
            return Interval.Around(value, reach);
        }

        var below = value - bounds.Lower;
        var above = bounds.Upper - value;
        if (error.Variance == 0)
        {
            return new(value - Math.Sqrt((below * below) + (reach * reach)), value + Math.Sqrt((above * above) + (reach * reach)));
        }

        var factor = reach / (quantile * Math.Sqrt(error.Variance));
        return new(
            value - (below > 0 ? below * factor : reach),
            value + (above > 0 ? above * factor : reach));
    }

    private static double Satterthwaite(double noise, int replicates, double sampling, int observations)
    {
        var total = noise + sampling;
        var parts = (noise * noise / (replicates - 1)) + (sampling * sampling / Math.Max(1, observations - 1));
        return total * total / parts;
    }

    private static double TwoSided(double value, double standardError, double? df)
        => standardError == 0 ? (value == 0 ? 1 : 0) : StudentT.TwoSided(value / standardError, df);
}
