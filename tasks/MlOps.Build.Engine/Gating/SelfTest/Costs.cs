using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Evaluating;

namespace MlOps.Build.Engine.Gating;

/// <summary>Changes of what a model costs, for policies with rules about it.</summary>
internal static class Costs
{
    public static Mutant[] Damages(GateConfiguration policy)
        => Rules(policy).Any() ? [new("costs-beyond-limits", "a model that costs twice what the rules allow", (input, _) => Beyond(input))] : [];

    public static Mutant[] Improvements(GateConfiguration policy)
        => Rules(policy).Any() ? [new("costs-halved", "a feature that says much, at half the costs", (input, random) => Better.Apply(input, random) is { } better ? Halved(better) : null)] : [];

    /// <summary>Twins alone are no worse only where the rows suffice to show it.</summary>
    private static Mutant Better => Gating.Improvements.All.First(mutant => mutant.Name == "good-feature-added");

    private static IEnumerable<GateRule> Rules(GateConfiguration policy) => policy.Rules.Where(rule => rule is { Footprint: not null, Advisory: false });

    /// <summary>Each cost twice as high as the rules about it allow; null where nothing was measured.</summary>
    private static EvaluationInput? Beyond(EvaluationInput input)
        => Change(input, (rules, cost) => cost with { Challenger = [.. cost.Challenger!.Select((value, place) => 2 * rules.Max(rule => Allowed(rule, cost.Baseline?[place] ?? value, input.Policy)))] });

    /// <summary>Each cost half of the baseline's.</summary>
    private static EvaluationInput? Halved(EvaluationInput input)
        => Change(input, (_, cost) => cost with { Challenger = [.. (cost.Baseline ?? cost.Challenger)!.Select(value => value / 2)] });

    private static EvaluationInput? Change(EvaluationInput input, Func<IReadOnlyList<GateRule>, FootprintSample, FootprintSample> change)
    {
        var rules = Rules(input.Policy).ToLookup(rule => FootprintCatalogue.Measured(rule.Footprint!), StringComparer.Ordinal);
        var costs = input.Footprint?.Select(cost => cost.Challenger is not null && rules.Contains(cost.Name) ? change([.. rules[cost.Name]], cost) : cost).ToArray();
        return costs is null || costs.SequenceEqual(input.Footprint!) ? null : input with { Footprint = costs };
    }

    /// <summary>The most that a rule allows; what breaks it breaks a stricter one, too. Energy is allowed in watt-hours and measured in seconds.</summary>
    private static double Allowed(GateRule rule, double baseline, GateConfiguration policy)
    {
        var unit = rule.Footprint == FootprintCatalogue.Energy ? EnergyEstimate.WattHours(1, policy) : 1;
        var above = rule.NoWorseBy switch
        {
            null => 0,
            { Relative: true } share => share.Value * baseline,
            var more => unit > 0 ? more.Value / unit : 0,
        };
        return Math.Max(baseline + above, rule.AtMost is { } ceiling && unit > 0 ? ceiling / unit : 0);
    }
}
