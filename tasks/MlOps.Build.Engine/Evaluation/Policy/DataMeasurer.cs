using System.Globalization;
using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>Counts findings: a rule about one holds where there is none, and fails where nobody looked.</summary>
internal static class DataMeasurer
{
    public static IEnumerable<RuleMeasurement> Measure(IReadOnlyList<PolicyRule> rules, EvaluationInput input)
    {
        var found = All(input);
        return rules.Where(rule => rule.Data is not null).Select(rule => Measure(rule, input, found));
    }

    /// <summary>What the evaluation records; null where no rule asks.</summary>
    public static DataFinding[]? Recorded(IReadOnlyList<PolicyRule> rules, EvaluationInput input)
        => rules.Any(rule => rule.Data is not null) && input.Data is { } data ? [.. data] : null;

    private static DataFinding[] All(EvaluationInput input)
        => [.. input.Data ?? [], .. DataFindings.OfPredictions(input), .. DataFindings.Of(input.Contamination)];

    private static RuleMeasurement Measure(PolicyRule rule, EvaluationInput input, DataFinding[] found)
    {
        var isOfData = rule.Data is DataFindings.Leakage or DataFindings.Contract;
        var limit = PolicyLimit.AtMost(0);
        var rows = input.Holdout.Labels.Length;
        if (isOfData && input.Data is null)
        {
            return Named(RuleMeasurer.Empty(rule, limit, slice: null, rows, MeasurementStatus.Undefined, "nobody looked at the data: predictions alone do not show it, `mlops run` does"));
        }

        DataFinding[] own = [.. found.Where(finding => finding.Rule == rule.Data)];
        var count = own.Length;
        return Named(RuleMeasurer.Empty(rule, limit, slice: null, rows, MeasurementStatus.Measured, Note(own))) with
        {
            Challenger = count,
            Estimate = -count,
            Lower = -count,
            Upper = -count,
            StandardError = 0,
        };

        RuleMeasurement Named(RuleMeasurement measurement) => measurement with { Metric = rule.Data!, Data = true, LimitText = "none", Limit = 0 };
    }

    private static string? Note(DataFinding[] own) => own.Length switch
    {
        0 => null,
        <= 3 => string.Join(" ", own.Select(finding => finding.Sentence)),
        _ => string.Create(CultureInfo.InvariantCulture, $"{string.Join(" ", own.Take(3).Select(finding => finding.Sentence))} And {own.Length - 3} more."),
    };
}
