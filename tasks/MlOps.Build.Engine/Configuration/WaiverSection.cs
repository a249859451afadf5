using System.Globalization;

namespace MlOps.Build.Engine.Configuration;

/// <summary>The list <c>gate.waivers</c>.</summary>
internal static class WaiverSection
{
    public static WaiverConfiguration Read(YamlMap map)
    {
        var waiver = new WaiverConfiguration
        {
            Rule = map.RequiredText("rule", "rule: auc"),
            Column = map.Text("column"),
            Value = map.Text("value"),
            By = map.Texts("by"),
            Why = map.RequiredText("why", "why: the new terminal opens in May"),
            Until = map.Scalar("until", default(DateOnly), ReadDate, "(none)", "a date such as 2027-01-31"),
            Place = map.Place,
        };
        if (map.Node("until") is null)
        {
            Refuse(map, "A waiver has no end.", "Without `until` it would count for ever.", "Add `until: 2027-01-31`.");
        }

        map.RefuseUnknownKeys();
        return waiver;
    }

    public static void Check(ProjectConfiguration configuration, ConfigurationLog log)
    {
        var gate = configuration.Gate;
        var approvers = configuration.Environments.SelectMany(environment => environment.Approvers).Select(approver => approver.Name).ToHashSet(StringComparer.Ordinal);
        var primary = Evaluating.PolicyReader.Primary(gate, configuration.Task);
        foreach (var waiver in gate.Waivers.Where(waiver => waiver.Place is not null))
        {
            if (!waiver.IsByTwo)
            {
                log.Problems.Add(Of(waiver, $"The waiver of '{waiver.Rule}' does not name two people.", "Nobody sets a rule aside alone.", "Write `by: [ana, bo]`."));
            }
            else if (approvers.Count > 0 && waiver.By.FirstOrDefault(name => !approvers.Contains(name)) is { } stranger)
            {
                log.Problems.Add(Of(waiver, $"'{stranger}' cannot waive a rule.", $"No environment lists '{stranger}' as an approver. {DidYouMean.Sentence(stranger, approvers)}", "Name two approvers."));
            }

            var waived = gate.Rules.Where(rule => rule.Environment is null && (rule.Data ?? rule.Footprint ?? rule.Fairness ?? rule.Metric ?? primary) == waiver.Rule
                && (waiver.Column is null ? rule.Slices.Count + rule.By.Count == 0 : rule.Slices.Concat(rule.By).Contains(waiver.Column))).ToList();
            if (waived.Find(rule => rule.From is not null && rule.From != waiver.From) is { } bound)
            {
                log.Problems.Add(PolicyInheritance.Weaker(
                    $"The waiver of '{waiver.Rule}' sets a rule of another policy aside.", $"{PolicyInheritance.At(bound.Place!)} asks for it; it is waived there or not at all.", waiver.Place));
            }

            if (waiver.From is null && gate is { RequireBetter: true, Policies.Count: > 0 } && waiver.Rule == primary && waiver.Column is null)
            {
                log.Problems.Add(PolicyInheritance.Weaker(
                    $"The waiver of '{waiver.Rule}' sets 'require-better' aside.", "A policy that the gate extends binds it.", waiver.Place));
            }

            if (waived.Count == 0)
            {
                log.Problems.Add(Of(waiver, $"The waiver of '{waiver.Rule}' waives nothing.", $"No rule judges '{waiver.Rule}' {(waiver.Column is { } column ? $"by '{column}'" : "on the whole holdout")}.", "Name the metric of a rule, and `column` where the rule has `slices` or `by`."));
            }
        }
    }

    private static object? ReadDate(string text)
        => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    private static void Refuse(YamlMap map, string what, string why, string fix)
        => map.Log.Problems.Add(new("MLO2323", what, why, fix) { Place = map.Place });

    private static Contracts.Problem Of(WaiverConfiguration waiver, string what, string why, string fix)
        => new("MLO2323", what, why, fix) { Place = waiver.Place };
}
