using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Evaluating;
using MlOps.Build.Engine.Gating;

namespace MlOps.Build.Engine.Tests.Evaluating;

/// <summary>A binary holdout with known truth, and two sides whose quality is given.</summary>
internal sealed class EvaluationFixture
{
    private readonly Xoshiro256 random;
    private readonly double[] ability;

    public EvaluationFixture(int rows, ulong seed = 1)
    {
        random = new(seed);
        ability = [.. Enumerable.Range(0, rows).Select(_ => Gauss())];
        Labels = [.. ability.Select(value => value + Gauss() > 0.8 ? 1.0 : 0.0)];
    }

    public double[] Labels { get; }

    public ModelTask Task { get; init; } = ModelTask.BinaryClassification;

    public RunMode Mode { get; init; } = RunMode.Pr;

    public IReadOnlyList<GateRule> Rules { get; set; } = [new() { Metric = "auc", NoWorseBy = new(0.01, false) }];

    public GateConfiguration Policy
    {
        get => (policy ?? new()) with { Rules = Rules };
        set => policy = value;
    }

    public List<SliceColumn> Slices { get; } = [];

    public int[]? Groups { get; set; }

    public List<ReplicateInput> Challenger { get; } = [];

    public List<ReplicateInput> Baseline { get; } = [];

    public bool NoChange { get; set; }

    public Contamination? Contamination { get; set; }

    private GateConfiguration? policy;

    /// <summary>Adds a training to each side; the noise is what hides the truth from the scores.</summary>
    public EvaluationFixture Train(double challengerNoise, double? baselineNoise, double shared = 0)
    {
        var both = ability.Select(_ => shared * Gauss()).ToArray();
        Challenger.Add(Replicate("C", Challenger.Count, Scores(both, challengerNoise)));
        if (baselineNoise is { } noise)
        {
            Baseline.Add(Replicate("B", Baseline.Count, Scores(both, noise)));
        }

        return this;
    }

    public EvaluationFixture With(double[] challenger, double[]? baseline)
    {
        Challenger.Add(Replicate("C", Challenger.Count, challenger));
        if (baseline is not null)
        {
            Baseline.Add(Replicate("B", Baseline.Count, baseline));
        }

        return this;
    }

    public EvaluationFixture Slice(string name, Func<int, string?> value, bool sensitive = false)
    {
        Slices.Add(SliceColumn.From(name, sensitive, [.. Enumerable.Range(0, Labels.Length).Select(value)]));
        return this;
    }

    public EvaluationInput Input => new()
    {
        Model = "late-flights",
        Mode = Mode,
        Task = Task,
        Policy = Policy,
        Holdout = new()
        {
            Labels = Labels,
            Classes = Task == ModelTask.Regression ? [] : ["0", "1"],
            Digest = "sha256:" + new string('a', 64),
            Slices = Slices,
            Groups = Groups,
        },
        Challenger = new("head", Challenger),
        Baseline = Baseline.Count == 0 ? null : new("main", Baseline),
        NoChange = NoChange,
        Contamination = Contamination,
    };

    public Evaluation Evaluate() => Evaluator.Evaluate(Input);

    public Verdict Judge(bool bootstrap = false)
        => Gate.Judge(Evaluate(), Policy, new() { Now = DateTimeOffset.UnixEpoch, EngineDigest = "sha256:e", Bootstrap = bootstrap, NoChange = NoChange });

    public double Gauss()
        => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    public static double Logistic(double value) => 1 / (1 + Math.Exp(-value));

    private double[] Scores(double[] shared, double noise)
        => [.. ability.Select((value, i) => Logistic(value + shared[i] + (noise * Gauss())))];

    private static ReplicateInput Replicate(string side, int number, double[] scores)
        => new(
            new()
            {
                RunId = $"{side}{number}",
                Seed = number,
                ModelDigest = $"sha256:{side}{number}",
                PredictionsDigest = $"sha256:p{side}{number}",
            },
            new([scores]));
}
