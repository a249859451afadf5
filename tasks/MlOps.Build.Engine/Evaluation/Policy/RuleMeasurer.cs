using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>Measures one comparison of one rule on some rows.</summary>
internal static class RuleMeasurer
{
    /// <param name="comparison">The rows.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="limit">One of its limits.</param>
    /// <param name="slice">The slice, or null for the whole holdout.</param>
    /// <param name="confidence">The level of each bound.</param>
    /// <summary>What the gate needs to judge a limit.</summary>
    public static RuleMeasurement Measure(
        Comparison comparison, PolicyRule rule, PolicyLimit limit, SliceKey? slice, double confidence)
    {
        var rows = comparison.Rows;
        var empty = Empty(rule, limit, slice, rows.Count, MeasurementStatus.Measured, note: null) with
        {
            Challenger = Finite(comparison.Of(rule.Metric, Contrast.Own).Value),
            Baseline = rows.HasBaseline ? Finite(comparison.Of(rule.Metric, Contrast.OfBaseline).Value) : null,
        };
        if (limit.Contrast.NeedsBaseline && !rows.HasBaseline)
        {
            return empty with { Status = MeasurementStatus.NoBaseline, Note = "there is no baseline yet" };
        }

        var estimate = comparison.Of(rule.Metric, limit.Contrast);
        if (!estimate.IsDefined || (estimate.Bounds is null && estimate.Note is not null && rows.Count > 1 && IsResampled(rule, limit, rows)))
        {
            return empty with { Status = MeasurementStatus.Undefined, Note = estimate.Note };
        }

        return empty with
        {
            Estimate = estimate.Value,
            StandardError = estimate.StandardError,
            DegreesOfFreedom = estimate.DegreesOfFreedom,
            Lower = estimate.Shown?.Lower,
            Upper = estimate.Shown?.Upper,
            HarmPValue = Decision.HarmPValue(estimate, limit.Limit, confidence),
            MinimalDetectable = Decision.MinimalDetectable(estimate, confidence),
            RowsToDecide = Decision.RowsToDecide(estimate, limit.Limit, rows.Count, confidence),
            Method = estimate.Method,
            Note = estimate.Note,
        };
    }

    /// <summary>A comparison without numbers.</summary>
    public static RuleMeasurement Empty(
        PolicyRule rule, PolicyLimit limit, SliceKey? slice, long rows, MeasurementStatus status, string? note)
        => new()
        {
            Rule = rule.Index,
            Kind = rule.Kind,
            Test = limit.Test,
            Metric = rule.Metric.Name,
            Column = slice?.Column,
            Value = slice?.Value,
            Advisory = rule.Advisory,
            From = rule.From,
            Environment = rule.Environment,
            Status = status,
            Baseline = null,
            Challenger = null,
            Estimate = null,
            StandardError = null,
            DegreesOfFreedom = null,
            Lower = null,
            Upper = null,
            Limit = limit.Limit,
            LimitText = limit.Text,
            HarmPValue = null,
            Rows = rows,
            MinimalDetectable = null,
            RowsToDecide = null,
            Method = Methods.None,
            Note = note,
        };

    private static bool IsResampled(PolicyRule rule, PolicyLimit limit, EvaluatedRows rows)
        => Comparison.NeedsResampling(rule.Metric, limit.Contrast, rows);

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}

/// <summary>A slice: a column and a value; null stands for rows without one.</summary>
internal sealed record SliceKey(string Column, string? Value);
