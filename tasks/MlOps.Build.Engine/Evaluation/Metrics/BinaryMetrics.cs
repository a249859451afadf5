using MlOps.Build.Contracts;
using static MlOps.Build.Engine.Evaluating.MetricDirection;
using static MlOps.Build.Engine.Evaluating.MetricMethod;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>The metrics of a model with two classes.</summary>
internal static class BinaryMetrics
{
    public static readonly MetricDefinition[] All =
    [
        Define("auc", "AUC", HigherIsBetter, Ranks, rows => new AucColumn(rows.Order)),
        Define("average-precision", "average precision", HigherIsBetter, Resampling, rows => new AveragePrecisionColumn(rows.Order)),
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
        Define("ks", "KS separation", HigherIsBetter, Resampling, rows => new SeparationColumn(rows.Order)),
        Define("calibration-in-the-large", "calibration in the large", ZeroIsBest, Resampling, rows => new MeanColumn(RowLosses.Error(rows.Labels, rows.Score))),
        OnRequest(Confusion("npv", "negative predictive value", MetricMethod.Proportion, counts => counts.NegativePredictiveValue)),
        OnRequest(FBeta("f2", 2)),
        OnRequest(Confusion("cohen-kappa", "Cohen's kappa", Resampling, counts => counts.Kappa)),
        OnRequest(Confusion("jaccard", "Jaccard index", Resampling, counts => counts.Jaccard)),
        OnRequest(Define("gini", "Gini coefficient", HigherIsBetter, Resampling, rows => new GiniColumn(rows.Order))),
        OnRequest(Define("pr-auc", "area under the precision-recall curve", HigherIsBetter, Resampling, rows => new PrecisionRecallAreaColumn(rows.Order))),
        OnRequest(Define("log-loss-reduction", "log loss reduction", HigherIsBetter, Resampling, rows => new LogLossReductionColumn(rows.Labels, rows.Score))),
        OnRequest(Define("mce", "maximum calibration error", LowerIsBetter, Resampling, rows => new CalibrationErrorColumn(rows.Score, row => rows.Labels[row] == 1, largest: true))),
        OnRequest(Define("ece-equal-mass", "calibration error over bins of equal size", LowerIsBetter, Resampling, rows => new EqualMassCalibrationColumn(rows.Order, rows.Labels, rows.Score))),
        OnRequest(Lift("lift@0.1", 0.1)),
    ];

    /// <summary>The weighted harmonic mean of precision and recall, in which recall counts beta times as much (van Rijsbergen 1979).</summary>
    public static MetricDefinition FBeta(string name, double beta)
        => Confusion(name, $"F{EvaluationProblems.Number(beta)}", Resampling, counts => counts.FBeta(beta));

    /// <summary>How much more often positives come in the share of rows with the largest scores than in all rows.</summary>
    public static MetricDefinition Lift(string name, double share)
        => Define(name, $"lift in the first {EvaluationProblems.Number(share * 100)} %", HigherIsBetter, Resampling, rows => new LiftColumn(rows.Order, share));

    public static MetricDefinition CalibrationError(string name, int bins)
        => Define(name, $"expected calibration error over {bins} bins", LowerIsBetter, Resampling, rows => new CalibrationErrorColumn(rows.Score, row => rows.Labels[row] == 1, bins));

    private static MetricDefinition OnRequest(MetricDefinition metric) => metric with { OnRequest = true };

    private static MetricDefinition Define(
        string name, string title, MetricDirection direction, MetricMethod method, Func<ScoredRows, IMetricColumn> bind)
        => new(name, title, ModelTask.BinaryClassification, direction, method, bind) { NeedsScores = true };

    private static MetricDefinition Confusion(
        string name, string title, MetricMethod method, Func<ConfusionCounts, double> metric)
        => Define(name, title, HigherIsBetter, method, rows => new ConfusionColumn(rows.Cells, metric));
}
