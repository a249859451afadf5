using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Tests.Reporting;

/// <summary>Measurements by their numbers; bounds are the estimate and 1.645 standard errors.</summary>
internal static class Measured
{
    private const double Z = 1.6448536269514722;

    public static RuleMeasurement NoWorse(int rule, string metric, double challenger, double baseline, double error, double margin, bool loss = false)
        => Rule(rule, metric, RuleTest.NoWorseBy, challenger, baseline, loss ? baseline - challenger : challenger - baseline, error, -margin)
            with
        { LimitText = FormattableString.Invariant($"no worse by {margin}") };

    public static RuleMeasurement NoWorseBy(int rule, string metric, double challenger, double baseline, double error, double share)
        => Rule(rule, metric, RuleTest.NoWorseBy, challenger, baseline, (baseline * (1 + share)) - challenger, error, 0)
            with
        { LimitText = FormattableString.Invariant($"no worse by {share * 100} %") };

    public static RuleMeasurement Floor(int rule, string metric, double challenger, double? baseline, double error, double floor)
        => Rule(rule, metric, RuleTest.AtLeast, challenger, baseline, challenger, error, floor)
            with
        { LimitText = FormattableString.Invariant($"at least {floor}") };

    public static RuleMeasurement Ceiling(int rule, string metric, double challenger, double? baseline, double error, double ceiling)
        => Rule(rule, metric, RuleTest.AtMost, challenger, baseline, -challenger, error, -ceiling)
            with
        { LimitText = FormattableString.Invariant($"at most {ceiling}") };

    public static RuleMeasurement InSlice(this RuleMeasurement measurement, string column, string? value, long rows, double harm)
        => measurement with { Kind = RuleKind.Alarm, Column = column, Value = value, Rows = rows, HarmPValue = harm };

    public static RuleMeasurement Between(this RuleMeasurement measurement, string by, double harm)
        => measurement with { Kind = RuleKind.Alarm, By = by, HarmPValue = harm, Note = "left out with fewer than 100 rows: 'tiny' (41 rows)" };

    public static WeakSliceSearch Search(string column, string? value)
        => new()
        {
            Metric = "log-loss",
            Columns = 14,
            Slices = 61,
            Worse = 5,
            LeftOut = [$"{column} has too many values"],
            Found =
            [
                new() { Column = column, Value = value, Sensitive = true, Rows = 4_210, Baseline = 0.4121, Challenger = 0.4987, Difference = -0.0866, Lower = -0.102, Upper = -0.0712, PValue = 0.00004 },
                new() { Column = "hour", Value = "[18, 22)", Sensitive = false, Rows = 911, Baseline = 0.51, Challenger = 0.533, Difference = -0.023, Lower = -0.0361, Upper = -0.0099, PValue = 0.031 },
            ],
        };

    public static FairnessResult Groups(string column)
        => new()
        {
            Column = column,
            MinimumRows = 100,
            Groups = [Group("large", 41_204, true, 0.22, 0.17), Group("small", 24_218, true, 0.19, 0.34), Group("tiny", 41, false, 0.2, 0.1)],
            Metrics =
            [
                new() { Name = "demographic-parity-ratio", HigherIsBetter = true, Challenger = Bounded(0.5, 0.01), Baseline = Bounded(0.88, 0.01), Difference = null },
                new() { Name = "equalized-odds-difference", HigherIsBetter = false, Challenger = Bounded(0.212, 0.014), Baseline = Bounded(0.081, 0.012), Difference = Bounded(0.131, 0.015) },
                new() { Name = "predictive-parity-difference", HigherIsBetter = false, Challenger = null, Baseline = null, Difference = null },
            ],
            TwoGroups = null,
            Notes = ["Left out of the metrics with fewer than 100 rows: 'tiny' (41 rows)."],
        };

    private static FairnessGroup Group(string? value, long rows, bool judged, double before, double now)
        => new() { Value = value, Rows = rows, Judged = judged, BaseRate = 0.21, Baseline = Rates(before), Challenger = Rates(now) };

    private static GroupRates Rates(double selected) => new()
    {
        SelectionRate = Bounded(selected, 0.002),
        TruePositiveRate = selected == 0 ? null : selected + 0.4,
        FalsePositiveRate = selected / 2,
        Precision = 0.6,
        Accuracy = 0.8,
        MeanScore = selected,
        CalibrationInTheLarge = 0.01,
        Auc = 0.74,
        Brier = 0.15,
    };

    private static IntervalEstimate Bounded(double value, double error)
        => new() { Value = value, StandardError = error, Lower = value - (Z * error), Upper = value + (Z * error), Method = "Wilson", Others = [] };

    public static RuleMeasurement WithoutBaseline(this RuleMeasurement measurement)
        => Unmeasured(measurement, MeasurementStatus.NoBaseline, "there is no baseline yet") with { Baseline = null };

    public static RuleMeasurement TooFew(this RuleMeasurement measurement)
        => Unmeasured(measurement, MeasurementStatus.TooFewRows, "fewer than 200 rows");

    public static MetricResult Metric(string name, double challenger, double? baseline, double error, double differenceError, bool loss = false)
        => new()
        {
            Name = name,
            HigherIsBetter = !loss,
            Challenger = Estimate(challenger, error),
            Baseline = baseline is { } value ? Estimate(value, error) : null,
            Difference = baseline is { } other ? Difference(loss ? other - challenger : challenger - other, differenceError) : null,
            Note = null,
        };

    public static SliceResult Slice(string column, string? value, long rows, MetricResult metric, bool sensitive = false)
        => new() { Column = column, Value = value, Rows = rows, Sensitive = sensitive, Metrics = [metric] };

    private static MetricEstimate Estimate(double value, double error)
        => new(value, value - (Z * error), value + (Z * error), error, "DeLong");

    private static MetricDifference Difference(double value, double error) => new()
    {
        Value = value,
        StandardError = error,
        DegreesOfFreedom = null,
        Lower = value - (Z * error),
        Upper = value + (Z * error),
        PValue = 0.01,
        MinimalDetectable = 2.49 * error,
        TrainingNoise = error / 2,
        Method = "DeLong, paired",
    };

    private static RuleMeasurement Unmeasured(RuleMeasurement measurement, MeasurementStatus status, string note)
        => measurement with
        {
            Status = status,
            Note = note,
            Estimate = null,
            StandardError = null,
            Lower = null,
            Upper = null,
            HarmPValue = null,
            MinimalDetectable = null,
            RowsToDecide = null,
        };

    private static RuleMeasurement Rule(
        int rule, string metric, RuleTest test, double challenger, double? baseline, double estimate, double error, double limit)
        => new()
        {
            Rule = rule,
            Kind = RuleKind.Prove,
            Test = test,
            Metric = metric,
            Column = null,
            Value = null,
            Advisory = false,
            Status = MeasurementStatus.Measured,
            Baseline = baseline,
            Challenger = challenger,
            Estimate = estimate,
            StandardError = error,
            DegreesOfFreedom = null,
            Lower = estimate - (Z * error),
            Upper = estimate + (Z * error),
            Limit = limit,
            LimitText = string.Empty,
            HarmPValue = 0.9,
            Rows = 65_463,
            MinimalDetectable = 2.49 * error,
            RowsToDecide = null,
            Method = "DeLong, paired",
            Note = null,
        };
}
