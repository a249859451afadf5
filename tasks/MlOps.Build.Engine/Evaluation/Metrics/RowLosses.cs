namespace MlOps.Build.Engine.Evaluating;

/// <summary>A number for each row, to be averaged.</summary>
internal static class RowLosses
{
    /// <summary>Probabilities are kept this far from 0 and 1 before the logarithm is taken.</summary>
    public const double Clip = 1e-15;

    /// <summary>The negative logarithm, in nats, of the probability given to what came.</summary>
    public static double[] LogLoss(double[] labels, double[] scores)
        => Each(labels, scores, (label, score) => -Math.Log(label == 1 ? Clipped(score) : 1 - Clipped(score)));

    public static double[] SquaredError(double[] labels, double[] values)
        => Each(labels, values, (label, value) => (label - value) * (label - value));

    public static double[] AbsoluteError(double[] labels, double[] values)
        => Each(labels, values, (label, value) => Math.Abs(label - value));

    /// <summary>Prediction minus label.</summary>
    public static double[] Error(double[] labels, double[] values) => Each(labels, values, (label, value) => value - label);

    public static double[] Correct(double[] labels, double[] scores, double threshold)
        => Each(labels, scores, (label, score) => label == 1 == score >= threshold ? 1 : 0);

    /// <summary>|label - prediction| / |label|; NaN where the label is 0.</summary>
    public static double[] PercentageError(double[] labels, double[] values)
        => Each(labels, values, (label, value) => label == 0 ? double.NaN : Math.Abs((label - value) / label));

    /// <summary>2 |label - prediction| / (|label| + |prediction|); 0 where both are 0.</summary>
    public static double[] SymmetricPercentageError(double[] labels, double[] values)
        => Each(labels, values, (label, value) => label == 0 && value == 0
            ? 0
            : 2 * Math.Abs(label - value) / (Math.Abs(label) + Math.Abs(value)));

    /// <summary>The loss whose minimum is a quantile.</summary>
    public static double[] Pinball(double[] labels, double[] values, double quantile)
        => Each(labels, values, (label, value)
            => label >= value ? quantile * (label - value) : (1 - quantile) * (value - label));

    public static double Clipped(double probability) => Math.Clamp(probability, Clip, 1 - Clip);

    private static double[] Each(double[] labels, double[] values, Func<double, double, double> loss)
    {
        var losses = new double[labels.Length];
        for (var i = 0; i < losses.Length; i++)
        {
            losses[i] = loss(labels[i], values[i]);
        }

        return losses;
    }
}
