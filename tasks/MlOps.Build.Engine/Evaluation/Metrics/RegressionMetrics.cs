using MlOps.Build.Contracts;
using static MlOps.Build.Engine.Evaluating.MetricDirection;
using static MlOps.Build.Engine.Evaluating.MetricMethod;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>The metrics of a model that predicts a number.</summary>
internal static class RegressionMetrics
{
    private const double DefaultQuantile = 0.5;

    public static readonly MetricDefinition[] All =
    [
        Define("rmse", "RMSE", LowerIsBetter, Resampling, rows => new MeanColumn(RowLosses.SquaredError(rows.Labels, rows.Score), Math.Sqrt)),
        Define("mae", "mean absolute error", LowerIsBetter, Mean, rows => new MeanColumn(RowLosses.AbsoluteError(rows.Labels, rows.Score))),
        Define("mse", "mean squared error", LowerIsBetter, Mean, rows => new MeanColumn(RowLosses.SquaredError(rows.Labels, rows.Score))),
        Define("medae", "median absolute error", LowerIsBetter, Resampling, rows => new MedianColumn(RowLosses.AbsoluteError(rows.Labels, rows.Score))),
        Define("mape", "mean absolute percentage error", LowerIsBetter, Mean, rows => new MeanColumn(RowLosses.PercentageError(rows.Labels, rows.Score))),
        Define("smape", "symmetric percentage error", LowerIsBetter, Mean, rows => new MeanColumn(RowLosses.SymmetricPercentageError(rows.Labels, rows.Score))),
        Define("wape", "weighted absolute percentage error", LowerIsBetter, Resampling, rows => new RatioColumn(RowLosses.AbsoluteError(rows.Labels, rows.Score), [.. rows.Labels.Select(Math.Abs)])),
        Define("r2", "R²", HigherIsBetter, Resampling, rows => new DeterminationColumn(rows.Labels, rows.Score)),
        Define("bias", "bias", ZeroIsBest, Resampling, rows => new MeanColumn(RowLosses.Error(rows.Labels, rows.Score))),
        Pinball("pinball", DefaultQuantile),
        OnRequest(Define("max-error", "largest error", LowerIsBetter, Resampling, rows => new LargestColumn(RowLosses.AbsoluteError(rows.Labels, rows.Score)))),
        OnRequest(Define("explained-variance", "explained variance", HigherIsBetter, Resampling, rows => new ExplainedVarianceColumn(rows.Labels, rows.Score))),
        OnRequest(Define("pearson", "Pearson correlation", HigherIsBetter, Resampling, rows => new CorrelationColumn(rows.Labels, rows.Score))),
        OnRequest(Define("spearman", "Spearman correlation", HigherIsBetter, Resampling, rows => new RankCorrelationColumn(rows.Labels, rows.Score))),
    ];

    private static MetricDefinition OnRequest(MetricDefinition metric) => metric with { OnRequest = true };

    public static MetricDefinition Pinball(string name, double quantile)
        => Define(name, "pinball loss", LowerIsBetter, Mean, rows => new MeanColumn(RowLosses.Pinball(rows.Labels, rows.Score, quantile)));

    private static MetricDefinition Define(
        string name, string title, MetricDirection direction, MetricMethod method, Func<ScoredRows, IMetricColumn> bind)
        => new(name, title, ModelTask.Regression, direction, method, bind) { NeedsScores = true };
}
