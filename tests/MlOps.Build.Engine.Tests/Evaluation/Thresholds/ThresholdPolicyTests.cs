using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Evaluating;
using MlOps.Build.Engine.Gating;
using MlOps.Build.Engine.Registry;

namespace MlOps.Build.Engine.Tests.Evaluating;

/// <summary>A policy that chooses thresholds: each training of each side at its own, everywhere.</summary>
public sealed class ThresholdPolicyTests
{
    private static readonly GateConfiguration Choosing = new() { Choose = ThresholdRule.OfLine("cost=1:4"), MinimumSupport = 2, MinimumGroupSupport = 2 };

    [Fact]
    public void Each_training_is_measured_at_the_threshold_of_its_own_validation_scores()
    {
        var input = Input();

        var evaluation = Evaluator.Evaluate(input);

        var choice = evaluation.ThresholdChoice!;
        Assert.Equal(("cost 1:4", 300, 2, 2), (choice.Rule, choice.Rows, choice.Challenger.Length, choice.Baseline.Length));
        Assert.Equal(choice.Challenger[0].Threshold, evaluation.Threshold);
        Assert.NotEqual(choice.Challenger[0].Threshold, choice.Challenger[1].Threshold);
        double Accuracy(SideInput side, ChosenThreshold[] chosen) => side.Replicates
            .Select((replicate, place) => replicate.Predictions.Scores[0].Where((score, row) => (score >= chosen[place].Threshold) == (input.Holdout.Labels[row] == 1)).Count() / (double)input.Holdout.Labels.Length)
            .Average();
        var accuracy = evaluation.Metrics.Single(metric => metric.Name == "accuracy");
        Assert.Equal(Accuracy(input.Challenger, choice.Challenger), accuracy.Challenger!.Value, 1e-12);
        Assert.Equal(Accuracy(input.Baseline!, choice.Baseline), accuracy.Baseline!.Value, 1e-12);
        var found = input.Challenger.Replicates[0].Predictions.Scores[0].Where((score, row) => score >= choice.Challenger[0].Threshold && input.Holdout.Labels[row] == 1).Count();
        Assert.Equal(found, evaluation.Charts.Confusion[1][1]);
    }

    [Fact]
    public void Slices_and_fairness_groups_are_measured_at_the_same_thresholds()
    {
        var input = Input();

        var evaluation = Evaluator.Evaluate(input);

        double Selected(SideInput side, ChosenThreshold[] chosen, int group) => side.Replicates
            .Select((replicate, place) => replicate.Predictions.Scores[0].Where((score, row) => row % 2 == group && score >= chosen[place].Threshold).Count() / (input.Holdout.Labels.Length / 2.0))
            .Average();
        var groups = evaluation.Fairness.Single().Groups;
        for (var group = 0; group < 2; group++)
        {
            Assert.Equal(Selected(input.Challenger, evaluation.ThresholdChoice!.Challenger, group), groups[group].Challenger.SelectionRate.Value, 1e-12);
            Assert.Equal(Selected(input.Baseline!, evaluation.ThresholdChoice.Baseline, group), groups[group].Baseline!.SelectionRate.Value, 1e-12);
        }

        var recalls = evaluation.Rules.Where(rule => rule.Metric == "recall" && rule.Column == "part").ToArray();
        Assert.Equal(2, recalls.Length);
        Assert.All(recalls, rule => Assert.InRange(rule.Challenger!.Value, 0.5, 0.9999));
    }

    [Fact]
    public void The_validation_rows_change_nothing_where_the_policy_fixes_a_threshold()
    {
        var input = Input();
        var policy = input.Policy with { Choose = null, Threshold = 0.3 };

        var with = Evaluator.Evaluate(input with { Policy = policy });
        var without = Evaluator.Evaluate(Fixture().Input with { Policy = policy });

        Assert.Equal(0.3, with.Threshold);
        Assert.Null(with.ThresholdChoice);
        Assert.Equal(Documents.Write(without), Documents.Write(with));
    }

    [Fact]
    public void Without_scored_validation_rows_nothing_is_measured()
    {
        var input = Input();

        var unscored = input with { Challenger = input.Challenger with { Replicates = [.. input.Challenger.Replicates.Select(replicate => replicate with { ValidationScores = null })] } };

        Assert.Equal("MLO2975", Assert.Throws<ProblemException>(() => Evaluator.Evaluate(unscored)).Problem.Code);
        Assert.Equal("MLO2975", Assert.Throws<ProblemException>(() => Evaluator.Evaluate(input with { ValidationLabels = null })).Problem.Code);
        Assert.Equal("MLO2974", Assert.Throws<ProblemException>(() => Evaluator.Evaluate(input with { ValidationLabels = new double[300] })).Problem.Code);
    }

    [Fact]
    public void The_verdict_says_how_and_a_model_judged_at_a_threshold_is_registered_with_it()
    {
        var input = Input();
        var evaluation = Evaluator.Evaluate(input);

        var verdict = Gate.Judge(evaluation, input.Policy, new() { Now = DateTimeOffset.UnixEpoch, EngineDigest = "sha256:e" });

        Assert.Equal(evaluation.ThresholdChoice, verdict.ThresholdChoice);
        Assert.StartsWith("chosen by cost 1:4 on 300 validation rows, ", verdict.ThresholdChoice!.Sentence(), StringComparison.Ordinal);
        Assert.Equal(new(evaluation.Threshold!.Value, "cost 1:4", 300), PackageManifest.Threshold(evaluation));
        Assert.Equal(new(0.3, null, null), PackageManifest.Threshold(evaluation with { Threshold = 0.3, ThresholdChoice = null }));
        Assert.Null(PackageManifest.Threshold(evaluation with { Threshold = 0.5, ThresholdChoice = null }));
        Assert.Null(PackageManifest.Threshold(evaluation with { Threshold = null, ThresholdChoice = null }));
    }

    [Fact]
    public void A_rule_is_part_of_what_a_policy_says_and_no_rule_changes_no_digest()
    {
        GateConfiguration one = new() { Choose = ThresholdRule.OfLine("cost=1:4") }, other = new() { Choose = ThresholdRule.OfLine("cost=1:5") };

        Assert.Equal(3, new[] { one, other, new() }.Select(PolicyDigest.Of).Distinct().Count());
        Assert.Contains("changed: threshold 0.5 to threshold by cost 1:4 on validation rows", PolicyWords.Differences(new(), one, ModelTask.BinaryClassification));
    }

    private static EvaluationFixture Fixture() => new EvaluationFixture(400)
    {
        Policy = Choosing,
        Rules = [new() { Metric = "accuracy", NoWorseBy = new(0.2, false) }, new() { Metric = "recall", Slices = ["part"], NoWorseBy = new(0.2, false) }],
    }.Train(0.6, 0.9).Train(0.7, 0.8).Slice("part", row => row % 2 == 0 ? "a" : "b", sensitive: true);

    private static EvaluationInput Input()
    {
        // Of the same people: a fixture of another seed is another draw of rows.
        var validation = new EvaluationFixture(300, seed: 9).Train(0.6, 0.9).Train(0.7, 0.8);
        var input = Fixture().Input;
        SideInput Side(SideInput side, List<ReplicateInput> scored)
            => side with { Replicates = [.. side.Replicates.Zip(scored, (replicate, other) => replicate with { ValidationScores = other.Predictions.Scores[0] })] };
        return input with
        {
            ValidationLabels = validation.Labels,
            Challenger = Side(input.Challenger, validation.Challenger),
            Baseline = Side(input.Baseline!, validation.Baseline),
        };
    }
}
