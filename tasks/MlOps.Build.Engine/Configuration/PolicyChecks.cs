using MlOps.Build.Contracts;
using MlOps.Build.Engine.Evaluating;

namespace MlOps.Build.Engine.Configuration;

/// <summary>Rules that are misspelt, turned round, impossible or without effect are refused before anything is trained.</summary>
internal static class PolicyChecks
{
    public static void Check(ProjectConfiguration configuration, ConfigurationLog log)
    {
        // What is wrong in itself is said first; the rest would only repeat it.
        if (log.Problems.Count > 0)
        {
            return;
        }

        var (gate, task) = (configuration.Gate, configuration.Task);
        var primary = PolicyReader.Primary(gate, task);
        if (MetricCatalogue.Find(task, primary) is null)
        {
            log.Problems.Add(EvaluationProblems.UnknownMetric(primary, task, log.PlaceOf("gate.primary")).Problem);
            return;
        }

        var read = new List<CheckedRule>();
        foreach (var rule in gate.Rules)
        {
            if (rule.Footprint is not null && FootprintRuleChecks.Of(rule).FirstOrDefault() is { } wrong)
            {
                log.Problems.Add(wrong);
                continue;
            }

            if (rule.Data is not null)
            {
                log.Problems.AddRange(DataRuleChecks.Of(rule, gate.Rules).Take(1));
                continue;
            }

            if (CheckedRule.Of(rule, primary, task) is not { } known)
            {
                log.Problems.Add(EvaluationProblems.UnknownMetric(rule.Metric ?? primary, task, rule.Place).Problem);
                continue;
            }

            var problems = Columns(rule, configuration.Data).Concat(PolicyLimitChecks.OfOne(known));
            if (problems.Concat(read.SelectMany(earlier => PolicyLimitChecks.OfTwo(earlier, known))).FirstOrDefault() is { } problem)
            {
                log.Problems.Add(problem.Place is null ? problem with { Place = rule.Place } : problem);
            }

            read.Add(known);
        }
    }

    private static IEnumerable<Problem> Columns(GateRule rule, DataConfiguration data)
    {
        string[] known = [.. data.Slices, .. data.Sensitive];
        return rule.Slices
            .Where(column => !SliceColumns.Parts(column, known.Contains).All(known.Contains))
            .Select(column => EvaluationProblems.UnknownSlice(column, known, rule.Place).Problem);
    }
}

/// <summary>A rule with what is known about its metric.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Metric">The name of its metric.</param>
/// <param name="HigherIsBetter">Which way that gets better.</param>
/// <param name="Range">The values it can have.</param>
internal sealed record CheckedRule(GateRule Rule, string Metric, bool HigherIsBetter, MetricValues Range)
{
    /// <summary>Null where there is no such metric.</summary>
    public static CheckedRule? Of(GateRule rule, string primary, ModelTask task)
    {
        if (rule.Footprint is { } footprint)
        {
            return new(rule, footprint, HigherIsBetter: false, new(0, double.PositiveInfinity));
        }

        if (rule.Fairness is { } name)
        {
            return FairnessCatalogue.Find(name) is { } fairness ? new(rule, name, fairness.HigherIsBetter, new(0, 1)) : null;
        }

        return MetricCatalogue.Find(task, rule.Metric ?? primary) is { } metric
            ? new(rule, metric.Name, metric.Direction == MetricDirection.HigherIsBetter, MetricValues.Of(metric))
            : null;
    }

    public RuleKind Kind => Rule.Kind ?? (Rule.Slices.Count + Rule.By.Count == 0 && Rule.Footprint is null ? RuleKind.Prove : RuleKind.Alarm);

    /// <summary>Whether both can apply to a model at once: rules of two environments have nothing to do with each other.</summary>
    public bool IsBeside(CheckedRule later)
        => Rule.Environment is null || Rule.Environment == later.Rule.Environment;

    /// <summary>Whether both stand in the same policy.</summary>
    public bool IsOfTheSame(CheckedRule later) => Rule.From == later.Rule.From && Rule.Environment == later.Rule.Environment;

    /// <summary>Whether the later one, of a project or an environment, may not ask for less.</summary>
    public bool Binds(CheckedRule later)
        => later.Rule.From is null && (Rule.From is not null || (Rule.Environment is null && later.Rule.Environment is not null));

    /// <summary>Whether both judge the same thing in the same way.</summary>
    public bool IsLike(CheckedRule other)
        => Metric == other.Metric && (Kind == other.Kind || (Binds(other) && Kind == RuleKind.Prove)) && (Rule.Fairness is null) == (other.Rule.Fairness is null)
            && Rule.Slices.ToHashSet().SetEquals(other.Rule.Slices) && Rule.By.ToHashSet().SetEquals(other.Rule.By);
}
