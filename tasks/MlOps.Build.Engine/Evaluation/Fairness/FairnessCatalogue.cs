namespace MlOps.Build.Engine.Evaluating;

/// <summary>
/// Differences and ratios between groups, as Fairlearn defines them (Bird et al. 2020). A group without the rows that define a rate
/// is left out of it: a rate of 0 would fake a violation.
/// </summary>
internal static class FairnessCatalogue
{
    public static readonly IReadOnlyList<FairnessDefinition> All =
    [
        new("demographic-parity-difference", "difference of selection rates", false, [GroupRate.Selection], groups => Selection(groups).Difference),
        new("demographic-parity-ratio", "ratio of selection rates", true, [GroupRate.Selection], groups => Selection(groups).Ratio),
        new("equal-opportunity-difference", "difference of true positive rates", false, [GroupRate.TruePositiveRate], groups => True(groups).Difference),
        new("equal-opportunity-ratio", "ratio of true positive rates", true, [GroupRate.TruePositiveRate], groups => True(groups).Ratio),
        new("false-positive-rate-difference", "difference of false positive rates", false, [GroupRate.FalsePositiveRate], groups => False(groups).Difference),
        new("false-positive-rate-ratio", "ratio of false positive rates", true, [GroupRate.FalsePositiveRate], groups => False(groups).Ratio),
        new("equalized-odds-difference", "equalized odds difference", false, [GroupRate.TruePositiveRate, GroupRate.FalsePositiveRate], groups => Larger(True(groups).Difference, False(groups).Difference)),
        new("equalized-odds-difference-mean", "mean equalized odds difference", false, [GroupRate.TruePositiveRate, GroupRate.FalsePositiveRate], groups => (True(groups).Difference + False(groups).Difference) / 2) { IsMean = true },
        new("equalized-odds-ratio", "equalized odds ratio", true, [GroupRate.TruePositiveRate, GroupRate.FalsePositiveRate], groups => Math.Min(True(groups).Ratio, False(groups).Ratio)),
        new("predictive-parity-difference", "difference of precision", false, [GroupRate.Precision], groups => RateRange.Of(groups, group => group.Precision).Difference),
        new("accuracy-difference", "difference of accuracy", false, [GroupRate.Accuracy], groups => RateRange.Of(groups, group => group.Accuracy).Difference),
    ];

    public static FairnessDefinition? Find(string name) => All.FirstOrDefault(metric => metric.Name == name);

    private static RateRange Selection(ReadOnlySpan<GroupCounts> groups) => RateRange.Of(groups, group => group.SelectionRate);

    private static RateRange True(ReadOnlySpan<GroupCounts> groups) => RateRange.Of(groups, group => group.TruePositiveRate);

    private static RateRange False(ReadOnlySpan<GroupCounts> groups) => RateRange.Of(groups, group => group.FalsePositiveRate);

    /// <summary>NaN where either is.</summary>
    private static double Larger(double first, double second) => Math.Max(first, second);
}

/// <summary>A fairness metric.</summary>
/// <param name="Name">How policies and documents name it.</param>
/// <param name="Title">How sentences name it.</param>
/// <param name="HigherIsBetter">Whether larger values are fairer: of ratios.</param>
/// <param name="Rates">The rates it compares.</param>
/// <param name="Of">Its value.</param>
internal sealed record FairnessDefinition(string Name, string Title, bool HigherIsBetter, GroupRate[] Rates, GroupsMetric Of)
{
    /// <summary>Whether its rates are averaged; else the worst counts.</summary>
    public bool IsMean { get; init; }

    /// <summary>The same as a metric of rows, so that intervals and differences come from the same resamples.</summary>
    /// <param name="groups">The groups.</param>
    public MetricDefinition On(FairnessGroups groups)
        => new(
            $"{Name} by {groups.Column.Name}",
            Title,
            Contracts.ModelTask.BinaryClassification,
            HigherIsBetter ? MetricDirection.HigherIsBetter : MetricDirection.LowerIsBetter,
            MetricMethod.Resampling,
            rows => new FairnessColumn(rows, groups.Column, groups.Judged, Of))
        {
            IsSkewed = true,
            OwnError = (rows, baseline, confidence) => GroupRange.Of(this, rows, baseline, [.. groups.Judged.Select(group => groups.Members[group])], confidence),
        };
}

/// <summary>A fairness metric bound to predictions.</summary>
internal sealed class FairnessColumn : IMetricColumn
{
    private const int LargestOnStack = 64;
    private readonly int groups;
    private readonly int[] cells;
    private readonly GroupsMetric metric;

    public FairnessColumn(ScoredRows rows, SliceColumn column, IReadOnlyList<int> judged, GroupsMetric metric)
    {
        this.metric = metric;
        groups = judged.Count;
        var places = column.Values.Select((_, value) => judged.ToList().IndexOf(value)).ToArray();
        cells = new int[rows.Labels.Length];
        for (var row = 0; row < cells.Length; row++)
        {
            var group = places[column.Codes[row]];
            cells[row] = group < 0 ? -1 : (group * 4) + (rows.Labels[row] == 1 ? 2 : 0) + (rows.Score[row] >= rows.Threshold ? 1 : 0);
        }
    }

    /// <inheritdoc/>
    public double Value(ReadOnlySpan<int> counts)
    {
        var sums = groups <= LargestOnStack ? stackalloc long[groups * 4] : new long[groups * 4];
        sums.Clear();
        for (var row = 0; row < cells.Length; row++)
        {
            if (cells[row] >= 0)
            {
                sums[cells[row]] += counts[row];
            }
        }

        return Value(sums);
    }

    /// <inheritdoc/>
    public double[] WithoutEach(RowBlocks blocks) => BlockCells.WithoutEach(blocks, cells, groups * 4, Value);

    private double Value(ReadOnlySpan<long> sums)
    {
        var byGroup = groups <= LargestOnStack ? stackalloc GroupCounts[groups] : new GroupCounts[groups];
        for (var group = 0; group < groups; group++)
        {
            byGroup[group] = Of(sums.Slice(group * 4, 4));
        }

        return metric(byGroup);
    }

    public static GroupCounts Of(ReadOnlySpan<long> cells)
        => new(TruePositives: cells[3], FalsePositives: cells[1], TrueNegatives: cells[0], FalseNegatives: cells[2]);
}
