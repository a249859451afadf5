using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Gating;
using MlOps.Build.Engine.Tests.Evaluating;

namespace MlOps.Build.Engine.Tests.Gating;

public sealed class FirstModelTests
{
    private static readonly GateRule[] FloorAndMargin =
        [new() { Metric = "auc", AtLeast = 0.6 }, new() { Metric = "auc", NoWorseBy = new(0.01, false) }];

    [Theory]
    [InlineData(RunMode.Pr, false, VerdictKind.Warn)]
    [InlineData(RunMode.Full, false, VerdictKind.Inconclusive)]
    [InlineData(RunMode.Full, true, VerdictKind.Warn)]
    public void Without_a_baseline_comparisons_are_not_judged(RunMode mode, bool bootstrap, VerdictKind expected)
    {
        var verdict = new EvaluationFixture(2000) { Mode = mode, Rules = FloorAndMargin }.Train(0.3, null).Judge(bootstrap);

        Assert.Equal(expected, verdict.Kind);
        Assert.Equal([FindingResult.Pass, FindingResult.NotJudged], verdict.Findings.Select(finding => finding.Result));
        Assert.Equal(bootstrap, verdict.Bootstrap);
    }

    [Theory]
    [InlineData(RunMode.Pr, false)]
    [InlineData(RunMode.Full, true)]
    public void A_first_model_below_a_floor_fails(RunMode mode, bool bootstrap)
    {
        var fixture = new EvaluationFixture(2000) { Mode = mode, Rules = [new() { Metric = "auc", AtLeast = 0.99 }] }.Train(0.3, null);

        Assert.Equal(VerdictKind.Fail, fixture.Judge(bootstrap).Kind);
    }

    [Fact]
    public void A_release_without_a_champion_says_how_to_admit_the_first_model()
    {
        var verdict = new EvaluationFixture(2000) { Mode = RunMode.Full, Rules = FloorAndMargin }.Train(0.3, null).Judge();

        Assert.Contains("mlops run --mode full --bootstrap", verdict.Sentence);
    }

    [Fact]
    public void Bootstrap_is_refused_where_there_is_something_to_compare_with()
    {
        var fixture = new EvaluationFixture(300).Train(0.3, 0.3);

        Assert.Equal("MLO2312", Assert.Throws<ProblemException>(() => fixture.Judge(bootstrap: true)).Problem.Code);
    }

    [Fact]
    public void No_change_passes_and_says_so()
    {
        var fixture = new EvaluationFixture(300) { NoChange = true }.Train(0.3, 0.3);
        fixture.Baseline[0] = fixture.Challenger[0];

        var verdict = fixture.Judge();

        Assert.Equal((VerdictKind.Pass, true), (verdict.Kind, verdict.NoChange));
        Assert.StartsWith("No change", verdict.Sentence);
    }

    [Fact]
    public void No_change_is_refused_where_the_models_differ()
    {
        var fixture = new EvaluationFixture(300) { NoChange = true }.Train(0.3, 0.3);

        Assert.Equal("MLO2313", Assert.Throws<ProblemException>(() => fixture.Judge()).Problem.Code);
    }

    [Theory]
    [InlineData(VerdictKind.Pass, RunMode.Full, null, ExitCode.Ok)]
    [InlineData(VerdictKind.Warn, RunMode.Full, null, ExitCode.Ok)]
    [InlineData(VerdictKind.Fail, RunMode.Pr, OnInconclusive.Warn, ExitCode.No)]
    [InlineData(VerdictKind.Inconclusive, RunMode.Pr, null, ExitCode.Ok)]
    [InlineData(VerdictKind.Inconclusive, RunMode.Full, null, ExitCode.CannotTell)]
    [InlineData(VerdictKind.Inconclusive, RunMode.Pr, OnInconclusive.Fail, ExitCode.CannotTell)]
    [InlineData(VerdictKind.Inconclusive, RunMode.Full, OnInconclusive.Warn, ExitCode.Ok)]
    public void The_exit_code_follows_from_verdict_mode_and_policy(
        VerdictKind verdict, RunMode mode, OnInconclusive? onInconclusive, ExitCode expected)
        => Assert.Equal(expected, Verdicts.Exit(verdict, mode, onInconclusive));
}
