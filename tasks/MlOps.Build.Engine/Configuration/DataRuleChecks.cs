using MlOps.Build.Contracts;
using MlOps.Build.Engine.Evaluating;

namespace MlOps.Build.Engine.Configuration;

/// <summary>Rules about findings: a name that exists, nothing that only metrics have, and none twice.</summary>
internal static class DataRuleChecks
{
    public static IEnumerable<Problem> Of(GateRule rule, IReadOnlyList<GateRule> rules)
    {
        var name = rule.Data!;
        if (!DataFindings.Titles.ContainsKey(name))
        {
            yield return name == "drift"
                ? Refused(rule, "It compares the data of training with those of a service, and no run measures these.", "Remove the rule; what `data.expect` asks of a column is `data: contract`.")
                : Refused(rule, $"There is no finding '{name}'. {DidYouMean.Sentence(name, DataFindings.Titles.Keys)}", $"Name one of: {string.Join(", ", DataFindings.Titles.Keys)}.");
        }
        else if (rule is not { Metric: null, Fairness: null, Kind: null, AtLeast: null, AtMost: null, NoWorseBy: null, Slices.Count: 0, By.Count: 0 })
        {
            yield return Refused(rule, "A finding is there or not: beside `data` a rule only has `advisory`.", "Write two rules.");
        }
        else if (rules.TakeWhile(other => !ReferenceEquals(other, rule))
            .FirstOrDefault(other => other.Data == name && (other.Environment is null || other.Environment == rule.Environment) && (!other.Advisory || rule.Advisory)) is { } earlier
            && (rule.From is null || rule.From == earlier.From))
        {
            yield return new Problem("MLO2322", $"The rule about '{name}' has no effect.", $"A rule before it asks for as much or more{(earlier.Place is { } place ? $": {PolicyInheritance.At(place)}" : string.Empty)}.", "Remove it.") { Place = rule.Place };
        }
    }

    private static Problem Refused(GateRule rule, string why, string fix)
        => new("MLO2351", $"The gate cannot judge '{rule.Data}'.", why, fix) { Place = rule.Place };
}
