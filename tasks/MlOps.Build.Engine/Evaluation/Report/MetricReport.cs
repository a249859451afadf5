using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>Metrics of both sides as the report shows them.</summary>
internal static class MetricReport
{
    public static MetricResult[] Of(Comparison comparison, IEnumerable<MetricDefinition> metrics, double confidence)
        => [.. metrics.Select(metric => Of(comparison, metric, confidence))];

    private static MetricResult Of(Comparison comparison, MetricDefinition metric, double confidence)
    {
        var hasBaseline = comparison.Rows.HasBaseline;
        var challenger = comparison.Of(metric, Contrast.Own);
        var baseline = hasBaseline ? comparison.Of(metric, Contrast.OfBaseline) : null;
        var difference = hasBaseline ? comparison.Of(metric, Contrast.Difference(metric)) : null;
        return new()
        {
            Name = metric.Name,
            HigherIsBetter = metric.Direction == MetricDirection.HigherIsBetter,
            Challenger = Side(challenger, metric, comparison.Rows, baseline: false),
            Baseline = baseline is null ? null : Side(baseline, metric, comparison.Rows, baseline: true),
            Difference = difference is { IsDefined: true } ? Difference(difference, confidence) : null,
            Note = challenger.Note ?? difference?.Note,
        };
    }

    private static MetricEstimate? Side(Estimate estimate, MetricDefinition metric, EvaluatedRows rows, bool baseline)
    {
        if (!estimate.IsDefined)
        {
            return null;
        }

        // Rules judge the magnitude; people want the sign.
        return metric.Direction == MetricDirection.ZeroIsBest
            ? new(MeanVariance.Mean(rows.Values(metric, baseline)), null, null, estimate.StandardError, estimate.Method)
            : new(estimate.Value, estimate.Shown?.Lower, estimate.Shown?.Upper, estimate.StandardError, estimate.Method);
    }

    private static MetricDifference Difference(Estimate estimate, double confidence)
        => new()
        {
            Value = estimate.Value,
            StandardError = estimate.StandardError,
            DegreesOfFreedom = estimate.DegreesOfFreedom,
            Lower = estimate.Shown?.Lower,
            Upper = estimate.Shown?.Upper,
            PValue = estimate.PValue,
            MinimalDetectable = Decision.MinimalDetectable(estimate, confidence),
            TrainingNoise = estimate.TrainingNoise,
            Method = estimate.Method,
        };
}
