using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Evaluating;
using MlOps.Build.Engine.Gating;
using MlOps.Build.Engine.Tests.Evaluating;

namespace MlOps.Build.Engine.Tests.Gating;

public sealed class EnvironmentGateTests
{
    private static readonly GateRule[] Rules =
    [
        new() { Metric = "auc", NoWorseBy = new(0.05, false) },
        new() { Metric = "auc", AtLeast = 0.99, Environment = "production" },
        new() { Metric = "auc", AtLeast = 0.51, Environment = "staging" },
    ];

    [Fact]
    public void The_policy_of_an_environment_decides_about_its_way_in_and_not_about_the_verdict()
    {
        var verdict = Fixture(Rules).Judge();

        Assert.Equal((VerdictKind.Pass, 1), (verdict.Kind, verdict.Findings.Length));
        Assert.Equal([("production", VerdictKind.Fail), ("staging", VerdictKind.Pass)], verdict.Environments!.Select(own => (own.Name, own.Kind)));
        Assert.StartsWith("AUC for production must be at least 0.99", verdict.Environments![0].Sentence);
        Assert.NotEqual(verdict.Environments[0].Policy, verdict.Environments[1].Policy);
    }

    [Fact]
    public void Without_such_rules_nothing_is_said_of_environments()
    {
        var verdict = Fixture(Rules[..1]).Judge();

        Assert.Null(verdict.Environments);
        Assert.DoesNotContain("environment", System.Text.Encoding.UTF8.GetString(Documents.Write(verdict)), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Rules_of_environments_alone_are_no_policy()
        => Assert.Equal("MLO2302", Assert.Throws<ProblemException>(() => Fixture(Rules[1..]).Judge()).Problem.Code);

    [Fact]
    public void That_nothing_changed_does_not_show_that_the_floor_of_an_environment_holds()
    {
        var fixture = new EvaluationFixture(1_000) { Rules = Rules, NoChange = true };
        var scores = new EvaluationFixture(1_000).Train(0.5, null).Challenger[0].Predictions.Scores[0];
        fixture.With(scores, scores);
        var same = fixture.Challenger[0] with { Identity = fixture.Challenger[0].Identity with { ModelDigest = "sha256:same" } };
        (fixture.Challenger[0], fixture.Baseline[0]) = (same, same);

        var verdict = fixture.Judge();

        Assert.Equal((VerdictKind.Pass, VerdictKind.Fail), (verdict.Kind, verdict.Environments![0].Kind));
    }

    [Fact]
    public void Alarms_of_an_environment_are_corrected_for_each_other_only()
    {
        GateRule alarm = new() { Metric = "auc", NoWorseBy = new(0.02, false), Kind = RuleKind.Alarm };
        GateRule[] own = [.. Enumerable.Range(0, 20).Select(place => alarm with { NoWorseBy = new(0.03 + (place / 1000.0), false), Environment = "production" })];

        var verdict = Fixture([alarm, .. own], challenger: 0.55).Judge();

        Assert.Equal(verdict.Findings[0].Measurement.HarmPValue, verdict.Findings[0].AdjustedPValue);
        Assert.True(verdict.Environments![0].Findings[0].AdjustedPValue > verdict.Environments[0].Findings[0].Measurement.HarmPValue);
    }

    [Fact]
    public void The_digest_of_an_environment_is_that_of_its_rules()
    {
        string? Digest(params GateRule[] rules) => EnvironmentGates.DigestOf(new() { Rules = rules }, "production");

        Assert.Equal(Digest(Rules), Digest(Rules[1]));
        Assert.NotEqual(Digest(Rules), Digest(Rules[1] with { AtLeast = 0.8 }));
        Assert.Null(Digest(Rules[0]));
        Assert.NotEqual(PolicyDigest.Of(new() { Rules = Rules }), PolicyDigest.Of(new() { Rules = Rules[..1] }));
    }

    private static EvaluationFixture Fixture(IReadOnlyList<GateRule> rules, double challenger = 0.5)
        => new EvaluationFixture(2_000) { Rules = rules }.Train(challenger, 0.5);
}
