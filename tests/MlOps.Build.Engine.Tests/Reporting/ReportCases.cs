using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Tests.Reporting;

/// <summary>Runs of every kind.</summary>
internal static class ReportCases
{
    public static IReadOnlyDictionary<string, ReportFixture> All => new Dictionary<string, ReportFixture>
    {
        ["pass"] = Pass,
        ["fail"] = Fail,
        ["inconclusive"] = Inconclusive,
        ["first-model"] = FirstModel,
        ["no-change"] = NoChange,
        ["regression"] = Regression,
        ["multiclass"] = Multiclass,
    };

    public static ReportFixture Pass => new()
    {
        Rules =
        [
            Measured.Floor(0, "auc", 0.753, 0.741, 0.0021, 0.70),
            Measured.NoWorse(1, "auc", 0.753, 0.741, 0.0028, 0.01),
            Measured.NoWorseBy(2, "log-loss", 0.471, 0.482, 0.0016, 0.02),
            .. Origins(0.2, 0.4, 0.8),
        ],
        Metrics = Metrics,
        Slices = Slices,
        Charts = Charts,
    };

    public static ReportFixture Fail => Pass with
    {
        Rules =
        [
            Measured.NoWorse(0, "auc", 0.723, 0.741, 0.0028, 0.01),
            Measured.Ceiling(1, "ece", 0.062, 0.041, 0.002, 0.05) with { Advisory = true },
            .. Origins(0.0004, 0.4, 0.8).Select(rule => rule with { Rule = 2 }),
            Measured.NoWorse(2, "auc", 0.7, 0.7, 0.02, 0.03).InSlice("origin", "HVN", 41, 0.5).TooFew(),
            Measured.Ceiling(3, "equalized-odds-difference", 0.212, 0.081, 0.014, 0.1).Between("carrier_size", 0.0001),
        ],
        Metrics = [Measured.Metric("auc", 0.723, 0.741, 0.0021, 0.0028), .. Metrics.Skip(1)],
        Fairness = [Measured.Groups("carrier_size")],
        WeakSlices = Measured.Search("distance", "< 214"),
        PolicyChange = new(VerdictKind.Pass, ["rule removed: auc no worse by 0.01"]),
        Dirty = true,
        NextSteps =
        [
            new("mlops gate explain --run 01JD9Z4W6M8Q2R5T7V9XBYDZFA", "See every rule with its numbers"),
            new("mlops runs compare C1 B1", "See what the change did to the trainings"),
        ],
    };

    public static ReportFixture Inconclusive => Pass with
    {
        Rules = [Measured.NoWorse(0, "auc", 0.741, 0.744, 0.0061, 0.01) with { RowsToDecide = 180_000 }],
        NextSteps = [new("mlops run --mode pr --sample 50%", "Train on more rows")],
    };

    public static ReportFixture FirstModel => Pass with
    {
        BaselineName = null,
        Rules = [Measured.Floor(0, "auc", 0.753, null, 0.0021, 0.70), Measured.NoWorse(1, "auc", 0.753, 0.7, 0.0021, 0.01).WithoutBaseline()],
        Metrics = [Measured.Metric("auc", 0.753, null, 0.0021, 0)],
        Slices = [],
        Charts = Charts with { RocBaseline = [], ScoresBaseline = null },
        NextSteps = [],
    };

    public static ReportFixture NoChange => Pass with
    {
        NoChange = true,
        Rules = [Measured.NoWorse(0, "auc", 0.741, 0.741, 0, 0.01)],
        Metrics = [Measured.Metric("auc", 0.741, 0.741, 0.0021, 0)],
        Slices = [],
        NextSteps = [],
    };

    public static ReportFixture Regression => new()
    {
        Task = ModelTask.Regression,
        Mode = RunMode.Full,
        Model = "taxi-fare",
        BaselineName = "champion 1.7.2",
        ChallengerName = "main@4f2c9e1",
        RunUrl = null,
        Classes = [],
        Rules = [Measured.NoWorseBy(0, "rmse", 3.412, 3.467, 0.021, 0.02), Measured.Ceiling(1, "mae", 1.824, 1.861, 0.009, 2)],
        Metrics = [Measured.Metric("rmse", 3.412, 3.467, 0.03, 0.021, loss: true), Measured.Metric("mae", 1.824, 1.861, 0.009, 0.007, loss: true)],
        Charts = Charts with
        {
            RocChallenger = [],
            RocBaseline = [],
            Calibration = [],
            ScoresChallenger = null,
            ScoresBaseline = null,
            Confusion = [],
            Residuals = [.. Enumerable.Range(0, 20).Select(bin => new ResidualBin(3 + (2.1 * bin), -1.2 - (0.11 * bin), 0.05, 1.3 + (0.14 * bin), 3273))],
        },
        NextSteps = [new("mlops approve --run 01JD9Z4W6M8Q2R5T7V9XBYDZFA", "Approve it")],
    };

    public static ReportFixture Multiclass => new()
    {
        Task = ModelTask.MulticlassClassification,
        Model = "penguins",
        Classes = [new("Adelie", 152), new("Chinstrap", 68), new("Gentoo", 124)],
        Rules = [Measured.NoWorse(0, "macro-f1", 0.981, 0.972, 0.008, 0.02)],
        Metrics = [Measured.Metric("macro-f1", 0.981, 0.972, 0.01, 0.008), Measured.Metric("log-loss", 0.061, 0.083, 0.01, 0.008, loss: true)],
        Charts = Charts with { RocChallenger = [], RocBaseline = [], Calibration = [], ScoresChallenger = null, ScoresBaseline = null, Confusion = [[149, 3, 0], [2, 66, 0], [0, 0, 124]] },
    };

    public static EvaluationCharts Charts => new()
    {
        RocChallenger = [.. Enumerable.Range(0, 41).Select(step => new ChartPoint(step / 40.0, Math.Pow(step / 40.0, 0.33)))],
        RocBaseline = [.. Enumerable.Range(0, 41).Select(step => new ChartPoint(step / 40.0, Math.Pow(step / 40.0, 0.36)))],
        Calibration = [.. Enumerable.Range(0, 10).Select(bin => new CalibrationBin(0.05 + (bin / 10.0), 0.04 + (bin / 10.0) + (bin > 4 ? 0.02 : 0), 9000 - (800 * bin)))],
        Residuals = [],
        Confusion = [[47_920, 3_280], [8_130, 6_133]],
        ScoresChallenger = Scores(18, 55),
        ScoresBaseline = Scores(20, 50),
    };

    /// <summary>Rows around one score for each class.</summary>
    private static ScoreHistogram Scores(int negative, int positive) => new(Around(negative, 1900), Around(positive, 420));

    private static long[] Around(int centre, long most)
        => [.. Enumerable.Range(0, 100).Select(bin => (long)(most * Math.Exp(-(bin - centre) * (bin - centre) / 380.0)))];

    private static IReadOnlyList<MetricResult> Metrics =>
    [
        Measured.Metric("auc", 0.753, 0.741, 0.0021, 0.0028),
        Measured.Metric("log-loss", 0.471, 0.482, 0.0019, 0.0016, loss: true),
        Measured.Metric("brier", 0.1514, 0.1512, 0.0009, 0.0006, loss: true),
    ];

    private static IReadOnlyList<SliceResult> Slices =>
    [
        Measured.Slice("origin", "EWR", 24_812, Measured.Metric("auc", 0.761, 0.748, 0.003, 0.004)),
        Measured.Slice("origin", "JFK", 22_044, Measured.Metric("auc", 0.749, 0.744, 0.003, 0.005)),
        Measured.Slice("origin", "LGA", 18_607, Measured.Metric("auc", 0.702, 0.724, 0.004, 0.006)),
        Measured.Slice("carrier_size", null, 312, Measured.Metric("auc", 0.71, 0.7, 0.02, 0.021), sensitive: true),
    ];

    private static IEnumerable<RuleMeasurement> Origins(double lga, double jfk, double ewr) =>
    [
        Measured.NoWorse(3, "auc", 0.761, 0.748, 0.004, 0.03).InSlice("origin", "EWR", 24_812, ewr),
        Measured.NoWorse(3, "auc", 0.749, 0.744, 0.005, 0.03).InSlice("origin", "JFK", 22_044, jfk),
        Measured.NoWorse(3, "auc", 0.702, 0.744, 0.006, 0.03).InSlice("origin", "LGA", 18_607, lga),
    ];
}
