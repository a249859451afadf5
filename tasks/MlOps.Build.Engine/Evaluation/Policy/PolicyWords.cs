using System.Globalization;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>A policy in words, and what a change of it says.</summary>
public static class PolicyWords
{
    /// <summary>What differs between two policies, one difference an entry; empty when they say the same.</summary>
    public static string[] Differences(GateConfiguration binding, GateConfiguration proposed, ModelTask task)
    {
        var before = binding.Rules.Select(rule => Rule(rule, binding, task)).ToList();
        var after = proposed.Rules.Select(rule => Rule(rule, proposed, task)).ToList();
        return
        [
            .. before.Except(after).Select(rule => $"rule removed: {rule}"),
            .. after.Except(before).Select(rule => $"rule added: {rule}"),
            .. Waivers(binding).Except(Waivers(proposed)).Select(waiver => $"waiver removed: {waiver}"),
            .. Waivers(proposed).Except(Waivers(binding)).Select(waiver => $"waiver added: {waiver}"),
            .. Settings(binding).Zip(Settings(proposed))
                .Where(pair => pair.First != pair.Second)
                .Select(pair => $"changed: {pair.First} to {pair.Second}"),
        ];
    }

    private static IEnumerable<string> Waivers(GateConfiguration policy)
        => policy.Waivers.Select(waiver => $"{waiver.Rule}{(waiver.Column is { } column ? $" by {column}" : string.Empty)} until {waiver.Until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}");

    private static string Rule(GateRule rule, GateConfiguration policy, ModelTask task)
    {
        string[] columns = [.. rule.Slices, .. rule.By];
        var slices = columns.Length == 0 ? string.Empty : $" by {string.Join(", ", columns)}";
        var limits = new List<string>();
        if (rule.AtLeast is { } floor)
        {
            limits.Add($"at least {EvaluationProblems.Number(floor)}");
        }

        if (rule.AtMost is { } ceiling)
        {
            limits.Add($"at most {EvaluationProblems.Number(ceiling)}");
        }

        if (rule.NoWorseBy is { } margin)
        {
            limits.Add($"no worse by {(margin.Relative ? $"{EvaluationProblems.Number(margin.Value * 100)} %" : EvaluationProblems.Number(margin.Value))}");
        }

        var kind = rule.Kind is { } named ? $", {named.ToString().ToLowerInvariant()}" : string.Empty;
        return $"{rule.Data ?? rule.Footprint ?? rule.Fairness ?? rule.Metric ?? PolicyReader.Primary(policy, task)}{slices}{(limits.Count == 0 ? string.Empty : $" {string.Join(", ", limits)}")}{kind}{(rule.Advisory ? ", advisory" : string.Empty)}{(rule.Environment is { } environment ? $", for {environment}" : string.Empty)}{(rule.From is { } file ? $" ({file})" : string.Empty)}";
    }

    private static IEnumerable<string> Settings(GateConfiguration policy) =>
    [
        $"primary {policy.Primary ?? "by task"}",
        $"confidence {EvaluationProblems.Number(policy.Confidence * 100)} %",
        $"resamples {policy.Resamples.ToString(CultureInfo.InvariantCulture)}",
        $"threshold {(policy.Choose is { } rule ? $"by {rule.Text} on validation rows" : EvaluationProblems.Number(policy.Threshold))}",
        $"require-better {(policy.RequireBetter ? "yes" : "no")}",
        $"search {(policy.Search.Count == 0 ? "all" : string.Join(", ", policy.Search))}",
        $"minimum-support {policy.MinimumSupport.ToString(CultureInfo.InvariantCulture)}",
        $"minimum-group-support {policy.MinimumGroupSupport.ToString(CultureInfo.InvariantCulture)}",
        $"watts {(policy.Watts is { } watts ? EvaluationProblems.Number(watts) : "default")}",
        $"grid {(policy.Grid is { } grid ? EvaluationProblems.Number(grid) : "default")}",
        $"score-rounds {(policy.ScoreRounds ?? 5).ToString(CultureInfo.InvariantCulture)}",
        $"on-inconclusive {policy.OnInconclusive?.ToString().ToLowerInvariant() ?? "by mode"}",
        $"expires {policy.Expires.ToString("c", CultureInfo.InvariantCulture)}",
    ];
}
