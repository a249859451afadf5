using MlOps.Build.Contracts;
using static MlOps.Build.Engine.Evaluating.MetricDirection;
using static MlOps.Build.Engine.Evaluating.MetricMethod;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>The metrics of a model with two classes.</summary>
internal static class BinaryMetrics
{
    public static readonly MetricDefinition[] All =
    [
        Define("auc", "AUC", HigherIsBetter, Ranks, rows => new AucColumn(rows.Labels, rows.Score)),
        Define("average-precision", "average precision", HigherIsBetter, Resampling, rows => new AveragePrecisionColumn(rows.Labels, rows.Score)),
        Define("log-loss", "log loss", LowerIsBetter, Mean, rows => new MeanColumn(RowLosses.LogLoss(rows.Labels, rows.Score))),
        Define("brier", "Brier score", LowerIsBetter, Mean, rows => new MeanColumn(RowLosses.SquaredError(rows.Labels, rows.Score))),
        Define("accuracy", "accuracy", HigherIsBetter, Correctness, rows => new MeanColumn(RowLosses.Correct(rows.Labels, rows.Score, rows.Threshold))),
        Confusion("balanced-accuracy", "balanced accuracy", Resampling, counts => counts.BalancedAccuracy),
        Confusion("precision", "precision", MetricMethod.Proportion, counts => counts.Precision),
        Confusion("recall", "recall", MetricMethod.Proportion, counts => counts.Recall),
        Confusion("specificity", "specificity", MetricMethod.Proportion, counts => counts.Specificity),
        Confusion("f1", "F1", Resampling, counts => counts.F1),
        Confusion("mcc", "Matthews correlation", Resampling, counts => counts.Mcc),
        Define("ece", "expected calibration error", LowerIsBetter, Resampling, rows => new CalibrationErrorColumn(rows.Score, row => rows.Labels[row] == 1)),
        Define("ks", "KS separation", HigherIsBetter, Resampling, rows => new SeparationColumn(rows.Labels, rows.Score)),
        Define("calibration-in-the-large", "calibration in the large", ZeroIsBest, Resampling, rows => new MeanColumn(RowLosses.Error(rows.Labels, rows.Score))),
    ];

    private static MetricDefinition Define(
        string name, string title, MetricDirection direction, MetricMethod method, Func<ScoredRows, IMetricColumn> bind)
        => new(name, title, ModelTask.BinaryClassification, direction, method, bind) { NeedsScores = true };

    private static MetricDefinition Confusion(
        string name, string title, MetricMethod method, Func<ConfusionCounts, double> metric)
        => Define(name, title, HigherIsBetter, method, rows => new ConfusionColumn(rows.Labels, rows.Score, rows.Threshold, metric));
}
