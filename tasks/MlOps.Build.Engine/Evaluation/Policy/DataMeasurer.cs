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
        => [.. input.Data ?? [], .. DataFindings.OfPredictions(input), .. DataFindings.Of(input.Contamination), .. input.FoundInFiles ?? []];

    private static RuleMeasurement Measure(PolicyRule rule, EvaluationInput input, DataFinding[] found)
    {
        var limit = PolicyLimit.AtMost(0);
        var rows = input.Holdout.Labels.Length;
        if (WhyUnseen(rule.Data!, input) is { } why)
        {
            return Named(RuleMeasurer.Empty(rule, limit, slice: null, rows, MeasurementStatus.Undefined, why));
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

    /// <summary>Why nobody knows; a run looks at its data, at the champion and makes its predictions itself.</summary>
    private static string? WhyUnseen(string rule, EvaluationInput input) => rule switch
    {
        _ when input.Data is not null => null,
        DataFindings.Leakage or DataFindings.Contract => "nobody looked at the data: predictions alone do not show it, `mlops run` does",
        DataFindings.Contamination when input is { Contamination: null, Baseline: not null } => "nobody knows what the baseline was trained on: predictions alone do not show it, `mlops run` does",
        DataFindings.Stale when input.FoundInFiles is null => "nobody said which model made the predictions: `--model` does",
        _ => null,
    };

    private static string? Note(DataFinding[] own) => own.Length switch
    {
        0 => null,
        <= 3 => string.Join(" ", own.Select(finding => finding.Sentence)),
        _ => string.Create(CultureInfo.InvariantCulture, $"{string.Join(" ", own.Take(3).Select(finding => finding.Sentence))} And {own.Length - 3} more."),
    };
}
