using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Configuration;

/// <summary>
/// What environments ask for beyond the gate. Their rules are measured together with those of the gate and judged on their
/// own: they decide about the way into the environment, not about the verdict.
/// </summary>
internal static class EnvironmentPolicies
{
    public static GateConfiguration Add(
        GateConfiguration gate, IReadOnlyList<(EnvironmentConfiguration Environment, PolicyDraft? Gate)> environments, IPolicyFiles files, ConfigurationLog log)
    {
        var rules = new List<GateRule>(gate.Rules);
        var sources = new List<PolicySource>(gate.Policies);
        foreach (var (environment, draft) in environments)
        {
            if (draft is null)
            {
                continue;
            }

            var chain = new PolicyChain(files, log).Of(draft).Where(file => !gate.Policies.Any(source => source.Path == file.File)).ToList();
            chain.ForEach(file => Check(file, gate, environment.Name, log));
            rules.AddRange(chain.SelectMany(file => file.Gate.Rules).Concat(draft.Gate.Rules).Select(rule => rule with { Environment = environment.Name }));
            sources.AddRange(chain.Select(file => new PolicySource(file.File!, file.Digest!)));
        }

        return gate with { Rules = rules, Policies = [.. sources.DistinctBy(source => source.Path)] };
    }

    /// <summary>One evaluation measures everything, so its settings are those of the gate.</summary>
    private static void Check(PolicyDraft file, GateConfiguration gate, string environment, ConfigurationLog log)
    {
        foreach (var setting in PolicySetting.All.Where(setting => file.Stated.ContainsKey(setting.Name) && setting.Text(file.Gate) != setting.Text(gate)))
        {
            log.Problems.Add(new(
                "MLO2348",
                $"The policy of '{environment}' cannot change '{setting.Name}'.",
                $"{file.File} says {setting.Text(file.Gate)}, the gate {setting.Text(gate)}; all rules are measured together.",
                $"Let the gate say the same: `{setting.Name}: {setting.Text(file.Gate)}` under `gate`, or leave it out of the file.")
            { Place = file.Stated[setting.Name] });
        }

        foreach (var waiver in file.Gate.Waivers)
        {
            log.Problems.Add(PolicyInheritance.Weaker($"The waiver of '{waiver.Rule}' has no effect in '{environment}'.", "What an environment asks for is not waived.", waiver.Place));
        }
    }
}
