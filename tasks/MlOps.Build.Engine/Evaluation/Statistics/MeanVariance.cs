namespace MlOps.Build.Engine.Evaluating;

/// <summary>A mean over rows and the variance of that mean.</summary>
public static class MeanVariance
{
    /// <summary>The variance of the mean of <paramref name="values"/>; NaN with one observation.</summary>
    public static double OfMean(double[] values, int[]? groups)
    {
        var mean = Mean(values);
        var rows = (double)values.Length;
        if (groups is not null)
        {
            return Clusters.VarianceOfSum(values.Length, i => (values[i] - mean) / rows, groups);
        }

        if (values.Length < 2)
        {
            return double.NaN;
        }

        var squares = 0.0;
        foreach (var value in values)
        {
            squares += (value - mean) * (value - mean);
        }

        return squares / (rows - 1) / rows;
    }

    public static double Mean(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }

    /// <summary>The sample variance, with n - 1.</summary>
    public static double Of(ReadOnlySpan<double> values)
    {
        var mean = Mean(values);
        var squares = 0.0;
        foreach (var value in values)
        {
            squares += (value - mean) * (value - mean);
        }

        return squares / (values.Length - 1);
    }
}
