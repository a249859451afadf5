using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Configuration;

/// <summary>
/// What the policy files of an organisation say, and what a project adds. Their rules all stand; the project's come after
/// them. A project changes a setting only where that is stricter; what no file states has its default, which binds as well.
/// </summary>
internal static class PolicyInheritance
{
    public static GateConfiguration Resolve(PolicyDraft own, IPolicyFiles files, ConfigurationLog log)
    {
        if (own.Extends.Count == 0)
        {
            return own.Gate;
        }

        var chain = new PolicyChain(files, log).Of(own);
        if (chain.Count == 0)
        {
            return own.Gate;
        }

        var (settings, where) = Together(chain, log);
        foreach (var setting in PolicySetting.All.Where(setting => own.Stated.ContainsKey(setting.Name)))
        {
            if (setting.Weakens(own.Gate, settings))
            {
                log.Problems.Add(Weaker(
                    $"'gate.{setting.Name}' is weaker than a policy that binds.",
                    $"It is {setting.Text(own.Gate)}; {(where.TryGetValue(setting.Name, out var place) ? $"{At(place)} says {setting.Text(settings)}" : $"{chain[^1].File} leaves it at {setting.Text(settings)}")}.",
                    own.Stated[setting.Name]));
            }
            else
            {
                settings = setting.Copy(settings, own.Gate);
            }
        }

        Show(settings, own, log);
        return settings with
        {
            Rules = [.. chain.SelectMany(draft => draft.Gate.Rules), .. own.Gate.Rules],
            Waivers = [.. chain.SelectMany(draft => draft.Gate.Waivers), .. own.Gate.Waivers],
            Policies = [.. chain.Select(draft => new PolicySource(draft.File!, draft.Digest!))],
        };
    }

    /// <summary>The rule says less than one that binds.</summary>
    public static Problem Weaker(string what, string why, SourcePlace? place)
        => new("MLO2346", what, why, "Remove it, or ask for as much or more: a project adds to the policies it extends, it takes nothing away.") { Place = place };

    /// <summary>A place in words.</summary>
    public static string At(SourcePlace place) => FormattableString.Invariant($"{place.File} (line {place.Line}, column {place.Column})");

    /// <summary>What a project does not say itself is in force as its policies say it.</summary>
    private static void Show(GateConfiguration settings, PolicyDraft own, ConfigurationLog log)
    {
        foreach (var setting in PolicySetting.All.Where(setting => !own.Stated.ContainsKey(setting.Name)))
        {
            var place = log.Values.FindIndex(value => value.Path == $"gate.{setting.Name}");
            log.Values[place] = log.Values[place] with { Text = setting.Name is "primary" or "on-inconclusive" && setting.Text(settings).StartsWith("by ", StringComparison.Ordinal) ? log.Values[place].Text : setting.Text(settings) };
        }
    }

    /// <summary>Between files of an organisation the stricter value counts; values of which none is stricter have to agree.</summary>
    private static (GateConfiguration Settings, Dictionary<string, SourcePlace> Where) Together(IReadOnlyList<PolicyDraft> chain, ConfigurationLog log)
    {
        var settings = new GateConfiguration();
        var where = new Dictionary<string, SourcePlace>(StringComparer.Ordinal);
        foreach (var draft in chain)
        {
            foreach (var setting in PolicySetting.All.Where(setting => draft.Stated.ContainsKey(setting.Name)))
            {
                var place = draft.Stated[setting.Name];
                if (!where.TryGetValue(setting.Name, out var other) || (setting.Order is not null && !setting.Weakens(draft.Gate, settings)))
                {
                    settings = setting.Copy(settings, draft.Gate);
                    where[setting.Name] = place;
                }
                else if (setting.Order is null && setting.Weakens(draft.Gate, settings))
                {
                    log.Problems.Add(new(
                        "MLO2347",
                        $"Two policies disagree about '{setting.Name}'.",
                        $"One says {setting.Text(draft.Gate)}, {At(other)} says {setting.Text(settings)}.",
                        "Let both say the same, or only one of them say it.")
                    { Place = place });
                }
            }
        }

        return (settings, where);
    }
}
