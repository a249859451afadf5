using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>A rule of the policy, understood.</summary>
/// <param name="Index">Its place in the policy; <c>require-better</c> comes after the last rule.</param>
/// <param name="Metric">The metric.</param>
/// <param name="Kind">Prove or alarm.</param>
/// <param name="Slices">The slice columns; empty: the whole holdout.</param>
/// <param name="Limits">What has to hold.</param>
/// <param name="Advisory">Whether a missed rule only warns.</param>
internal sealed record PolicyRule(
    int Index,
    MetricDefinition Metric,
    RuleKind Kind,
    IReadOnlyList<string> Slices,
    IReadOnlyList<PolicyLimit> Limits,
    bool Advisory)
{
    /// <summary>For a fairness rule: its metric, which each column of <see cref="By"/> binds to its groups.</summary>
    public FairnessDefinition? Fairness { get; init; }

    /// <summary>For a fairness rule: the columns whose groups are held against each other.</summary>
    public IReadOnlyList<string> By { get; init; } = [];

    /// <summary>For a rule about costs: which.</summary>
    public string? Footprint { get; init; }

    /// <summary>For a rule about findings: which.</summary>
    public string? Data { get; init; }

    /// <summary>The policy file it stands in; null is mlops.yml.</summary>
    public string? From { get; init; }

    /// <summary>The environment whose way in it decides about; null: the verdict.</summary>
    public string? Environment { get; init; }

    /// <summary>Whether it judges the whole holdout by a metric of its rows.</summary>
    public bool IsOfAllRows => Fairness is null && Data is null && Footprint is null && Slices.Count == 0;
}

/// <summary>A limit on a contrast: the contrast must not be below it.</summary>
internal sealed record PolicyLimit(RuleTest Test, Contrast Contrast, double Limit, string Text)
{
    public static PolicyLimit AtLeast(double floor)
        => new(RuleTest.AtLeast, Contrast.Own, floor, $"at least {EvaluationProblems.Number(floor)}");

    public static PolicyLimit AtMost(double ceiling)
        => new(RuleTest.AtMost, Contrast.Negated, -ceiling, $"at most {EvaluationProblems.Number(ceiling)}");

    public static PolicyLimit NoWorseBy(MetricDefinition metric, Configuration.Margin margin)
        => margin.Relative
            ? new(RuleTest.NoWorseBy, Contrast.Relative(metric, margin.Value), 0, $"no worse by {EvaluationProblems.Number(margin.Value * 100)} %")
            : new(RuleTest.NoWorseBy, Contrast.Difference(metric), -margin.Value, $"no worse by {EvaluationProblems.Number(margin.Value)}");

    /// <summary>The limits of what a model costs: less is better.</summary>
    public static IEnumerable<PolicyLimit> OfCosts(Configuration.GateRule rule)
    {
        if (rule.AtMost is { } ceiling)
        {
            yield return new(RuleTest.AtMost, Contrast.Negated, -ceiling, $"at most {FootprintCatalogue.Text(ceiling, FootprintCatalogue.Units[rule.Footprint!])}");
        }

        if (rule.NoWorseBy is { } margin)
        {
            yield return margin.Relative
                ? new(RuleTest.NoWorseBy, new(-1, 1 + margin.Value), 0, $"no worse by {EvaluationProblems.Number(margin.Value * 100)} %")
                : new(RuleTest.NoWorseBy, new(-1, 1), -margin.Value, $"no worse by {FootprintCatalogue.Text(margin.Value, FootprintCatalogue.Units[rule.Footprint!])}");
        }
    }

    public static PolicyLimit Better(MetricDefinition metric)
        => new(RuleTest.Better, Contrast.Difference(metric), 0, "better than the baseline");
}
