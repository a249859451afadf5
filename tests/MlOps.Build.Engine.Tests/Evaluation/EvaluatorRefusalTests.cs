using MlOps.Build.Contracts;
using MlOps.Build.Engine.Evaluating;

namespace MlOps.Build.Engine.Tests.Evaluating;

public sealed class EvaluatorRefusalTests
{
    private static readonly SourcePlace Place = new("mlops.yml", 12, 7);

    [Fact]
    public void A_policy_without_rules_is_refused()
        => Assert.Equal("MLO2302", Refused(new(100) { Rules = [] }).Code);

    [Fact]
    public void A_rule_without_a_limit_is_refused_with_its_place()
    {
        var problem = Refused(new(100) { Rules = [new() { Metric = "auc", Place = Place }] });

        Assert.Equal(("MLO2303", Place), (problem.Code, problem.Place));
    }

    [Fact]
    public void A_metric_that_does_not_exist_names_the_closest_one_and_its_place()
    {
        var problem = Refused(new(100) { Rules = [new() { Metric = "logloss", AtMost = 1, Place = Place }] });

        Assert.Equal(("MLO2304", Place), (problem.Code, problem.Place));
        Assert.Contains("Did you mean 'log-loss'?", problem.Why);
    }

    [Fact]
    public void A_metric_of_another_task_names_the_task()
    {
        var problem = Refused(new(100) { Rules = [new() { Metric = "rmse", AtMost = 1 }] });

        Assert.Contains("metric of regression; the task is binary classification", problem.Why);
    }

    [Fact]
    public void A_primary_metric_that_does_not_exist_is_refused()
        => Assert.Equal("MLO2304", Refused(new(100) { Policy = new() { Primary = "accuracyy" } }).Code);

    [Fact]
    public void A_slice_column_that_was_not_kept_is_refused_with_its_place()
    {
        var problem = Refused(new EvaluationFixture(100) { Rules = [new() { Metric = "auc", AtLeast = 0.5, Slices = ["orign"], Place = Place }] }
            .Slice("origin", _ => "EWR"));

        Assert.Equal(("MLO2305", Place), (problem.Code, problem.Place));
        Assert.Contains("Did you mean 'origin'?", problem.Why);
    }

    [Theory]
    [InlineData("sha256:a", "sha256:a", true)]
    [InlineData("sha256:a", null, true)]
    [InlineData(null, "sha256:a", true)]
    [InlineData("sha256:a", "sha256:b", false)]
    public void The_same_run_on_both_sides_is_a_comparison_only_with_another_scorer(string? challenger, string? baseline, bool isRefused)
    {
        var fixture = new EvaluationFixture(100).Train(0.3, 0.3);
        fixture.Baseline[0] = fixture.Challenger[0] with { Identity = fixture.Challenger[0].Identity with { ScorerDigest = baseline } };
        fixture.Challenger[0] = fixture.Challenger[0] with { Identity = fixture.Challenger[0].Identity with { ScorerDigest = challenger } };

        var problem = Record.Exception(() => fixture.Evaluate()) as ProblemException;

        Assert.Equal(isRefused ? "MLO2301" : null, problem?.Problem.Code);
    }

    [Fact]
    public void The_same_run_on_both_sides_is_refused_unless_nothing_has_changed()
    {
        var fixture = new EvaluationFixture(100).Train(0.3, 0.3);
        fixture.Baseline[0] = fixture.Challenger[0];

        Assert.Equal("MLO2301", Assert.Throws<ProblemException>(fixture.Evaluate).Problem.Code);

        fixture.NoChange = true;
        Assert.Equal(0, fixture.Evaluate().Metrics[0].Difference!.Value);
    }

    [Fact]
    public void Sides_with_different_numbers_of_trainings_are_refused()
    {
        var fixture = new EvaluationFixture(100).Train(0.3, 0.3).Train(0.3, null);

        Assert.Equal("MLO2309", Assert.Throws<ProblemException>(fixture.Evaluate).Problem.Code);
    }

    [Fact]
    public void A_holdout_of_one_class_is_refused()
    {
        var fixture = new EvaluationFixture(100);
        Array.Fill(fixture.Labels, 1);

        var problem = Refused(fixture);

        Assert.Equal("MLO2310", problem.Code);
        Assert.Contains("All 100 rows are of the class '1'", problem.Why);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(1.5)]
    [InlineData(-0.1)]
    public void A_probability_that_is_none_is_refused(double score)
    {
        var fixture = new EvaluationFixture(100).Train(0.3, 0.3);
        fixture.Challenger[0].Predictions.Scores[0][7] = score;

        Assert.Equal("MLO2309", Assert.Throws<ProblemException>(fixture.Evaluate).Problem.Code);
    }

    [Fact]
    public void Classes_without_probabilities_cannot_be_judged_by_log_loss()
    {
        var predictions = new Predictions([], [0, 1, 2, 0]);
        var input = new EvaluationFixture(4).Train(0.3, null).Input with
        {
            Task = ModelTask.MulticlassClassification,
            Policy = new() { Rules = [new() { Metric = "log-loss", AtMost = 1 }] },
            Holdout = new() { Labels = [0, 1, 2, 1], Classes = ["a", "b", "c"], Digest = "d" },
            Challenger = new("head", [new(new() { RunId = null, Seed = 0, ModelDigest = null, PredictionsDigest = "p" }, predictions)]),
        };

        Assert.Equal("MLO2304", Assert.Throws<ProblemException>(() => Evaluator.Evaluate(input)).Problem.Code);
    }

    private static Problem Refused(EvaluationFixture fixture)
        => Assert.Throws<ProblemException>(fixture.Train(0.3, 0.3).Evaluate).Problem;
}
