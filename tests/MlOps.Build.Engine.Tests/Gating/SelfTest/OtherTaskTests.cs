using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Evaluating;
using MlOps.Build.Engine.Gating;

namespace MlOps.Build.Engine.Tests.Gating;

/// <summary>The same damages and improvements where the model knows several classes, names them only, or predicts a number.</summary>
public sealed class OtherTaskTests
{
    private const int Rows = 1200;

    [Fact]
    public void A_model_of_three_classes() => Check(
        ModelTask.MulticlassClassification,
        Classifier(namesOnly: false),
        [
            new() { Metric = "accuracy", AtLeast = 0.5, NoWorseBy = new(0.03, false) },
            new() { Metric = "log-loss", NoWorseBy = new(0.05, true) },
            new() { Metric = "log-loss", Slices = ["origin"], NoWorseBy = new(0.05, false) },
        ]);

    [Fact]
    public void A_model_that_names_classes_only() => Check(
        ModelTask.MulticlassClassification,
        Classifier(namesOnly: true),
        [
            new() { Metric = "accuracy", AtLeast = 0.5, NoWorseBy = new(0.005, false) },
            new() { Metric = "accuracy", Slices = ["origin"], NoWorseBy = new(0.03, false) },
        ]);

    [Fact]
    public void A_model_that_predicts_a_number() => Check(
        ModelTask.Regression,
        Regressor(),
        [
            new() { Metric = "mae", AtMost = 0.8, NoWorseBy = new(0.05, true) },
            new() { Metric = "mae", Slices = ["origin"], NoWorseBy = new(0.05, false) },
        ]);

    private static void Check(ModelTask task, (double[] Labels, Predictions One, Predictions Other) models, GateRule[] rules)
    {
        var policy = new GateConfiguration { Rules = rules, Resamples = 200, Primary = rules[0].Metric };
        var input = new EvaluationInput
        {
            Model = "m",
            Mode = RunMode.Full,
            Task = task,
            Policy = policy,
            Holdout = new()
            {
                Labels = models.Labels,
                Classes = task == ModelTask.Regression ? [] : ["a", "b", "c"],
                Digest = "sha256:h",
                Slices = [SliceColumn.From("origin", sensitive: true, [.. Enumerable.Range(0, Rows).Select(row => $"o{row % 3}")])],
            },
            Challenger = Side("head", models.One),
            Baseline = Side("main", models.Other),
        };
        var sides = Twins.Sides(input, 1);
        var test = new SelfTest(policy, "sha256:e");

        MutantResult[] damages = [.. test.Damage(sides, 1)];
        MutantResult[] improvements = [.. test.Improve(sides, 1)];
        var nothing = test.ChangeNothing(sides, 40, 1, TestContext.Current.CancellationToken);

        Assert.All(damages.Concat(improvements), mutant => Assert.True(mutant.Holds, $"{mutant.Name} {mutant.Outcome}: {mutant.Sentence}"));
        Assert.True(damages.Count(damage => damage.Outcome != MutantOutcome.NotApplicable) >= 12);
        Assert.True(improvements.Count(improvement => improvement.Outcome == MutantOutcome.Passed) >= 6);
        Assert.True(nothing.Holds);
    }

    private static SideInput Side(string name, Predictions predictions) => new(name, [new(
        new() { RunId = name, Seed = 0, ModelDigest = "sha256:" + name, PredictionsDigest = "sha256:p" + name }, predictions)]);

    private static (double[] Labels, Predictions One, Predictions Other) Classifier(bool namesOnly)
    {
        var random = new Xoshiro256(9);
        double[] labels = [.. Enumerable.Range(0, Rows).Select(_ => (double)random.Next(3))];
        return (labels, Model(), Model());

        Predictions Model()
        {
            double[][] scores = [new double[Rows], new double[Rows], new double[Rows]];
            for (var row = 0; row < Rows; row++)
            {
                double[] weights = [.. Enumerable.Range(0, 3).Select(k => Math.Exp((1.5 * (random.Normal() + (k == (int)labels[row] ? 1.5 : 0)))))];
                for (var k = 0; k < 3; k++)
                {
                    scores[k][row] = weights[k] / weights.Sum();
                }
            }

            int[] named = [.. Enumerable.Range(0, Rows).Select(row => Array.IndexOf([.. scores.Select(column => column[row])], scores.Max(column => column[row])))];
            return namesOnly ? new([], named) : new(scores);
        }
    }

    private static (double[] Labels, Predictions One, Predictions Other) Regressor()
    {
        var random = new Xoshiro256(9);
        double[] labels = [.. Enumerable.Range(0, Rows).Select(_ => random.Normal())];
        Predictions Model() => new([[.. labels.Select(label => label + (0.5 * random.Normal()))]]);
        return (labels, Model(), Model());
    }
}
