using MlOps.Build.Contracts;
using static MlOps.Build.Engine.Evaluating.MetricDirection;
using static MlOps.Build.Engine.Evaluating.MetricMethod;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>The metrics of a model with several classes.</summary>
internal static class MulticlassMetrics
{
    public static readonly MetricDefinition[] All =
    [
        Confusion("macro-f1", "macro F1", confusion => confusion.MacroF1),
        Define("accuracy", "accuracy", HigherIsBetter, Correctness, rows => new MeanColumn(MulticlassRows.Correct(rows))),
        Confusion("balanced-accuracy", "balanced accuracy", confusion => confusion.BalancedAccuracy),
        Confusion("micro-f1", "micro F1", confusion => confusion.MicroF1),
        Confusion("weighted-f1", "weighted F1", confusion => confusion.WeightedF1),
        Scored("log-loss", "log loss", LowerIsBetter, Mean, rows => new MeanColumn(MulticlassRows.LogLoss(rows))),
        Scored("brier", "Brier score", LowerIsBetter, Mean, rows => new MeanColumn(MulticlassRows.Brier(rows))),
        Scored("auc-ovr", "AUC, one against the rest", HigherIsBetter, Resampling, rows => new OneVersusRestAucColumn(rows)),
        Scored("auc-ovo", "AUC, one against one", HigherIsBetter, Resampling, rows => new OneVersusOneAucColumn(rows)),
        Scored("ece", "expected calibration error", LowerIsBetter, Resampling, MulticlassRows.TopLabelCalibration),
        OnRequest(Confusion("macro-precision", "macro precision", confusion => confusion.MacroPrecision)),
        OnRequest(Confusion("macro-recall", "macro recall", confusion => confusion.MacroRecall)),
        OnRequest(Confusion("mcc", "Matthews correlation", confusion => confusion.Mcc)),
        OnRequest(Confusion("cohen-kappa", "Cohen's kappa", confusion => confusion.Kappa)),
        OnRequest(Top("top-k@2", 2)),
    ];

    /// <summary>The share of rows whose class is among the k with the largest probabilities; of equal ones the first class counts.</summary>
    public static MetricDefinition Top(string name, int k)
        => Scored(name, $"accuracy of the first {k}", HigherIsBetter, Mean, rows => new MeanColumn(MulticlassRows.InTop(rows, k)));

    private static MetricDefinition OnRequest(MetricDefinition metric) => metric with { OnRequest = true };

    private static MetricDefinition Define(
        string name, string title, MetricDirection direction, MetricMethod method, Func<ScoredRows, IMetricColumn> bind)
        => new(name, title, ModelTask.MulticlassClassification, direction, method, bind);

    private static MetricDefinition Scored(
        string name, string title, MetricDirection direction, MetricMethod method, Func<ScoredRows, IMetricColumn> bind)
        => Define(name, title, direction, method, bind) with { NeedsScores = true };

    private static MetricDefinition Confusion(string name, string title, MulticlassMetric metric)
        => Define(name, title, HigherIsBetter, Resampling, rows => new MulticlassConfusionColumn(rows, metric));
}
