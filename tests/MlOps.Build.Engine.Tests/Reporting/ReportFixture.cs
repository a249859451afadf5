using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Evaluating;
using MlOps.Build.Engine.Gating;
using MlOps.Build.Engine.Reporting;

namespace MlOps.Build.Engine.Tests.Reporting;

/// <summary>A run with given numbers, judged by the real gate. Every text in it can be changed.</summary>
internal sealed record ReportFixture
{
    public ModelTask Task { get; init; } = ModelTask.BinaryClassification;

    public RunMode Mode { get; init; } = RunMode.Pr;

    public string Model { get; init; } = "late-flights";

    public string? BaselineName { get; init; } = "main@9a1b2c3";

    public string ChallengerName { get; init; } = "head@4f2c9e1";

    public string? RunUrl { get; init; } = "https://ci.example.org/runs/19283746";

    public bool NoChange { get; init; }

    public bool Bootstrap { get; init; }

    public bool Dirty { get; init; }

    public PolicyChange? PolicyChange { get; init; }

    public IReadOnlyList<RuleMeasurement> Rules { get; init; } = [];

    public IReadOnlyList<MetricResult> Metrics { get; init; } = [];

    public IReadOnlyList<SliceResult> Slices { get; init; } = [];

    public IReadOnlyList<WaiverConfiguration> Waivers { get; init; } = [];

    public IReadOnlyList<FairnessResult> Fairness { get; init; } = [];

    public WeakSliceSearch? WeakSlices { get; init; }

    public IReadOnlyList<ClassCount> Classes { get; init; } = [new("on time", 51_200), new("late", 14_263)];

    public EvaluationCharts Charts { get; init; } = new() { RocChallenger = [], RocBaseline = [], Calibration = [], Residuals = [], Confusion = [] };

    public IReadOnlyList<NextStep> NextSteps { get; init; } = [new("mlops runs compare head main", "See what changed")];

    public ReportInput Input
    {
        get
        {
            var policy = new GateConfiguration
            {
                Waivers = Waivers,
                Rules = [.. Enumerable.Range(0, Rules.Select(rule => rule.Rule).Distinct().Count()).Select(_ => new GateRule { Metric = "auc", AtLeast = 0.5 })],
            };
            var evaluation = Evaluation(PolicyDigest.Of(policy));
            var verdict = Gate.Judge(evaluation, policy, new()
            {
                Now = Time,
                EngineDigest = DigestOf("engine"),
                NoChange = NoChange,
                Bootstrap = Bootstrap,
                PolicyChange = PolicyChange,
            });
            return new() { Run = Run(verdict.Kind), Evaluation = evaluation, Verdict = verdict, VerdictDigest = Digest.OfDocument(verdict), NextSteps = NextSteps };
        }
    }

    private static DateTimeOffset Time { get; } = new(2026, 11, 22, 16, 40, 11, TimeSpan.Zero);

    private static string DigestOf(string name) => Digest.Of(name);

    private Evaluation Evaluation(string policyDigest) => new()
    {
        Model = Model,
        Mode = Mode,
        Task = Task,
        Confidence = 0.95,
        Resamples = 2000,
        Seed = 42,
        Threshold = Task == ModelTask.BinaryClassification ? 0.5 : null,
        PolicyDigest = policyDigest,
        Holdout = new() { Rows = 65_463, TotalRows = 65_463, Digest = DigestOf("holdout"), Classes = [.. Classes] },
        Challenger = Side(ChallengerName, NoChange ? "B" : "C"),
        Baseline = BaselineName is null ? null : Side(BaselineName, "B"),
        Metrics = [.. Metrics],
        Slices = [.. Slices],
        Fairness = [.. Fairness],
        WeakSlices = WeakSlices,
        Rules = [.. Rules],
        Charts = Charts,
    };

    private EvaluatedSide Side(string name, string runs) => new()
    {
        Name = name,
        Replicates = [.. Enumerable.Range(1, Mode == RunMode.Pr ? 3 : 1).Select(seed => new EvaluatedReplicate
        {
            RunId = $"{runs}{seed}",
            Seed = seed,
            ModelDigest = DigestOf($"model {runs}{seed}"),
            PredictionsDigest = DigestOf($"predictions {runs}{seed}"),
        })],
    };

    private RunRecord Run(VerdictKind verdict) => new()
    {
        Id = "01JD9Z4W6M8Q2R5T7V9XBYDZFA",
        Model = Model,
        Kind = RunKind.Pipeline,
        Mode = Mode,
        Status = RunStatus.Finished,
        ProblemCode = null,
        StartedAt = Time.AddSeconds(-48),
        EndedAt = Time,
        Git = new() { Commit = "4f2c9e1d5b7a8c6e0f1a2b3c4d5e6f7a8b9c0d1e", Branch = "feature", Dirty = Dirty },
        Host = new() { Name = "github", RunUrl = RunUrl, Actor = "someone" },
        Machine = new() { Platform = "linux-x64", Processors = 4, Runtime = "10.0.4", EngineVersion = "1.4.2", EngineDigest = DigestOf("engine") },
        SnapshotDigest = DigestOf("snapshot"),
        Split = null,
        Sample = Mode == RunMode.Full ? null : new()
        {
            Seed = 1,
            RequestedRows = 20_000,
            AvailableRows = 196_390,
            Rows = 20_000,
            StratifiedBy = null,
            Strata = [],
            Digest = DigestOf("sample"),
        },
        Seed = 1,
        Parameters = new Dictionary<string, ParameterValue>(),
        CacheKey = null,
        ModelDigest = null,
        PredictionsDigest = null,
        Challengers = ["C1", "C2", "C3"],
        Baselines = ["B1", "B2", "B3"],
        Verdict = verdict,
        Timings = [new("data", 1.94), new("train", 6.3), new("score", 12.1)],
    };
}
