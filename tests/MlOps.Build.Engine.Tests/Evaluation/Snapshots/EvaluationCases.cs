using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Evaluating;

namespace MlOps.Build.Engine.Tests.Evaluating;

/// <summary>Small evaluations of every kind: each metric under each kind of rule, slices, groups, noise, and data at which formulas end.</summary>
internal static class EvaluationCases
{
    private static readonly GateConfiguration Small = new() { Resamples = 200, MinimumSupport = 20, MinimumGroupSupport = 15 };

    public static IReadOnlyDictionary<string, Func<EvaluationInput>> All { get; } = new Dictionary<string, Func<EvaluationInput>>
    {
        ["binary-alone"] = () => Binary(160, rules: Floors(ModelTask.BinaryClassification)).Train(0.4, null).Input,
        ["binary-pair"] = () => Binary(160, rules: Differences(ModelTask.BinaryClassification)).Train(0.3, 0.8).Input,
        ["binary-relative"] = () => Binary(160, rules: Relatives(ModelTask.BinaryClassification)).Train(0.5, 0.5, 0.3).Input with { Seed = 7 },
        ["binary-noise"] = () => Binary(140, rules: [.. Differences(ModelTask.BinaryClassification).Take(9), Better("f1"), new() { Metric = "mcc", NoWorseBy = new(0.02, false) }]).Train(0.3, 0.6).Train(0.5, 0.6).Train(0.2, 0.9).Input,
        ["binary-clusters"] = () => Clusters(Binary(180, rules: Differences(ModelTask.BinaryClassification)), 45).Train(0.4, 0.6, 0.4).Input,
        ["binary-ties"] = () => Ties().Input,
        ["binary-certain"] = () => Certain().Input,
        ["binary-certain-twice"] = CertainTwice,
        ["binary-ceilings"] = () => Binary(130, [.. Names(ModelTask.BinaryClassification).Select(name => Loss(ModelTask.BinaryClassification, name) ? new GateRule { Metric = name, AtLeast = 0.1 } : new GateRule { Metric = name, AtMost = 0.9, Kind = RuleKind.Alarm })]).Train(0.4, 0.5).Input,
        ["binary-constant"] = () => Fixed([.. Enumerable.Repeat(0.7, 60)], [.. Enumerable.Repeat(0.2, 60)]).Input,
        ["binary-quiet"] = () => Fixed([.. Enumerable.Range(0, 60).Select(row => row / 200.0)], [.. Enumerable.Range(0, 60).Select(row => 0.6 + (row / 200.0))]).Input,
        ["binary-few"] = () => Few().Input,
        ["binary-same"] = () => Same().Input,
        ["binary-slices"] = () => Sliced().Input,
        ["binary-slices-alone"] = () => SlicedAlone().Input,
        ["binary-fairness"] = () => Fair(clusters: false).Input,
        ["binary-fairness-clusters"] = () => Fair(clusters: true).Input,
        ["binary-fairness-alone"] = () => FairAlone().Input,
        ["binary-thresholds"] = Chosen,
        ["binary-costs-and-data"] = Costs,
        ["multiclass-alone"] = () => Multiclass(1, baseline: false, Floors(ModelTask.MulticlassClassification)),
        ["multiclass-pair"] = () => Multiclass(1, baseline: true, Differences(ModelTask.MulticlassClassification)),
        ["multiclass-noise"] = () => Multiclass(3, baseline: true, Relatives(ModelTask.MulticlassClassification)),
        ["multiclass-classes"] = ClassesOnly,
        ["multiclass-absent"] = AbsentClass,
        ["regression-alone"] = () => Regression(1, baseline: false, Floors(ModelTask.Regression)),
        ["regression-pair"] = () => Regression(1, baseline: true, Differences(ModelTask.Regression)),
        ["regression-noise"] = () => Regression(3, baseline: true, Relatives(ModelTask.Regression)),
        ["regression-zeros"] = Zeros,
        ["regression-constant"] = ConstantRegression,
        ["regression-one-row"] = () => Input(ModelTask.Regression, [3], [], [new([[2.5]])], [new([[4.0]])], Differences(ModelTask.Regression)),
        ["regression-two-rows"] = () => Input(ModelTask.Regression, [3, 4], [], [new([[2.5, 4]])], [new([[4.0, 5.0]])], Differences(ModelTask.Regression)),
        ["regression-clusters"] = () => Regression(1, baseline: true, Differences(ModelTask.Regression)) is var input ? input with { Holdout = input.Holdout with { Groups = [.. input.Holdout.Labels.Select((_, row) => row * row % 33)] } } : null!,
        ["multiclass-clusters"] = () => Multiclass(1, baseline: true, Differences(ModelTask.MulticlassClassification)) is var input ? input with { Holdout = input.Holdout with { Groups = [.. input.Holdout.Labels.Select((_, row) => row % 40)] } } : null!,
        ["binary-two-rows"] = () => TwoRows().Input,
        ["binary-many-slices"] = () => ManySlices().Input,
    };

    private static IEnumerable<string> Names(ModelTask task)
        => MetricCatalogue.Of(task).Select(metric => metric.Name).Concat(task switch
        {
            ModelTask.BinaryClassification => ["f-beta@0.5", "lift@0.25", "ece@7"],
            ModelTask.MulticlassClassification => ["top-k@3"],
            _ => ["pinball@0.9"],
        });

    private static bool Loss(ModelTask task, string metric) => MetricCatalogue.Find(task, metric)!.Direction != MetricDirection.HigherIsBetter;

    private static GateRule[] Floors(ModelTask task)
        => [.. Names(task).Select(name => Loss(task, name) ? new GateRule { Metric = name, AtMost = 0.4 } : new GateRule { Metric = name, AtLeast = 0.6, Kind = RuleKind.Alarm })];

    private static GateRule[] Differences(ModelTask task)
        => [.. Names(task).Select((name, place) => new GateRule { Metric = name, NoWorseBy = new(0.01 * (place % 4), false), Advisory = place % 5 == 0 })];

    private static GateRule[] Relatives(ModelTask task)
        => [.. Names(task).Where(name => MetricCatalogue.Find(task, name)!.Direction != MetricDirection.ZeroIsBest).Select(name => new GateRule { Metric = name, NoWorseBy = new(0.05, true) })];

    private static GateRule Better(string metric) => new() { Metric = metric, NoWorseBy = new(0, false) };

    private static EvaluationFixture Binary(int rows, GateRule[] rules)
        => new(rows, 5) { Policy = Small with { RequireBetter = true }, Rules = rules };

    private static EvaluationFixture Clusters(EvaluationFixture fixture, int clusters)
    {
        fixture.Groups = [.. fixture.Labels.Select((_, row) => row * row % clusters)];
        return fixture;
    }

    private static EvaluationFixture Ties()
    {
        var fixture = Binary(150, Differences(ModelTask.BinaryClassification));
        fixture.Policy = fixture.Policy with { Threshold = 0.3, Confidence = 0.9 };
        double[] Coarse(int salt) => [.. fixture.Labels.Select((label, row) => Math.Round(Math.Clamp((0.3 * label) + (row * (7 + salt) % 13 / 20.0), 0, 1), 1))];
        return fixture.With(Coarse(0), Coarse(3));
    }

    /// <summary>Every row of the challenger is right and certain: no variance, no errors, an area of one.</summary>
    private static EvaluationFixture Certain()
    {
        var fixture = Binary(80, Differences(ModelTask.BinaryClassification));
        return fixture.With([.. fixture.Labels], [.. fixture.Labels.Select((label, row) => row % 9 == 0 ? 1 - label : label)]);
    }

    /// <summary>Two trainings that make no mistake, where most rows are positive.</summary>
    private static EvaluationInput CertainTwice()
    {
        var fixture = Binary(70, [new() { Metric = "auc", AtLeast = 0.9 }, new() { Metric = "auc", AtMost = 0.99, Kind = RuleKind.Alarm }, new() { Metric = "accuracy", NoWorseBy = new(0.01, false) }, new() { Metric = "recall", NoWorseBy = new(0.01, false) }]);
        double[] labels = [.. fixture.Labels.Select(label => 1 - label)];
        double[] wrong = [.. labels.Select((label, row) => row % 9 == 0 ? 1 - label : label)];
        var input = fixture.With(labels, wrong).With([.. labels.Select(label => 0.1 + (0.8 * label))], wrong).Input;
        return input with { Holdout = input.Holdout with { Labels = labels } };
    }

    private static EvaluationFixture Fixed(double[] challenger, double[] baseline)
        => Binary(challenger.Length, Differences(ModelTask.BinaryClassification)).With(challenger, baseline);

    private static EvaluationFixture Few()
    {
        var fixture = Binary(9, Floors(ModelTask.BinaryClassification));
        fixture.Policy = fixture.Policy with { RequireBetter = false };
        Assert.Contains(1.0, fixture.Labels);
        return fixture.Train(0.2, 0.2);
    }

    private static EvaluationFixture TwoRows()
    {
        return new EvaluationFixture(2, FindSeed()) { Policy = Small, Rules = Differences(ModelTask.BinaryClassification) }.With([0.4, 0.6], [0.7, 0.6]);

        static ulong FindSeed()
        {
            var seed = 1UL;
            while (new EvaluationFixture(2, seed).Labels.Sum() != 1)
            {
                seed++;
            }

            return seed;
        }
    }

    /// <summary>Exactly enough rows, one too few, and more small slices than are listed.</summary>
    private static EvaluationFixture ManySlices()
    {
        GateRule[] rules = [Better("auc"), new() { Metric = "accuracy", AtLeast = 0.4, NoWorseBy = new(0.1, false), Slices = ["kind", "void"] }];
        var fixture = Binary(160, rules).Train(0.4, 0.6);
        fixture.Slice("void", _ => null);
        return fixture.Slice("kind", row => row < 20 ? "twenty" : row < 39 ? "nineteen" : row < 100 ? "many" : $"small {row % 25}");
    }

    private static EvaluationFixture Same()
    {
        var fixture = Binary(90, Differences(ModelTask.BinaryClassification)).Train(0.4, null);
        fixture.NoChange = true;
        fixture.Baseline.Add(fixture.Challenger[0]);
        return fixture;
    }

    private static EvaluationFixture Sliced()
    {
        GateRule[] rules =
        [
            Better("auc"),
            new() { Metric = "auc", NoWorseBy = new(0.02, false), Slices = ["origin"] },
            new() { Metric = "recall", AtLeast = 0.3, Slices = ["origin", "distance"] },
            new() { Metric = "f1", NoWorseBy = new(0.1, true), Slices = ["origin & carrier"], Kind = RuleKind.Prove },
            new() { Metric = "log-loss", AtMost = 0.7, NoWorseBy = new(0.05, false), Slices = ["carrier"], Advisory = true },
        ];
        var fixture = Binary(240, rules).Train(0.4, 0.6, 0.2);
        fixture.Slice("origin", row => (row % 7) switch { 0 or 1 or 2 => "EWR", 3 or 4 => "JFK", 5 => "LGA", _ => row % 5 == 0 ? null : "HVN" });
        fixture.Slice("carrier", row => row % 3 == 0 ? "AA" : "UA", sensitive: true);
        fixture.Slices.Add(Bands.Cut("distance", false, [.. Enumerable.Range(0, 240).Select(row => row % 11 == 0 ? double.NaN : row * 37 % 900)], new() { Edges = [100, 400] }));
        return fixture;
    }

    /// <summary>A slice of one class, one of one row, and no baseline.</summary>
    private static EvaluationFixture SlicedAlone()
    {
        var fixture = Binary(120, [new() { Metric = "auc", AtLeast = 0.5 }, new() { Metric = "auc", AtLeast = 0.5, Slices = ["kind"] }, new() { Metric = "precision", NoWorseBy = new(0.1, false), Slices = ["kind"] }]);
        fixture.Policy = fixture.Policy with { MinimumSupport = 1, RequireBetter = false };
        fixture.Train(0.5, null);
        return fixture.Slice("kind", row => row == 3 ? "one" : fixture.Labels[row] == 1 && row % 2 == 0 ? "late" : "mixed");
    }

    private static EvaluationFixture Fair(bool clusters)
    {
        GateRule[] rules =
        [
            Better("accuracy"),
            .. FairnessCatalogue.All.SelectMany(metric => new GateRule[]
            {
                metric.HigherIsBetter ? new() { Fairness = metric.Name, By = ["sex"], AtLeast = 0.8 } : new() { Fairness = metric.Name, By = ["sex", "race"], AtMost = 0.1 },
                new() { Fairness = metric.Name, By = ["race"], NoWorseBy = new(0.02, false), Kind = RuleKind.Prove },
            }),
            new() { Fairness = "accuracy-difference", By = ["sex & race"], AtMost = 0.2 },
        ];
        var fixture = Binary(260, rules);
        fixture.Slice("sex", row => row % 3 == 0 ? "f" : "m", sensitive: true);
        fixture.Slice("race", row => (row % 13) switch { 0 => "few", < 5 => "a", < 9 => "b", _ => "c" }, sensitive: true);
        return (clusters ? Clusters(fixture, 52) : fixture).Train(0.4, 0.7, 0.3).Train(0.5, 0.6);
    }

    /// <summary>Groups in which a rate is undefined, or too few rows to judge any.</summary>
    private static EvaluationFixture FairAlone()
    {
        var fixture = Binary(120, [.. FairnessCatalogue.All.Select(metric => metric.HigherIsBetter ? new GateRule { Fairness = metric.Name, By = ["kind", "rare"], AtLeast = 0.8 } : new GateRule { Fairness = metric.Name, By = ["kind", "rare"], AtMost = 0.1 })]);
        fixture.Policy = fixture.Policy with { RequireBetter = false };
        fixture.Train(0.5, null);
        fixture.Slice("kind", row => fixture.Labels[row] == 0 && row % 2 == 0 ? "on time" : row % 3 == 0 ? null : "mixed", sensitive: true);
        fixture.Rules = [.. fixture.Rules, new() { Fairness = "equal-opportunity-difference", By = ["half"], NoWorseBy = new(0.1, false) }, new() { Fairness = "equal-opportunity-ratio", By = ["half"], AtLeast = 0.8 }];
        fixture.Slice("half", row => fixture.Labels[row] == 0 && row % 2 == 0 ? "on time" : "mixed", sensitive: true);
        return fixture.Slice("rare", row => row < 10 ? "x" : "y", sensitive: true);
    }

    private static EvaluationInput Chosen()
    {
        var fixture = Binary(140, [Better("f1"), Better("accuracy"), new() { Metric = "recall", AtLeast = 0.5 }]);
        fixture.Policy = fixture.Policy with { Choose = ThresholdRule.OfLine("f-beta@2") };
        var input = fixture.Train(0.4, 0.6).Train(0.6, 0.5).Input;
        var validation = new EvaluationFixture(70, 8).Train(0.4, 0.6).Train(0.6, 0.5);
        SideInput Validated(SideInput side, List<ReplicateInput> scored)
            => side with { Replicates = [.. side.Replicates.Zip(scored, (replicate, other) => replicate with { ValidationScores = other.Predictions.Scores[0] })] };
        return input with
        {
            ValidationLabels = validation.Labels,
            Challenger = Validated(input.Challenger, validation.Challenger),
            Baseline = Validated(input.Baseline!, validation.Baseline),
        };
    }

    private static EvaluationInput Costs()
    {
        GateRule[] rules =
        [
            Better("auc"),
            .. FootprintCatalogue.Units.Keys.Select(name => new GateRule { Footprint = name, AtMost = 5, NoWorseBy = new(0.1, true) }),
            new() { Footprint = "score-time", NoWorseBy = new(0.0005, false) },
            .. DataFindings.Titles.Keys.Select(name => new GateRule { Data = name }),
        ];
        var fixture = Binary(100, rules);
        fixture.Policy = fixture.Policy with { Watts = 12, Grid = 300 };
        fixture.Contamination = new() { Result = ContaminationResult.Contaminated, Rows = 12, HoldoutRows = 100, Exact = true, Sentence = "12 of 100 rows were trained on." };
        double[] Times(int count, double most) => [.. Enumerable.Range(0, count).Select(place => most * (1 + (place % 5 * 0.01)))];
        return fixture.Train(0.4, 0.5).Train(0.4, 0.6).Input with
        {
            Data = [new("leakage", "'arrival' tells the label."), new("leakage", "'gate' tells the label."), new("contract", "'age' is below 0."), new("leakage", "A third."), new("leakage", "A fourth."), new("leakage", "A fifth.")],
            FoundInFiles = [new("stale-predictions", "Other bytes made these predictions.")],
            Footprint =
            [
                new("model-size", [1200, 1300], [1000, 1000]),
                new("training-time", [2, 2.2], [2.1, 2.1]),
                new("training-cpu", [900, 905], [700, 720]),
                new("training-memory", null, [3e8, 3e8]) { Note = "One training was not measured." },
                new("score-time", Times(5, 0.003), Times(5, 0.0029)),
                new("score-memory", Times(5, 2e6), null),
                new("score-p50", Times(200, 1e-5), Times(200, 1.1e-5)),
                new("score-p95", Times(200, 1e-5), Times(200, 1e-5)),
                new("score-p99", Times(200, 1e-5), Times(200, 0.9e-5)),
                new("load-time", [0.2], [0.3]),
                new("allocations", Times(5, 800), Times(5, 800)),
            ],
        };
    }

    private static ReplicateInput Replicate(string side, int number, Predictions predictions)
        => new(new() { RunId = $"{side}{number}", Seed = number, ModelDigest = $"sha256:{side}{number}", PredictionsDigest = $"sha256:p{side}{number}" }, predictions);

    private static EvaluationInput Input(ModelTask task, double[] labels, string[] classes, Predictions[] challenger, Predictions[]? baseline, GateRule[] rules)
        => new()
        {
            Model = "small",
            Mode = RunMode.Full,
            Task = task,
            Policy = Small with { Rules = rules },
            Holdout = new() { Labels = labels, Classes = classes, Digest = "sha256:" + new string('b', 64), TotalRows = labels.Length * 10 },
            Challenger = new("head", [.. challenger.Select((predictions, place) => Replicate("C", place, predictions))]),
            Baseline = baseline is null ? null : new("main", [.. baseline.Select((predictions, place) => Replicate("B", place, predictions))]),
        };

    private static EvaluationInput Multiclass(int trainings, bool baseline, GateRule[] rules)
    {
        var labels = Labels(110);
        return Input(
            ModelTask.MulticlassClassification,
            labels,
            ["bird", "cat", "dog", "eel"],
            [.. Enumerable.Range(0, trainings).Select(training => Probabilities(labels, 11 + training, 1.2))],
            baseline ? [.. Enumerable.Range(0, trainings).Select(training => Probabilities(labels, 31 + training, 1.6))] : null,
            rules);
    }

    private static double[] Labels(int rows) => [.. Enumerable.Range(0, rows).Select(row => (row % 11) switch { < 5 => 0.0, < 8 => 1.0, < 10 => 2.0, _ => 3.0 })];

    private static Predictions Probabilities(double[] labels, int salt, double noise)
    {
        var fixture = new EvaluationFixture(1, (ulong)salt);
        var scores = Enumerable.Range(0, 4).Select(_ => new double[labels.Length]).ToArray();
        for (var row = 0; row < labels.Length; row++)
        {
            var weights = Enumerable.Range(0, 4).Select(place => Math.Exp((labels[row] == place ? 1.5 : 0) + (noise * fixture.Gauss()))).ToArray();
            for (var place = 0; place < 4; place++)
            {
                scores[place][row] = Math.Round(weights[place] / weights.Sum(), 2);
            }
        }

        return new(scores);
    }

    private static EvaluationInput ClassesOnly()
    {
        var labels = Labels(90);
        int[] Classes(int salt) => [.. labels.Select((label, row) => row * salt % 10 < 3 ? (row + salt) % 4 : (int)label)];
        GateRule[] rules = [.. Differences(ModelTask.MulticlassClassification).Where(rule => !MetricCatalogue.Find(ModelTask.MulticlassClassification, rule.Metric!)!.NeedsScores)];
        return Input(ModelTask.MulticlassClassification, labels, ["bird", "cat", "dog", "eel"], [new([], Classes(3))], [new([], Classes(7))], rules);
    }

    /// <summary>A class that no row has, one that no row is predicted as, and probabilities of zero.</summary>
    private static EvaluationInput AbsentClass()
    {
        var labels = Labels(80).Select(label => label == 3 ? 0 : label).ToArray();
        double[][] One(int salt) => [.. Enumerable.Range(0, 4).Select(place => labels.Select((label, row) => (row * salt % 5 == 0 ? 0 : label == 2 ? 1 : label) == place ? 1.0 : 0.0).ToArray())];
        return Input(ModelTask.MulticlassClassification, labels, ["bird", "cat", "dog", "eel"], [new(One(3))], [new(One(4))], Differences(ModelTask.MulticlassClassification));
    }

    private static EvaluationInput Regression(int trainings, bool baseline, GateRule[] rules)
    {
        var fixture = new EvaluationFixture(1, 17);
        double[] labels = [.. Enumerable.Range(0, 130).Select(_ => Math.Round(10 + (4 * fixture.Gauss()), 1))];
        Predictions Side(double noise) => new([[.. labels.Select(label => Math.Round((0.8 * label) + 2 + (noise * fixture.Gauss()), 2))]]);
        var challenger = Enumerable.Range(0, trainings).Select(_ => Side(1.1)).ToArray();
        return Input(ModelTask.Regression, labels, [], challenger, baseline ? [.. Enumerable.Range(0, trainings).Select(_ => Side(1.3))] : null, rules);
    }

    /// <summary>Labels of zero and below, exact hits, and ties.</summary>
    private static EvaluationInput Zeros()
    {
        double[] labels = [.. Enumerable.Range(0, 60).Select(row => (row % 7) - 3.0)];
        return Input(ModelTask.Regression, labels, [], [new([[.. labels.Select((label, row) => row % 4 == 0 ? label : label + 1)]])], [new([[.. labels.Select((label, row) => row % 3 == 0 ? -label : label)]])], Differences(ModelTask.Regression));
    }

    private static EvaluationInput ConstantRegression()
    {
        double[] labels = [.. Enumerable.Range(0, 50).Select(row => 5.0 + (row % 2))];
        return Input(ModelTask.Regression, labels, [], [new([[.. labels.Select(_ => 5.5)]])], [new([[.. labels.Select(_ => 0.0)]])], Relatives(ModelTask.Regression));
    }
}
