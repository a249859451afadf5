using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Evaluating;
using MlOps.Build.Engine.Reporting;

namespace MlOps.Build.Engine.Tests.Evaluating;

public sealed class EvaluatorTests
{
    [Fact]
    public void Both_sides_and_their_difference_are_reported_for_every_metric_of_the_task()
    {
        var evaluation = new EvaluationFixture(500).Train(0.3, 0.6).Evaluate();

        Assert.Equal("auc", evaluation.Metrics[0].Name);
        Assert.All(evaluation.Metrics, metric =>
        {
            Assert.NotNull(metric.Challenger);
            Assert.NotNull(metric.Baseline);
            Assert.NotNull(metric.Difference);
        });
        Assert.Equal(14, evaluation.Metrics.Length);
    }

    [Fact]
    public void The_same_input_gives_the_same_bytes_and_another_seed_other_resamples()
    {
        EvaluationFixture Make() => new(400) { Rules = [new() { Metric = "f1", NoWorseBy = new(0.05, false) }] };
        var input = Make().Train(0.3, 0.6).Input;

        var first = Documents.Write(Evaluator.Evaluate(input));
        var second = Documents.Write(Evaluator.Evaluate(Make().Train(0.3, 0.6).Input));
        var other = Documents.Write(Evaluator.Evaluate(input with { Seed = 43 }));

        Assert.Equal(first, second);
        Assert.NotEqual(first, other);
    }

    [Fact]
    public void A_difference_is_oriented_so_that_larger_is_better_for_a_loss_too()
    {
        var evaluation = new EvaluationFixture(2000).Train(0.1, 2).Evaluate();

        foreach (var name in new[] { "auc", "log-loss", "brier", "accuracy" })
        {
            Assert.True(evaluation.Metrics.Single(metric => metric.Name == name).Difference!.Value > 0, name);
        }
    }

    [Fact]
    public void Swapping_the_sides_mirrors_the_interval()
    {
        GateRule[] rules = [new() { Metric = "auc", NoWorseBy = new(0, false) }, new() { Metric = "log-loss", NoWorseBy = new(0, false) }, new() { Metric = "accuracy", NoWorseBy = new(0, false) }];
        var one = new EvaluationFixture(600) { Rules = rules }.Train(0.3, 0.6);
        var other = new EvaluationFixture(600) { Rules = rules }
            .With(one.Baseline[0].Predictions.Scores[0], one.Challenger[0].Predictions.Scores[0]);

        var (forward, back) = (one.Evaluate().Rules, other.Evaluate().Rules);

        foreach (var (a, b) in forward.Zip(back))
        {
            GoldenFile.Equal(a.Estimate!.Value, -b.Estimate!.Value);
            GoldenFile.Equal(a.Lower!.Value, -b.Upper!.Value);
            GoldenFile.Equal(a.Upper!.Value, -b.Lower!.Value);
        }
    }

    [Fact]
    public void Training_noise_widens_the_interval_by_the_formula_of_the_design()
    {
        var fixture = new EvaluationFixture(800).Train(0.3, 0.6).Train(0.9, 0.6).Train(0.2, 0.7);

        var difference = fixture.Evaluate().Metrics[0].Difference!;

        var each = Enumerable.Range(0, 3)
            .Select(r => BinaryMetricTests.Value("auc", fixture.Labels, fixture.Challenger[r].Predictions.Scores[0])
                - BinaryMetricTests.Value("auc", fixture.Labels, fixture.Baseline[r].Predictions.Scores[0]))
            .ToArray();
        var mean = each.Average();
        var noise = Math.Sqrt(each.Sum(d => (d - mean) * (d - mean)) / 2);
        GoldenFile.Equal(mean, difference.Value);
        GoldenFile.Equal(noise, difference.TrainingNoise!.Value);
        var a = noise * noise / 3;
        var total = difference.StandardError!.Value * difference.StandardError.Value;
        var b = total - a;
        Assert.True(b > 0);
        GoldenFile.Equal(total * total / ((a * a / 2) + (b * b / 799)), difference.DegreesOfFreedom!.Value, 1e-6);
        var t = StudentT.Quantile(0.95, difference.DegreesOfFreedom);
        GoldenFile.Equal(mean - (t * Math.Sqrt(total)), difference.Lower!.Value);
    }

    [Fact]
    public void Averaging_replicates_shrinks_the_error_of_the_rows()
    {
        var one = new EvaluationFixture(800).Train(0.5, 0.5);
        var three = new EvaluationFixture(800).Train(0.5, 0.5).Train(0.5, 0.5).Train(0.5, 0.5);

        Assert.True(three.Evaluate().Metrics.Single(m => m.Name == "log-loss").Difference!.StandardError
            < one.Evaluate().Metrics.Single(m => m.Name == "log-loss").Difference!.StandardError);
    }

    [Fact]
    public void Rows_of_a_group_count_as_one_observation()
    {
        var rows = new EvaluationFixture(600).Train(0.3, 0.6);
        var labels = rows.Labels;
        int[] twice = [.. Enumerable.Range(0, 600), .. Enumerable.Range(0, 600)];
        double[] Doubled(double[] values) => [.. twice.Select(i => values[i])];
        EvaluationInput Input(int[]? groups) => rows.Input with
        {
            Holdout = rows.Input.Holdout with { Labels = Doubled(labels), Groups = groups },
            Challenger = new("head", [rows.Challenger[0] with { Predictions = new([Doubled(rows.Challenger[0].Predictions.Scores[0])]) }]),
            Baseline = new("main", [rows.Baseline[0] with { Predictions = new([Doubled(rows.Baseline[0].Predictions.Scores[0])]) }]),
        };

        foreach (var metric in new[] { "auc", "log-loss" })
        {
            double Error(EvaluationInput input) => Evaluator.Evaluate(input).Metrics.Single(m => m.Name == metric).Difference!.StandardError!.Value;
            var single = Error(rows.Input);
            var pretended = Error(Input(null));
            var grouped = Error(Input(twice));

            // Every row written twice tells nothing new: the group knows, the plain interval does not.
            Assert.InRange(pretended / single, 0.69, 0.73);
            Assert.InRange(grouped / single, 0.99, 1.01);
        }
    }

    [Fact]
    public void A_relative_margin_tests_what_is_left_of_it()
    {
        var fixture = new EvaluationFixture(700) { Rules = [new() { Metric = "log-loss", NoWorseBy = new(0.02, true) }] }.Train(0.3, 0.4);

        var measured = fixture.Evaluate().Rules.Single();

        GoldenFile.Equal((1.02 * measured.Baseline!.Value) - measured.Challenger!.Value, measured.Estimate!.Value);
        Assert.Equal(0, measured.Limit);
        Assert.Equal("no worse by 2 %", measured.LimitText);
        Assert.Equal("paired t", measured.Method);
    }

    [Fact]
    public void A_perfect_auc_still_has_a_lower_bound_that_depends_on_the_rows()
    {
        var fixture = new EvaluationFixture(60) { Rules = [new() { Metric = "auc", AtLeast = 0.9 }] };
        fixture.With([.. fixture.Labels], null);

        var measured = fixture.Evaluate().Rules.Single();

        Assert.Equal(1, measured.Challenger);
        Assert.InRange(measured.Lower!.Value, 0.7, 0.95);
    }

    [Fact]
    public void Bounds_and_p_value_of_harm_agree()
    {
        foreach (var metric in new[] { "auc", "log-loss", "accuracy", "f1" })
        {
            var fixture = new EvaluationFixture(400) { Rules = [new() { Metric = metric, NoWorseBy = new(0, false) }] }.Train(0.8, 0.2);

            var measured = fixture.Evaluate().Rules.Single();

            Assert.Equal(measured.Upper < 0, measured.HarmPValue < 0.05);
            Assert.InRange(measured.HarmPValue!.Value, 0, 1);
        }
    }

    [Fact]
    public void Slices_with_few_rows_are_listed_and_not_measured()
    {
        var fixture = new EvaluationFixture(1000) { Rules = [new() { Metric = "auc", NoWorseBy = new(0.03, false), Slices = ["origin"] }] }
            .Train(0.3, 0.6)
            .Slice("origin", row => row < 50 ? "EWR" : row < 60 ? null : "JFK");

        var evaluation = fixture.Evaluate();

        Assert.Equal(
            [(null, MeasurementStatus.TooFewRows, 10L), ("EWR", MeasurementStatus.TooFewRows, 50L), ("JFK", MeasurementStatus.Measured, 940L)],
            evaluation.Rules.Select(rule => (rule.Value, rule.Status, rule.Rows)));
        Assert.Equal(3, evaluation.Slices.Length);
    }

    [Fact]
    public void A_slice_gives_what_its_rows_alone_would_give()
    {
        var fixture = new EvaluationFixture(1000) { Rules = [new() { Metric = "f1", NoWorseBy = new(0.03, false), Slices = ["half"] }] }
            .Train(0.3, 0.6)
            .Slice("half", row => row % 2 == 0 ? "even" : "odd");
        int[] even = [.. Enumerable.Range(0, 500).Select(i => 2 * i)];
        var alone = new EvaluationFixture(500) { Rules = [new() { Metric = "f1", NoWorseBy = new(0.03, false) }] };
        for (var i = 0; i < even.Length; i++)
        {
            alone.Labels[i] = fixture.Labels[even[i]];
        }

        alone.With(
            [.. even.Select(row => fixture.Challenger[0].Predictions.Scores[0][row])],
            [.. even.Select(row => fixture.Baseline[0].Predictions.Scores[0][row])]);

        var slice = fixture.Evaluate().Rules.Single(rule => rule.Value == "even");

        var expected = alone.Evaluate().Rules.Single();
        Assert.Equal(expected.Lower, slice.Lower);
        Assert.Equal(expected.Estimate, slice.Estimate);
        Assert.Equal("paired bootstrap, BCa", slice.Method);
    }

    [Fact]
    public void A_slice_of_one_class_is_undefined_and_says_so()
    {
        var fixture = new EvaluationFixture(1000);
        fixture.Rules = [new() { Metric = "auc", NoWorseBy = new(0.03, false), Slices = ["class"] }];
        fixture.Train(0.3, 0.6).Slice("class", row => fixture.Labels[row] == 1 ? "positive" : "negative");

        Assert.All(fixture.Evaluate().Rules, rule =>
        {
            Assert.Equal(MeasurementStatus.Undefined, rule.Status);
            Assert.Contains("AUC is not defined", rule.Note);
        });
    }

    [Fact]
    public void A_regression_is_judged_by_its_rmse_by_default()
    {
        var fixture = new EvaluationFixture(300) { Task = ModelTask.Regression, Rules = [new() { NoWorseBy = new(0.1, true) }] }.Train(0.1, 0.2);

        var evaluation = fixture.Evaluate();

        Assert.Equal("rmse", evaluation.Rules.Single().Metric);
        Assert.Equal("rmse", evaluation.Metrics[0].Name);
        Assert.StartsWith("paired bootstrap", evaluation.Rules.Single().Method);
        Assert.Equal(20, evaluation.Charts.Residuals.Length);
        Assert.Empty(evaluation.Holdout.Classes);
    }

    [Fact]
    public void A_bias_is_judged_by_its_size_and_shown_with_its_sign()
    {
        var labels = new EvaluationFixture(300) { Task = ModelTask.Regression, Rules = [new() { Metric = "bias", AtMost = 0.3 }] };
        labels.With([.. labels.Labels.Select((label, i) => label - 0.2 + (i % 2 * 0.01))], null);

        var evaluation = labels.Evaluate();

        Assert.InRange(evaluation.Rules.Single().Estimate!.Value, -0.2, -0.19);
        Assert.InRange(evaluation.Metrics.Single(m => m.Name == "bias").Challenger!.Value, -0.2, -0.19);
        Assert.True(evaluation.Rules.Single().Lower > -0.3);
    }

    [Fact]
    public void Curves_have_at_most_two_hundred_points_and_reach_both_corners()
    {
        var charts = new EvaluationFixture(1000).Train(0.3, 0.6).Evaluate().Charts;

        Assert.Equal(200, charts.RocChallenger.Length);
        Assert.Equal(new ChartPoint(0, 0), charts.RocChallenger[0]);
        Assert.Equal(new ChartPoint(1, 1), charts.RocChallenger[^1]);
        Assert.Equal(1000, charts.Confusion.Sum(row => row.Sum()));
        Assert.Equal(1000, charts.Calibration.Sum(bin => bin.Rows));
    }

    [Fact]
    public void Bins_of_scores_decide_at_every_threshold_what_the_scores_decide()
    {
        double[] scores = [.. Enumerable.Range(0, 101).Select(bin => bin / 100.0), .. Enumerable.Range(0, 100).Select(bin => Math.BitDecrement((bin + 1) / 100.0)), 0.29, 0.57, 0.58];
        double[] labels = [.. scores.Select((_, row) => row % 3 == 0 ? 1.0 : 0)];

        var bins = ScoreBins.Of(labels, scores);

        Assert.Equal(scores.Length, bins.Positive.Sum() + bins.Negative.Sum());
        Assert.All(Enumerable.Range(0, 100), bin =>
        {
            Assert.Equal(scores.Where((score, row) => labels[row] == 1 && score >= bin / 100.0).Count(), bins.Positive[bin..].Sum());
            Assert.Equal(scores.Where((score, row) => labels[row] == 0 && score >= bin / 100.0).Count(), bins.Negative[bin..].Sum());
        });
    }

    [Fact]
    public void At_the_threshold_of_the_policy_bins_of_scores_are_the_confusion()
    {
        var charts = new EvaluationFixture(1000).Train(0.3, 0.6).Evaluate().Charts;

        var row = ThresholdRow.At(charts.ScoresChallenger!, 50);

        Assert.Equal([[row.RightlyQuiet, row.FalseAlarms], [row.Missed, row.Found]], charts.Confusion);
        Assert.Equal(1000, charts.ScoresBaseline!.Negative.Sum() + charts.ScoresBaseline.Positive.Sum());
    }

    [Fact]
    public void Require_better_is_a_rule_of_its_own_after_the_last()
    {
        var fixture = new EvaluationFixture(300) { Policy = new() { RequireBetter = true } }.Train(0.3, 0.6);

        var rule = fixture.Evaluate().Rules[^1];

        Assert.Equal((1, RuleTest.Better, "auc", 0.0), (rule.Rule, rule.Test, rule.Metric, rule.Limit));
    }

    [Fact]
    public void A_policy_means_the_same_wherever_it_stands_in_the_file()
    {
        var rule = new GateRule { Metric = "auc", AtLeast = 0.7 };
        string Of(GateRule it) => PolicyDigest.Of(new() { Rules = [it] });

        Assert.Equal(Of(rule), Of(rule with { Place = new("mlops.yml", 3, 5) }));
        Assert.NotEqual(Of(rule), Of(rule with { AtLeast = 0.6 }));
    }
}
