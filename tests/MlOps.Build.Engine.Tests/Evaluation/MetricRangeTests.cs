using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Evaluating;

namespace MlOps.Build.Engine.Tests.Evaluating;

/// <summary>Three trainings that differ much: an interval with two degrees of freedom is wide, and must stay where the metric lives.</summary>
public sealed class MetricRangeTests
{
    private const int Repetitions = 200;

    // 5 % of 200 and three binomial standard deviations.
    private const int Most = 19;

    [Fact]
    public void An_interval_with_much_training_noise_stays_in_the_range_of_its_metric()
    {
        // One of three trainings collapsed: without a limit the bounds of its F1 are -0.3 and 1.3.
        var fixture = new EvaluationFixture(400) { Policy = new() { Resamples = 200 } }.Train(0.1, 0.1).Train(0.1, 0.1);
        fixture.With([.. fixture.Labels.Select(_ => 0.01)], fixture.Baseline[0].Predictions.Scores[0]);
        fixture.Rules = [new() { Metric = "f1", AtLeast = 0 }, new() { Metric = "f1", NoWorseBy = new(0.1, false) }, new() { Metric = "f1", NoWorseBy = new(0.1, true) }, new() { Metric = "mcc", AtMost = 0.2 }];

        var evaluation = fixture.Evaluate();

        var f1 = evaluation.Metrics.Single(metric => metric.Name == "f1");
        Assert.Equal((0, 1), (f1.Challenger!.Lower, f1.Challenger.Upper));
        Assert.InRange(f1.Difference!.Lower!.Value, -1, 0);
        Assert.Equal((0, 1), (evaluation.Rules[0].Lower, evaluation.Rules[0].Upper));
        Assert.All(evaluation.Rules, rule => Assert.InRange(rule.Lower!.Value, -1, rule.Upper!.Value));
    }

    [Fact]
    public void The_p_value_of_harm_rests_on_the_whole_interval()
    {
        var clipped = new Estimate { Value = 0.9, Bounds = new(0.6, 1.2), Range = new(0, 1), DegreesOfFreedom = 2 };

        Assert.Equal((0.6, 1.0), (clipped.Shown!.Value.Lower, clipped.Shown.Value.Upper));
        Assert.Equal(
            Decision.HarmPValue(clipped with { Range = MetricRange.Unbounded }, 0.98, 0.95),
            Decision.HarmPValue(clipped, 0.98, 0.95));
    }

    [Theory]
    [InlineData(ModelTask.BinaryClassification, "f-beta@2", 0, 1)]
    [InlineData(ModelTask.BinaryClassification, "mcc", -1, 1)]
    [InlineData(ModelTask.BinaryClassification, "log-loss", 0, double.PositiveInfinity)]
    [InlineData(ModelTask.BinaryClassification, "calibration-in-the-large", 0, double.PositiveInfinity)]
    [InlineData(ModelTask.Regression, "r2", double.NegativeInfinity, 1)]
    [InlineData(ModelTask.Regression, "rmse", 0, double.PositiveInfinity)]
    public void A_metric_has_its_range(ModelTask task, string name, double lower, double upper)
        => Assert.Equal(new Interval(lower, upper), MetricRange.Of(MetricCatalogue.Find(task, name)!));

    [Theory]
    [InlineData(ModelTask.BinaryClassification)]
    [InlineData(ModelTask.MulticlassClassification)]
    [InlineData(ModelTask.Regression)]
    public void Every_metric_of_the_catalogue_has_one(ModelTask task)
        => Assert.All(MetricCatalogue.Of(task), metric => Assert.NotEqual(MetricRange.Unbounded, MetricRange.Of(metric)));

    [Fact]
    public void A_contrast_lives_where_its_sides_can_take_it()
    {
        var auc = MetricCatalogue.Find(ModelTask.BinaryClassification, "auc")!;

        Assert.Equal(new Interval(-1, 1), Contrast.Difference(auc).Within(new(0, 1)));
        Assert.Equal(new Interval(-1, 0), Contrast.Negated.Within(new(0, 1)));
        Assert.Equal(new Interval(double.NegativeInfinity, double.PositiveInfinity), Contrast.Difference(auc).Within(new(0, double.PositiveInfinity)));
        Assert.Equal(new Interval(-0.9, 1), Contrast.Relative(auc, 0.1).Within(new(0, 1)));
    }

    [Fact]
    public void Bounds_of_a_value_miss_the_truth_no_more_often_than_they_may_on_each_side()
    {
        var truth = Truth();
        var (above, below) = (0, 0);
        for (var seed = 1; seed <= Repetitions; seed++)
        {
            var auc = Trained(new EvaluationFixture(200, (ulong)seed), trainings: 3, seed).Evaluate().Metrics[0].Challenger!;
            above += auc.Lower > truth ? 1 : 0;
            below += auc.Upper < truth ? 1 : 0;
            Assert.InRange(auc.Lower!.Value, 0, auc.Upper!.Value);
            Assert.InRange(auc.Upper.Value, auc.Lower.Value, 1);
        }

        Assert.InRange(above, 0, Most);
        Assert.InRange(below, 0, Most);
    }

    /// <summary>The mean AUC of very many trainings on very many rows.</summary>
    private static double Truth() => Trained(new EvaluationFixture(20_000, 999), trainings: 60, 1000).Evaluate().Metrics[0].Challenger!.Value;

    /// <summary>Each training has a noise of its own, from little to much.</summary>
    private static EvaluationFixture Trained(EvaluationFixture fixture, int trainings, int seed)
    {
        var random = new Xoshiro256((ulong)seed * 31);
        fixture.Rules = [new GateRule { Metric = "auc", AtLeast = 0.5 }];
        for (var training = 0; training < trainings; training++)
        {
            fixture.Train(2 * random.NextDouble(), null);
        }

        return fixture;
    }
}
