using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>Understands the gate's configuration, or says what in it cannot be judged: it fails closed.</summary>
internal static class PolicyReader
{
    /// <summary>The rules in order, <c>require-better</c> last.</summary>
    /// <exception cref="ProblemException">MLO2302 to MLO2305, MLO2319.</exception>
    public static IReadOnlyList<PolicyRule> Read(
        GateConfiguration policy, ModelTask task, IReadOnlyList<SliceColumn> columns, bool hasScores)
    {
        if (policy.Rules.All(rule => rule.Environment is not null))
        {
            throw EvaluationProblems.NoRules();
        }

        var primary = Metric(Primary(policy, task), task, hasScores, place: null);
        var rules = policy.Rules
            .Select((rule, index) => rule.Data is { } data
                ? new PolicyRule(index, primary, RuleKind.Prove, [], [], rule.Advisory) { Data = data, From = rule.From, Environment = rule.Environment }
                : rule.Footprint is { } footprint
                ? new PolicyRule(index, primary, rule.Kind ?? RuleKind.Alarm, [], [.. PolicyLimit.OfCosts(rule)], rule.Advisory) { Footprint = footprint, From = rule.From, Environment = rule.Environment }
                : rule.Fairness is { } fairness
                ? Fairness(rule, fairness, index, task, columns)
                : Read(rule, index, rule.Metric is null ? primary : Metric(rule.Metric, task, hasScores, rule.Place), [.. columns.Select(column => column.Name)]))
            .ToList();
        if (policy.RequireBetter)
        {
            rules.Add(new(rules.Count, primary, RuleKind.Prove, [], [PolicyLimit.Better(primary)], Advisory: false));
        }

        return rules;
    }

    /// <summary>The metric judged first.</summary>
    public static string Primary(GateConfiguration policy, ModelTask task) => policy.Primary ?? MetricCatalogue.Primary(task);

    private static PolicyRule Read(
        GateRule rule, int index, MetricDefinition metric, IReadOnlyList<string> sliceColumns)
    {
        foreach (var column in rule.Slices.Where(column => !sliceColumns.Contains(column)))
        {
            throw EvaluationProblems.UnknownSlice(column, sliceColumns, rule.Place);
        }

        var limits = Limits(rule, metric).ToList();
        return limits.Count == 0
            ? throw EvaluationProblems.NoLimit(rule)
            : new(
                index,
                metric,
                rule.Kind ?? (rule.Slices.Count == 0 ? RuleKind.Prove : RuleKind.Alarm),
                rule.Slices,
                limits,
                rule.Advisory)
            { From = rule.From, Environment = rule.Environment };
    }

    private static PolicyRule Fairness(GateRule rule, string name, int index, ModelTask task, IReadOnlyList<SliceColumn> columns)
    {
        var metric = FairnessCatalogue.Find(name) ?? throw Refused(FairnessRuleChecks.Unknown(name));
        if (task != ModelTask.BinaryClassification)
        {
            throw Refused(FairnessRuleChecks.OtherTask(name));
        }

        if (rule.By.Count == 0)
        {
            throw Refused(FairnessRuleChecks.NoGroups(name));
        }

        string[] sensitive = [.. columns.Where(column => column.Sensitive).Select(column => column.Name)];
        foreach (var column in rule.By.Where(column => !sensitive.Contains(column)))
        {
            throw Refused(FairnessRuleChecks.NotSensitive(column, sensitive));
        }

        // The name and the direction are all that limits ask of it; every column binds a metric of its own.
        var unbound = metric.On(FairnessGroups.Of(new(string.Empty, Sensitive: true, [], []), 1)) with { Name = metric.Name };
        var limits = Limits(rule, unbound).ToList();
        return limits.Count == 0
            ? throw EvaluationProblems.NoLimit(rule)
            : new(index, unbound, rule.Kind ?? RuleKind.Alarm, [], limits, rule.Advisory) { Fairness = metric, By = rule.By, From = rule.From, Environment = rule.Environment };

        ProblemException Refused(Problem problem) => new(problem with { Place = rule.Place });
    }

    private static IEnumerable<PolicyLimit> Limits(GateRule rule, MetricDefinition metric)
    {
        if (rule.AtLeast is { } floor)
        {
            yield return PolicyLimit.AtLeast(floor);
        }

        if (rule.AtMost is { } ceiling)
        {
            yield return PolicyLimit.AtMost(ceiling);
        }

        if (rule.NoWorseBy is { } margin)
        {
            yield return PolicyLimit.NoWorseBy(metric, margin);
        }
    }

    private static MetricDefinition Metric(string name, ModelTask task, bool hasScores, SourcePlace? place)
    {
        var metric = MetricCatalogue.Find(task, name) ?? throw EvaluationProblems.UnknownMetric(name, task, place);
        return metric.NeedsScores && !hasScores ? throw EvaluationProblems.NeedsScores(name, place) : metric;
    }
}
