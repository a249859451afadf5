using MlOps.Build.Contracts;
using MlOps.Build.Engine.Evaluating;

namespace MlOps.Build.Engine.Configuration;

/// <summary>Rules about what a model costs: only what a run measures itself, never what nobody measured.</summary>
internal static class FootprintRuleChecks
{
    public static IEnumerable<Problem> Of(GateRule rule)
    {
        var name = rule.Footprint!;
        if (!FootprintCatalogue.Units.ContainsKey(name))
        {
            yield return Refused(rule, $"There is no footprint '{name}'. {DidYouMean.Sentence(name, FootprintCatalogue.Units.Keys)}", $"Name one of: {string.Join(", ", FootprintCatalogue.Units.Keys)}.");
        }
        else if (rule is not { Metric: null, Fairness: null, Data: null, Slices.Count: 0, By.Count: 0 })
        {
            yield return Refused(rule, "The rule is two rules in one: what a model costs has no metric, no slices and no groups.", "Write two rules.");
        }
    }

    private static Problem Refused(GateRule rule, string why, string fix)
        => new("MLO2360", $"The gate cannot judge '{rule.Footprint}'.", why, fix) { Place = rule.Place };
}
