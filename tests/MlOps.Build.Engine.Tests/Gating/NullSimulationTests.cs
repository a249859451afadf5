using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Tests.Evaluating;

namespace MlOps.Build.Engine.Tests.Gating;

/// <summary>
/// The whole procedure on changes that change nothing: models of equal quality, each trained three times with noise
/// of their own. A gate at 95 % may cry wolf in 5 % of them.
/// </summary>
public sealed class NullSimulationTests
{
    private const int Repetitions = 200;

    // 5 % of 200 and three binomial standard deviations.
    private const int Most = 19;

    [Theory]
    [InlineData("auc")]
    [InlineData("log-loss")]
    [InlineData("accuracy")]
    public void A_change_that_changes_nothing_fails_at_most_at_the_nominal_rate(string metric)
    {
        var failures = Count(seed => Fixture(seed, [new() { Metric = metric, NoWorseBy = new(0, false) }], trainings: 3));

        Assert.InRange(failures, 0, Most);
    }

    [Theory]
    [InlineData("auc")]
    [InlineData("brier")]
    public void One_training_a_side_holds_its_level_where_the_training_has_no_noise(string metric)
    {
        var failures = Count(seed => Fixture(seed, [new() { Metric = metric, NoWorseBy = new(0, false) }], trainings: 1));

        Assert.InRange(failures, 1, Most);
    }

    [Fact]
    public void The_bootstrap_holds_its_level()
    {
        var failures = Count(seed => Fixture(seed, [new() { Metric = "f1", NoWorseBy = new(0, false) }], trainings: 3));

        Assert.InRange(failures, 0, Most);
    }

    [Fact]
    public void Many_slices_together_cry_wolf_no_more_often_than_one()
    {
        var failures = Count(seed => Fixture(seed, [new() { Metric = "auc", NoWorseBy = new(0, false), Slices = ["slice"] }], trainings: 1)
            .Slice("slice", row => $"s{row % 5}"));

        Assert.InRange(failures, 1, Most);
    }

    [Fact]
    public void Real_harm_is_found()
    {
        var failures = Count(seed =>
        {
            var fixture = new EvaluationFixture(600, (ulong)seed) { Rules = [new() { Metric = "auc", NoWorseBy = new(0, false) }] };
            return fixture.Train(2, 0.5).Train(2, 0.5).Train(2, 0.5);
        });

        Assert.InRange(failures, Repetitions * 8 / 10, Repetitions);
    }

    private static int Count(Func<int, EvaluationFixture> fixture)
        => Enumerable.Range(1, Repetitions).Count(seed => fixture(seed).Judge().Kind == VerdictKind.Fail);

    private static EvaluationFixture Fixture(int seed, GateRule[] rules, int trainings)
    {
        var fixture = new EvaluationFixture(200, (ulong)seed)
        {
            Rules = rules,
            Policy = new() { Resamples = 200, MinimumSupport = 30 },
        };
        for (var training = 0; training < trainings; training++)
        {
            fixture.Train(0.6, 0.6, shared: 0.4);
        }

        return fixture;
    }
}
