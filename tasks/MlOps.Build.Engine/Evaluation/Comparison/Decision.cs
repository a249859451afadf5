namespace MlOps.Build.Engine.Evaluating;

/// <summary>What follows from an estimate and a limit: p-value of harm, the smallest change seen, the rows that decide.</summary>
internal static class Decision
{
    private const double MostRows = 1e12;

    /// <summary>
    /// One-sided p-value of "not below the limit", consistent with the bounds: it is below 1 - confidence exactly when
    /// the upper bound is below the limit, also where the bounds are skewed.
    /// </summary>
    public static double? HarmPValue(Estimate estimate, double limit, double confidence)
    {
        if (estimate.Bounds is not { } bounds)
        {
            return null;
        }

        var distance = limit - estimate.Value;
        var reach = distance > 0 ? bounds.Upper - estimate.Value : estimate.Value - bounds.Lower;
        if (reach <= 0)
        {
            return distance > 0 ? 0 : 1;
        }

        var quantile = StudentT.Quantile(confidence, estimate.DegreesOfFreedom);
        return StudentT.UpperTail(distance / reach * quantile, estimate.DegreesOfFreedom);
    }

    /// <summary>The smallest change that would be found with a power of 80 %.</summary>
    public static double? MinimalDetectable(Estimate estimate, double confidence)
        => estimate.StandardError is { } error
            ? (StudentT.Quantile(confidence, estimate.DegreesOfFreedom) + Normal.Quantile(SampleSize.Power)) * error
            : null;

    /// <summary>
    /// Rows that would decide with a power of 80 % if the estimate stayed; null where it is decided, or where training
    /// noise alone is too large for any number of rows.
    /// </summary>
    public static long? RowsToDecide(Estimate estimate, double limit, int rows, double confidence)
    {
        if (estimate.Bounds is not { } bounds || bounds.Lower > limit || bounds.Upper < limit)
        {
            return null;
        }

        var distance = estimate.Value - limit;
        var factor = StudentT.Quantile(confidence, estimate.DegreesOfFreedom) + Normal.Quantile(SampleSize.Power);
        var noise = (estimate.TrainingNoise ?? 0) * (estimate.TrainingNoise ?? 0) / estimate.Replicates;
        var room = (distance * distance / (factor * factor)) - noise;
        var needed = rows * estimate.SamplingError * estimate.SamplingError / room;
        return room > 0 && needed < MostRows && needed > rows ? (long)Math.Ceiling(needed) : null;
    }
}
