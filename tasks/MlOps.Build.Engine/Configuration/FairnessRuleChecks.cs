using MlOps.Build.Contracts;
using MlOps.Build.Engine.Evaluating;

namespace MlOps.Build.Engine.Configuration;

/// <summary>Fairness rules that could never be judged are refused before anything is trained.</summary>
internal static class FairnessRuleChecks
{
    public static void Check(ProjectConfiguration configuration, ConfigurationLog log)
    {
        foreach (var rule in configuration.Gate.Rules)
        {
            foreach (var problem in Problems(rule, configuration))
            {
                log.Problems.Add(problem with { Place = rule.Place });
            }
        }
    }

    private static IEnumerable<Problem> Problems(GateRule rule, ProjectConfiguration configuration)
    {
        if (rule.Fairness is not { } name)
        {
            if (rule.By.Count > 0 && rule.Data is null)
            {
                yield return Of("A rule has 'by' and no 'fairness'.", "Only fairness rules hold groups against each other.", "Name a fairness metric, or judge each value on its own with `slices`.");
            }

            yield break;
        }

        if (rule.Metric is not null || rule.Slices.Count > 0)
        {
            yield return Of($"The rule about '{name}' is two rules in one.", "A fairness rule has no `metric` and no `slices`.", "Write two rules.");
        }

        if (FairnessCatalogue.Find(name) is null)
        {
            yield return Unknown(name);
        }

        if (configuration.Task != ModelTask.BinaryClassification)
        {
            yield return OtherTask(name);
        }

        if (rule.By.Count == 0)
        {
            yield return NoGroups(name);
        }

        foreach (var column in rule.By.SelectMany(name => SliceColumns.Parts(name, configuration.Data.Sensitive.Contains)).Where(column => !configuration.Data.Sensitive.Contains(column)))
        {
            yield return NotSensitive(column, configuration.Data.Sensitive);
        }
    }

    public static Problem Unknown(string name)
        => Of($"The gate cannot judge '{name}'.", $"There is no fairness metric '{name}'. {DidYouMean.Sentence(name, FairnessCatalogue.All.Select(metric => metric.Name))}", "Correct the name.");

    public static Problem OtherTask(string name)
        => Of($"The gate cannot judge '{name}'.", "Fairness rules compare rates of two classes; the task has other labels.", "Judge a metric by `slices` instead.");

    public static Problem NoGroups(string name)
        => Of($"The rule about '{name}' compares no groups.", "It names no column.", "Add `by: [column]` with a column of `data.sensitive`.");

    public static Problem NotSensitive(string column, IReadOnlyList<string> sensitive)
        => Of(
            $"The gate cannot hold groups of '{column}' against each other.",
            sensitive.Count == 0 ? "'data.sensitive' names no columns." : $"'data.sensitive' does not name it. {DidYouMean.Sentence(column, sensitive)}",
            $"List '{column}' under `data.sensitive`: it is then judged by, and no trainer sees it.");

    private static Problem Of(string what, string why, string fix) => new("MLO2319", what, why, fix);
}
