using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Evaluating;

namespace MlOps.Build.Engine.Tests.Evaluating;

/// <summary>One sort and one pass against counting every row again for every threshold.</summary>
public sealed class ThresholdChooserTests
{
    public static TheoryData<string> Rules => ["youden", "f1", "f-beta@2", "f-beta@0.5", "f-beta@1.3", "cost=1:1", "cost=1:5", "cost=7:1", "cost=0.3:0.1"];

    [Theory]
    [MemberData(nameof(Rules))]
    public void The_threshold_is_the_one_that_counting_every_row_for_every_threshold_finds(string text)
    {
        var rule = ThresholdRule.OfLine(text)!;
        for (var seed = 1UL; seed <= 60; seed++)
        {
            // Few digits make ties within and between the classes, rare positives make classes of one.
            var random = new Xoshiro256(seed);
            var (rows, digits, rare) = (2 + (int)(random.NextDouble() * 60), seed % 3 == 0 ? 10 : 1000, seed % 4 == 0 ? 0.1 : 0.45);
            double[] labels = [1, 0, .. Enumerable.Range(0, rows).Select(_ => random.NextDouble() < rare ? 1.0 : 0)];
            double[] scores = [.. labels.Select(label => Math.Floor(Math.Min(((random.NextDouble() * 0.8) + (label * 0.2)) * digits, digits)) / digits)];

            var chosen = ThresholdChooser.Choose(rule, labels, scores);

            var (threshold, value) = BruteForce(rule, labels, scores);
            Assert.Equal(threshold, chosen.Threshold);
            Assert.Equal(value, chosen.Value, 1e-12);
            Assert.Equal(labels.Where((label, row) => label == 1 && scores[row] >= threshold).Count(), chosen.Found);
            Assert.Equal(labels.Where((label, row) => label == 0 && scores[row] >= threshold).Count(), chosen.FalseAlarms);
            Assert.Equal(labels.Where((label, row) => label == 1 && scores[row] < threshold).Count(), chosen.Missed);
            Assert.Equal(labels.Length, chosen.Found + chosen.FalseAlarms + chosen.Missed + chosen.RightlyQuiet);
        }
    }

    [Theory]
    [InlineData("youden", 0.6, 0.75)]
    [InlineData("f1", 0.3, 8.0 / 9)]
    [InlineData("f-beta@2", 0.3, 20.0 / 21)]
    [InlineData("cost=1:5", 0.3, 1.0 / 7)]
    [InlineData("cost=5:1", 0.6, 1.0 / 7)]
    public void By_hand_four_positives_of_seven_rows(string text, double threshold, double value)
    {
        double[] labels = [1, 1, 1, 0, 1, 0, 0];
        double[] scores = [0.9, 0.8, 0.6, 0.5, 0.3, 0.2, 0.1];

        var chosen = ThresholdChooser.Choose(ThresholdRule.OfLine(text)!, labels, scores);

        Assert.Equal(threshold, chosen.Threshold);
        Assert.Equal(value, chosen.Value, 1e-12);
    }

    [Fact]
    public void Of_thresholds_that_are_equally_good_the_smallest_is_taken()
    {
        // Youden's J is 1/2 at 0.8 (1 of 2, 0 of 2) and at 0.4 (2 of 2, 1 of 2).
        var chosen = ThresholdChooser.Choose(ThresholdRule.Of("youden")!, [1, 0, 1, 0], [0.8, 0.6, 0.4, 0.2]);

        Assert.Equal(0.4, chosen.Threshold);
        Assert.Equal(0.5, chosen.Value);
    }

    [Fact]
    public void Where_every_alarm_costs_more_than_it_finds_nothing_is_predicted_positive()
    {
        var rule = ThresholdRule.OfLine("cost=100:1")!;

        var chosen = ThresholdChooser.Choose(rule, [0, 1, 0], [0.9, 0.5, 0.1]);
        var certain = ThresholdChooser.Choose(rule, [0, 1, 0], [1, 0.5, 0.1]);

        Assert.Equal((1, 0, 1), (chosen.Threshold, chosen.FalseAlarms, chosen.Missed));

        // No threshold lies above a score of 1, so its alarm cannot be spared.
        Assert.Equal((0.5, 1, 0), (certain.Threshold, certain.FalseAlarms, certain.Missed));
    }

    [Fact]
    public void A_constant_score_tells_nothing_and_predicts_every_row_positive()
    {
        var chosen = ThresholdChooser.Choose(ThresholdRule.Of("youden")!, [1, 0, 0], [0.3, 0.3, 0.3]);

        Assert.Equal((0.3, 0.0), (chosen.Threshold, chosen.Value));
    }

    [Fact]
    public void The_order_of_the_rows_and_their_number_do_not_matter()
    {
        double[] labels = [.. Enumerable.Range(0, 300_000).Select(row => row % 7 == 0 ? 1.0 : 0)];
        double[] scores = [.. labels.Select((label, row) => ((row * 7919 % 1000) + (label * 400)) / 1400)];
        var rule = ThresholdRule.OfLine("cost=1:5")!;

        var forward = ThresholdChooser.Choose(rule, labels, scores);
        Array.Reverse(labels);
        Array.Reverse(scores);

        Assert.Equal(forward, ThresholdChooser.Choose(rule, labels, scores));
    }

    [Theory]
    [InlineData(new double[] { 0, 0 }, "None of the 2 validation rows is positive.")]
    [InlineData(new double[] { 1, 1 }, "All of the 2 validation rows are positive.")]
    public void Rows_of_one_class_choose_nothing(double[] labels, string why)
    {
        var problem = Assert.Throws<ProblemException>(() => ThresholdChoices.Of(ThresholdRule.Of("f1")!, labels, [[0.1, 0.2]], [])).Problem;

        Assert.Equal(("MLO2974", why), (problem.Code, problem.Why));
    }

    [Fact]
    public void Each_training_of_each_side_has_its_own_and_few_rows_are_said()
    {
        var choice = ThresholdChoices.Of(ThresholdRule.Of("youden")!, [1, 0, 1, 0], [[0.9, 0.1, 0.8, 0.2], [0.4, 0.3, 0.7, 0.1]], [[0.6, 0.5, 0.55, 0.5]]);

        Assert.Equal([0.8, 0.4], choice.Challenger.Select(chosen => chosen.Threshold));
        Assert.Equal([0.55], choice.Baseline.Select(chosen => chosen.Threshold));
        Assert.Equal((4, 2, "youden"), (choice.Rows, choice.Positives, choice.Rule));
        Assert.Contains("only 2 positive rows", Assert.Single(choice.Notes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("youden", "youden")]
    [InlineData("f1", "f1")]
    [InlineData("f-beta@1", "f1")]
    [InlineData("f2", "f-beta@2")]
    [InlineData("f-beta@0.5", "f-beta@0.5")]
    [InlineData("cost=1:5", "cost 1:5")]
    [InlineData("cost=0.5:20", "cost 0.5:20")]
    [InlineData("cost", null)]
    [InlineData("cost=1", null)]
    [InlineData("cost:1:5", null)]
    [InlineData("cost=0:5", null)]
    [InlineData("cost=1:-5", null)]
    [InlineData("f-beta@0", null)]
    [InlineData("f-beta@-1", null)]
    [InlineData("youdens", null)]
    public void A_rule_is_read_from_one_line_and_says_the_same_again(string text, string? words)
        => Assert.Equal(words, ThresholdRule.OfLine(text)?.Text);

    private static (double Threshold, double Value) BruteForce(ThresholdRule rule, double[] labels, double[] scores)
    {
        var candidates = scores.Append(scores.Max() < 1 ? 1 : scores.Max()).Distinct().Order();
        (double Threshold, double Value) best = (double.NaN, double.NaN);
        foreach (var threshold in candidates)
        {
            double Count(double label, bool positive) => labels.Where((truth, row) => truth == label && (scores[row] >= threshold) == positive).Count();
            var (found, alarms, missed, quiet) = (Count(1, true), Count(0, true), Count(1, false), Count(0, false));
            var value = rule.Criterion switch
            {
                ThresholdCriterion.Youden => (found / (found + missed)) + (quiet / (quiet + alarms)) - 1,
                ThresholdCriterion.FBeta when found == 0 => 0,
                ThresholdCriterion.FBeta => FBeta(found / (found + alarms), found / (found + missed), rule.Beta),
                _ => ((rule.FalsePositive * alarms) + (rule.FalseNegative * missed)) / labels.Length,
            };
            var isBetter = rule.Criterion == ThresholdCriterion.Cost ? value < best.Value - 1e-12 : value > best.Value + 1e-12;
            if (double.IsNaN(best.Value) || isBetter)
            {
                best = (threshold, value);
            }
        }

        return best;
    }

    private static double FBeta(double precision, double recall, double beta)
        => (1 + (beta * beta)) * precision * recall / ((beta * beta * precision) + recall);
}
