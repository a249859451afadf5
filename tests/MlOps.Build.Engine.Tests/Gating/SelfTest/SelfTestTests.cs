using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Evaluating;
using MlOps.Build.Engine.Gating;
using MlOps.Build.Engine.Tests.Evaluating;

namespace MlOps.Build.Engine.Tests.Gating;

/// <summary>Policies that see everything, and policies that are blind in one way each.</summary>
public sealed class SelfTestTests
{
    private const long Seed = 3;

    private static readonly GateRule Floor = new() { Metric = "auc", AtLeast = 0.6 };

    private static readonly GateRule Ranking = new() { Metric = "auc", NoWorseBy = new(0.02, false) };

    private static readonly GateRule Probabilities = new() { Metric = "log-loss", NoWorseBy = new(0.05, true) };

    private static readonly GateRule Slices = new() { Metric = "log-loss", Slices = ["origin"], NoWorseBy = new(0.05, false) };

    [Fact]
    public void A_policy_that_looks_everywhere_stops_every_damage()
    {
        var damages = Damage(Floor, Ranking, Probabilities, Slices);

        Assert.True(damages.Length >= 12);
        Assert.All(damages, damage => Assert.True(damage is { Holds: true, Outcome: MutantOutcome.Rejected or MutantOutcome.Refused }, $"{damage.Name}: {damage.Sentence}"));
    }

    [Fact]
    public void Every_improvement_passes()
    {
        var (test, sides) = Make(Floor, Ranking, Probabilities, Slices);

        var improvements = test.Improve(sides, Seed).ToArray();

        Assert.True(improvements.Length >= 6);
        Assert.All(improvements, improvement => Assert.True(improvement is { Holds: true, Outcome: MutantOutcome.Passed }, $"{improvement.Name}: {improvement.Sentence}"));
    }

    [Fact]
    public void Costs_beyond_what_the_rules_allow_are_stopped_and_half_of_them_pass()
    {
        var (test, sides) = Make(Floor, Ranking with { NoWorseBy = new(0.001, false) }, new GateRule { Footprint = "score-p95", NoWorseBy = new(0.5, true) }, new GateRule { Footprint = "energy", AtMost = 3 });
        var run = sides with { Footprint = [new("score-p95", [9, 9.2, 9.1], [1, 1.1, 1.05]), new("training-cpu", [100, 101, 102], [100, 101, 102])] };
        var judged = Twins.Sides(run, Seed) with { Policy = sides.Policy };

        var damage = test.Damage(judged, Seed).Single(damage => damage.Name == "costs-beyond-limits");
        var improvement = test.Improve(judged, Seed).Single(improvement => improvement.Name == "costs-halved");

        Assert.Equal((MutantOutcome.Rejected, true), (damage.Outcome, damage.Holds));
        Assert.Equal(["score-p95 no worse by 50 %", "energy at most 3.0 Wh"], damage.By);
        Assert.Equal((MutantOutcome.Passed, true), (improvement.Outcome, improvement.Holds));
    }

    [Fact]
    public void A_model_of_the_run_that_costs_too_much_stops_nothing_else()
    {
        var (test, sides) = Make(Ranking with { NoWorseBy = new(0.1, false) }, new GateRule { Footprint = "model-size", NoWorseBy = new(0.5, true) });
        var judged = Twins.Sides(sides with { Footprint = [new("model-size", [9e6], [1e6])] }, Seed);

        Assert.Contains(test.Damage(judged, Seed), damage => damage is { Name: "probabilities-squared", Outcome: MutantOutcome.Passed });
    }

    [Fact]
    public void A_policy_of_ranks_does_not_see_probabilities()
    {
        var passed = Damage(Floor, Ranking with { NoWorseBy = new(0.1, false) }).Where(damage => !damage.Holds).ToDictionary(damage => damage.Name);

        Assert.Equal("No rule of this policy sees probabilities that are squared, or more.", passed["probabilities-squared"].Sentence);
        Assert.Contains("threshold-shifted", passed.Keys);
        Assert.DoesNotContain("scores-shuffled", passed.Keys);
    }

    [Fact]
    public void A_policy_without_a_floor_does_not_see_labels_in_random_order()
    {
        var permuted = Damage(Ranking with { NoWorseBy = new(0.2, false) }).Single(damage => damage.Name == "labels-permuted");

        Assert.Equal((MutantOutcome.Passed, false), (permuted.Outcome, permuted.Holds));
    }

    [Fact]
    public void A_rule_that_only_warns_stops_nothing()
    {
        var inverted = Damage(Ranking with { Advisory = true }, Floor with { AtLeast = 0 }).Single(damage => damage.Name == "scores-inverted");

        Assert.Equal((MutantOutcome.Passed, false), (inverted.Outcome, inverted.Holds));
    }

    [Fact]
    public void The_rules_that_stop_a_damage_are_named()
    {
        var inverted = Damage(Floor, Ranking).Single(damage => damage.Name == "scores-inverted");

        Assert.Equal(["auc at least 0.6", "auc no worse by 0.02"], inverted.By);
    }

    [Fact]
    public void A_floor_out_of_reach_stops_improvements()
    {
        var (test, sides) = Make(Floor with { AtLeast = 0.99 });

        var improvement = test.Improve(sides, Seed).First();

        Assert.Equal((MutantOutcome.Rejected, false), (improvement.Outcome, improvement.Holds));
    }

    [Theory]
    [InlineData("auc", 0)]
    [InlineData("log-loss", 0)]
    public void Twins_are_rejected_at_most_at_the_nominal_rate_also_without_a_margin(string metric, double margin)
    {
        var (test, sides) = Make(400, new GateRule { Metric = metric, NoWorseBy = new(margin, false) });

        var nothing = test.ChangeNothing(sides, 200, Seed, TestContext.Current.CancellationToken);

        Assert.True(nothing.Holds, $"{nothing.Rejections} of 200");
        Assert.InRange(nothing.Rejections, 1, 19);
        Assert.Equal(0.05, nothing.Nominal, 12);
        Assert.InRange(nothing.Rate, nothing.Lower, nothing.Upper);
    }

    [Fact]
    public void A_rate_above_the_nominal_one_does_not_hold_and_names_the_rule()
    {
        var (test, sides) = Make(Floor with { AtLeast = 0.99 });

        var nothing = test.ChangeNothing(sides, 20, Seed, TestContext.Current.CancellationToken);

        Assert.Equal((false, 20), (nothing.Holds, nothing.Rejections));
        Assert.Equal(["auc at least 0.99"], nothing.By);
    }

    [Fact]
    public void The_same_seed_gives_the_same_answers()
        => Assert.Equivalent(Damage(Floor, Ranking, Slices), Damage(Floor, Ranking, Slices), strict: true);

    [Fact]
    public void Twins_of_one_model_only_differ_and_are_equally_good()
    {
        var fixture = new EvaluationFixture(400).Train(0.6, null);

        var sides = Twins.Sides(fixture.Input, Seed);
        var twins = Twins.Throw(sides, new(1));

        var (one, other) = (twins.Challenger.Replicates[0].Predictions.Scores[0], twins.Baseline!.Replicates[0].Predictions.Scores[0]);
        Assert.NotEqual(one, other);
        Assert.Equal(
            sides.Challenger.Replicates[0].Predictions.Scores[0].Zip(sides.Baseline!.Replicates[0].Predictions.Scores[0], Math.Min),
            one.Zip(other, Math.Min));
        Assert.InRange(one.Zip(sides.Challenger.Replicates[0].Predictions.Scores[0]).Count(pair => pair.First == pair.Second), 150, 250);
    }

    [Fact]
    public void Rows_of_one_group_are_thrown_together()
    {
        var fixture = new EvaluationFixture(400) { Groups = [.. Enumerable.Range(0, 400).Select(row => row / 4)] }.Train(0.6, 0.6);
        var sides = Twins.Sides(fixture.Input, Seed);

        var thrown = Twins.Throw(sides, new(1)).Challenger.Replicates[0].Predictions.Scores[0];

        var kept = thrown.Zip(sides.Challenger.Replicates[0].Predictions.Scores[0], (one, other) => one == other).Chunk(4).ToArray();
        Assert.All(kept, group => Assert.Single(group.Distinct()));
        Assert.Equal(2, kept.Select(group => group[0]).Distinct().Count());
    }

    [Fact]
    public void A_gate_takes_a_number_that_is_none_for_no_answer()
    {
        var fixture = new EvaluationFixture(400).Train(0.6, 0.6);
        var evaluation = fixture.Evaluate();

        var problem = Assert.Throws<ProblemException>(() => Gate.Judge(
            evaluation with { Rules = [evaluation.Rules[0] with { HarmPValue = double.NaN }] },
            fixture.Policy,
            new() { Now = DateTimeOffset.UnixEpoch, EngineDigest = "sha256:e" }));

        Assert.Equal("MLO2341", problem.Problem.Code);
    }

    private static MutantResult[] Damage(params GateRule[] rules)
    {
        var (test, sides) = Make(rules);
        return [.. test.Damage(sides, Seed)];
    }

    private static (SelfTest Test, EvaluationInput Sides) Make(params GateRule[] rules) => Make(1500, rules);

    private static (SelfTest Test, EvaluationInput Sides) Make(int rows, params GateRule[] rules)
    {
        var fixture = new EvaluationFixture(rows, 5) { Rules = rules }.Train(0.6, 0.6, shared: 0.4);
        fixture.Policy = new() { Resamples = 200 };
        fixture.Slice("origin", row => $"o{row % 4}");
        return (new(fixture.Policy, "sha256:e"), Twins.Sides(fixture.Input, Seed));
    }
}
