using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>Measures the fairness rules, each once a column.</summary>
internal sealed class FairnessMeasurer
{
    private readonly List<Bound> bound = [];

    public FairnessMeasurer(IReadOnlyList<PolicyRule> rules, IReadOnlyList<SliceColumn> columns, int minimumRows)
    {
        foreach (var rule in rules.Where(rule => rule.Fairness is not null))
        {
            foreach (var name in rule.By)
            {
                var groups = FairnessGroups.Of(columns.First(column => column.Name == name), minimumRows);
                bound.Add(new(rule, groups, rule.Fairness!.On(groups)));
            }
        }
    }

    /// <summary>What has to be resampled.</summary>
    public IEnumerable<MetricDefinition> Resampled(EvaluatedRows rows)
        => bound
            .Where(one => one.Groups.Judged.Length > 1 && rows.HasBaseline && one.Rule.Limits.Any(limit => Comparison.NeedsResampling(one.Metric, limit.Contrast, rows)))
            .Select(one => one.Metric);

    public IEnumerable<RuleMeasurement> Measure(Comparison comparison, double confidence)
        => bound.SelectMany(one => one.Rule.Limits.Select(limit => Measure(comparison, one, limit, confidence)));

    private static RuleMeasurement Measure(Comparison comparison, Bound one, PolicyLimit limit, double confidence)
    {
        var (rule, groups, metric) = (one.Rule, one.Groups, one.Metric);
        var rows = groups.JudgedRows;
        var left = groups.TooSmall() is { } small ? $"left out with fewer than {groups.MinimumRows} rows: {small}" : null;
        var measurement = groups.AreEmpty ? Without(MeasurementStatus.Empty, $"no row of the holdout has a value of '{groups.Column.Name}'")
            : groups.Judged.Length < 2 ? Without(MeasurementStatus.TooFewRows, $"fewer than two groups have {groups.MinimumRows} rows")
            : !groups.Define(rule.Fairness!, comparison.Rows.Labels) ? Without(MeasurementStatus.Undefined, "fewer than two groups have the rows that define it")
            : IsUndefined(baseline: false) ? Without(MeasurementStatus.Collapsed, "the model's answers leave it undefined")
            : limit.Contrast.NeedsBaseline && comparison.Rows.HasBaseline && IsUndefined(baseline: true) ? Without(MeasurementStatus.Undefined, "the baseline's answers leave it undefined")
            : RuleMeasurer.Measure(comparison, rule with { Metric = metric }, limit, slice: null, confidence);
        return measurement with
        {
            Metric = rule.Fairness!.Name,
            By = groups.Column.Name,
            Rows = rows,
            Note = (measurement.Note, left) switch
            {
                (null, _) => left,
                (_, null) => measurement.Note,
                var (note, _) => $"{note}; {left}",
            },
        };

        bool IsUndefined(bool baseline) => !Array.TrueForAll(comparison.Rows.Values(metric, baseline), double.IsFinite);

        RuleMeasurement Without(MeasurementStatus status, string note) => RuleMeasurer.Empty(rule, limit, slice: null, rows, status, note);
    }

    private sealed record Bound(PolicyRule Rule, FairnessGroups Groups, MetricDefinition Metric);
}
