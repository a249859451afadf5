using System.Runtime.InteropServices;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>Rows by truth and prediction, and the metrics that follow from them.</summary>
/// <remarks>
/// A metric is undefined (NaN) where the <em>labels</em> do not define it. A model that never predicts positive has
/// a precision of 0 while there was something to find: were that undefined too, a collapsed model would not be
/// judged at all.
/// </remarks>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ConfusionCounts(
    long TruePositives, long FalsePositives, long TrueNegatives, long FalseNegatives)
{
    private double Positives => TruePositives + FalseNegatives;

    private double Negatives => TrueNegatives + FalsePositives;

    private double Rows => Positives + Negatives;

    public double Accuracy => Share(TruePositives + TrueNegatives, Rows);

    public double Recall => Share(TruePositives, Positives);

    public double Specificity => Share(TrueNegatives, Negatives);

    public double BalancedAccuracy => (Recall + Specificity) / 2;

    public double Precision
        => Positives == 0 ? double.NaN
            : TruePositives == 0 ? 0
            : TruePositives / (double)(TruePositives + FalsePositives);

    public double F1
        => Positives == 0 ? double.NaN : 2.0 * TruePositives / ((2.0 * TruePositives) + FalsePositives + FalseNegatives);

    public double NegativePredictiveValue
        => Negatives == 0 ? double.NaN
            : TrueNegatives == 0 ? 0
            : TrueNegatives / (double)(TrueNegatives + FalseNegatives);

    public double Jaccard
        => Positives == 0 ? double.NaN : TruePositives / ((double)TruePositives + FalsePositives + FalseNegatives);

    /// <summary>Agreement beyond chance (Cohen 1960, doi:10.1177/001316446002000104); 0 where both always say the same.</summary>
    public double Kappa
    {
        get
        {
            if (Positives == 0 || Negatives == 0)
            {
                return double.NaN;
            }

            var chance = ((Positives * (TruePositives + FalsePositives)) + (Negatives * (TrueNegatives + FalseNegatives))) / (Rows * Rows);
            return chance == 1 ? 0 : (Accuracy - chance) / (1 - chance);
        }
    }

    public double FBeta(double beta)
    {
        var square = beta * beta;
        return Positives == 0
            ? double.NaN
            : (1 + square) * TruePositives / (((1 + square) * TruePositives) + (square * FalseNegatives) + FalsePositives);
    }

    /// <summary>Matthews' correlation; 0 for a model that always says the same.</summary>
    public double Mcc
    {
        get
        {
            if (Positives == 0 || Negatives == 0)
            {
                return double.NaN;
            }

            var predictedPositives = (double)TruePositives + FalsePositives;
            var predictedNegatives = (double)TrueNegatives + FalseNegatives;
            var scale = Math.Sqrt(predictedPositives * predictedNegatives) * Math.Sqrt(Positives * Negatives);
            return scale == 0
                ? 0
                : (((double)TruePositives * TrueNegatives) - ((double)FalsePositives * FalseNegatives)) / scale;
        }
    }

    private static double Share(double part, double whole) => whole == 0 ? double.NaN : part / whole;
}
