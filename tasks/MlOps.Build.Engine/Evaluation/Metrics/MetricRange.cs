using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>The values that a metric can have at all.</summary>
internal static class MetricRange
{
    public static readonly Interval Unbounded = new(double.NegativeInfinity, double.PositiveInfinity);

    private static readonly Interval Share = new(0, 1);
    private static readonly Interval Correlation = new(-1, 1);
    private static readonly Interval Loss = new(0, double.PositiveInfinity);
    private static readonly Interval Explained = new(double.NegativeInfinity, 1);

    /// <summary>The range of a metric of the catalogue, of its magnitude where zero is best; unbounded for one that is not of it.</summary>
    public static Interval Of(MetricDefinition metric) => metric.Direction == MetricDirection.ZeroIsBest
        ? Loss
        : Stem(metric.Name) switch
        {
            "brier" => metric.Task == ModelTask.BinaryClassification ? Share : Loss,
            "log-loss" or "rmse" or "mae" or "mse" or "medae" or "mape" or "smape" or "wape" or "pinball" or "max-error" or "lift" => Loss,
            "mcc" or "cohen-kappa" or "gini" or "pearson" or "spearman" => Correlation,
            "r2" or "explained-variance" or "log-loss-reduction" => Explained,
            "auc" or "auc-ovr" or "auc-ovo" or "average-precision" or "pr-auc" or "accuracy" or "balanced-accuracy" or "precision" or "recall" or "specificity"
                or "npv" or "f1" or "f2" or "f-beta" or "jaccard" or "ks" or "ece" or "ece-equal-mass" or "mce" or "top-k"
                or "macro-f1" or "micro-f1" or "weighted-f1" or "macro-precision" or "macro-recall" or "micro-precision" or "micro-recall"
                or "weighted-precision" or "weighted-recall" => Share,
            _ => Unbounded,
        };

    private static string Stem(string name)
    {
        var at = name.IndexOf('@', StringComparison.Ordinal);
        return at < 0 ? name : name[..at];
    }
}
