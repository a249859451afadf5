using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>Evaluates the slices of one column.</summary>
internal sealed class SliceEvaluation(EvaluatedRows all, EvaluationInput input, IReadOnlyList<PolicyRule> rules)
{
    /// <summary>More slices than this are judged but not shown.</summary>
    private const int MostShown = 200;

    /// <summary>More slices with too few rows than this are counted, not listed.</summary>
    private const int MostTooSmall = 20;

    public (IReadOnlyList<SliceResult> Shown, IReadOnlyList<RuleMeasurement> Measured) Of(SliceColumn column)
    {
        var ruled = rules.Where(rule => rule.Slices.Contains(column.Name)).ToList();
        var members = column.Members();
        var shown = new List<SliceResult>();
        var measured = new List<RuleMeasurement>();
        if (column.Values.All(value => value is null))
        {
            measured.AddRange(Without(ruled, new(column.Name, null), 0, MeasurementStatus.Empty, $"no row of the holdout has a value of '{column.Name}'"));
            return (shown, measured);
        }

        var bySize = Enumerable.Range(0, members.Length).OrderByDescending(place => members[place].Length).ToList();
        var tooSmall = bySize.Where(place => members[place].Length > 0 && members[place].Length < input.Policy.MinimumSupport).ToList();
        var listed = tooSmall.Take(MostTooSmall).ToHashSet();
        var visible = bySize.Take(MostShown).ToHashSet();
        for (var place = 0; place < members.Length; place++)
        {
            var key = new SliceKey(column.Name, column.Values[place]);
            var rows = members[place];
            var judged = rows.Length >= input.Policy.MinimumSupport && ruled.Count > 0;
            if (rows.Length == 0 || (!judged && !visible.Contains(place) && !listed.Contains(place)))
            {
                continue;
            }

            var comparison = Compare(rows, judged ? ruled : []);
            if (visible.Contains(place))
            {
                shown.Add(Show(column, key, comparison, ruled));
            }

            if (judged)
            {
                measured.AddRange(ruled.SelectMany(rule => rule.Limits
                    .Select(limit => RuleMeasurer.Measure(comparison, rule, limit, key, input.Policy.Confidence))));
            }
            else if (listed.Contains(place))
            {
                measured.AddRange(Without(ruled, key, rows.Length, MeasurementStatus.TooFewRows, TooSmall(tooSmall.Count)));
            }
        }

        return (shown, measured);
    }

    private string TooSmall(int count)
        => count > MostTooSmall
            ? $"fewer than {input.Policy.MinimumSupport} rows, as in {count} slices of this column"
            : $"fewer than {input.Policy.MinimumSupport} rows";

    private static IEnumerable<RuleMeasurement> Without(
        IEnumerable<PolicyRule> ruled, SliceKey key, long rows, MeasurementStatus status, string note)
        => ruled.SelectMany(rule => rule.Limits.Select(limit => RuleMeasurer.Empty(rule, limit, key, rows, status, note)));

    private Comparison Compare(int[] members, IReadOnlyList<PolicyRule> ruled)
    {
        var rows = all.Select(members);
        var resample = ruled
            .Where(rule => rule.Limits.Any(limit => Comparison.NeedsResampling(rule.Metric, limit.Contrast, rows)))
            .Select(rule => rule.Metric);
        return Comparison.Of(rows, input.Policy.Confidence, resample, input.Policy.Resamples, input.Seed);
    }

    private SliceResult Show(SliceColumn column, SliceKey key, Comparison comparison, IReadOnlyList<PolicyRule> ruled)
    {
        var primary = MetricCatalogue.Find(input.Task, PolicyReader.Primary(input.Policy, input.Task))!;
        var metrics = ruled.Select(rule => rule.Metric).Prepend(primary).DistinctBy(metric => metric.Name);
        return new()
        {
            Column = column.Name,
            Value = key.Value,
            Rows = comparison.Rows.Count,
            Sensitive = column.Sensitive,
            Metrics = MetricReport.Of(comparison, metrics, input.Policy.Confidence),
        };
    }
}
