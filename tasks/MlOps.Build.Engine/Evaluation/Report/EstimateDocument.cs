using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>A contrast of a metric as documents show it.</summary>
internal static class EstimateDocument
{
    /// <summary>Null where these rows do not define it.</summary>
    public static IntervalEstimate? Of(Comparison comparison, MetricDefinition metric, Contrast contrast)
    {
        var estimate = comparison.Of(metric, contrast);
        return !estimate.IsDefined
            ? null
            : new()
            {
                Value = estimate.Value,
                StandardError = estimate.StandardError,
                Lower = estimate.Shown?.Lower,
                Upper = estimate.Shown?.Upper,
                Method = estimate.Method,
                Others = Others(comparison, metric, contrast),
            };
    }

    /// <summary>The same interval by other methods.</summary>
    public static NamedInterval[] Others(Comparison comparison, MetricDefinition metric, Contrast contrast)
        => [.. comparison.Others(metric, contrast).Select(other => new NamedInterval(other.Method, other.Bounds.Lower, other.Bounds.Upper))];
}
