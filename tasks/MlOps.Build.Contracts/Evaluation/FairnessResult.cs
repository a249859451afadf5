namespace MlOps.Build.Contracts;

/// <summary>How a model treats the groups of a column.</summary>
public sealed record FairnessResult
{
    /// <summary>The column, or two joined by <c>&amp;</c>.</summary>
    public required string Column { get; init; }

    /// <summary>Groups with fewer rows are shown and left out of the metrics.</summary>
    public required int MinimumRows { get; init; }

    /// <summary>The groups.</summary>
    public required FairnessGroup[] Groups { get; init; }

    /// <summary>Differences and ratios between the groups.</summary>
    public required FairnessMetric[] Metrics { get; init; }

    /// <summary>With exactly two judged groups, the tests there are for two selection rates; else null.</summary>
    public required TwoGroupRates? TwoGroups { get; init; }

    /// <summary>What a person should know, such as groups without a positive row.</summary>
    public required string[] Notes { get; init; }
}

/// <summary>A group of rows.</summary>
public sealed record FairnessGroup
{
    /// <summary>The value; null is the group of rows without one.</summary>
    public required string? Value { get; init; }

    /// <summary>Rows in it.</summary>
    public required long Rows { get; init; }

    /// <summary>Whether it has rows enough for the metrics.</summary>
    public required bool Judged { get; init; }

    /// <summary>The share of positive rows.</summary>
    public required double BaseRate { get; init; }

    /// <summary>The challenger's rates.</summary>
    public required GroupRates Challenger { get; init; }

    /// <summary>The baseline's rates, or null.</summary>
    public required GroupRates? Baseline { get; init; }
}

/// <summary>Rates of a model in a group; null where the rows do not define one.</summary>
public sealed record GroupRates
{
    /// <summary>The share of rows predicted positive, with Wilson's interval.</summary>
    public required IntervalEstimate SelectionRate { get; init; }

    /// <summary>The share of positive rows predicted positive.</summary>
    public required double? TruePositiveRate { get; init; }

    /// <summary>The share of negative rows predicted positive.</summary>
    public required double? FalsePositiveRate { get; init; }

    /// <summary>The share of positive rows among those predicted positive.</summary>
    public required double? Precision { get; init; }

    /// <summary>The share of rows predicted right.</summary>
    public required double Accuracy { get; init; }

    /// <summary>The mean score.</summary>
    public required double MeanScore { get; init; }

    /// <summary>Mean score minus base rate.</summary>
    public required double CalibrationInTheLarge { get; init; }

    /// <summary>Area under the ROC curve.</summary>
    public required double? Auc { get; init; }

    /// <summary>Brier score.</summary>
    public required double Brier { get; init; }
}

/// <summary>A difference or ratio between groups, of both models.</summary>
public sealed record FairnessMetric
{
    /// <summary>The metric's name, such as <c>equalized-odds-difference</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Whether larger values are better: true for ratios.</summary>
    public required bool HigherIsBetter { get; init; }

    /// <summary>The challenger's value, null where it is undefined.</summary>
    public required IntervalEstimate? Challenger { get; init; }

    /// <summary>The baseline's value.</summary>
    public required IntervalEstimate? Baseline { get; init; }

    /// <summary>Challenger minus baseline.</summary>
    public required IntervalEstimate? Difference { get; init; }
}

/// <summary>The selection rates of two groups held against each other, for both models.</summary>
/// <param name="First">The first group.</param>
/// <param name="Second">The second group.</param>
/// <param name="Challenger">Of the challenger.</param>
/// <param name="Baseline">Of the baseline, or null.</param>
public sealed record TwoGroupRates(string? First, string? Second, TwoGroupTest Challenger, TwoGroupTest? Baseline);

/// <summary>Two selection rates of independent rows.</summary>
public sealed record TwoGroupTest
{
    /// <summary>First rate minus second.</summary>
    public required double Difference { get; init; }

    /// <summary>z of the test with a pooled variance; null where both rates are 0 or both 1.</summary>
    public required double? Statistic { get; init; }

    /// <summary>Its two-sided p-value.</summary>
    public required double PValue { get; init; }

    /// <summary>The interval of the difference (Newcombe 1998, doi:10.1002/(SICI)1097-0258(19980430)17:8).</summary>
    public required NamedInterval Interval { get; init; }

    /// <summary>Smaller rate over larger rate; null where both are 0.</summary>
    public required double? Ratio { get; init; }

    /// <summary>Its interval on the log scale (Katz et al. 1978, doi:10.2307/2530610); null where a rate is 0.</summary>
    public required NamedInterval? RatioInterval { get; init; }
}
