using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Gating;
using MlOps.Build.Engine.Tests.Evaluating;

namespace MlOps.Build.Engine.Tests.Gating;

/// <summary>From the answers of several rules to the verdict of the whole.</summary>
public sealed class VerdictTests
{
    private static readonly GateContext Context = new() { Now = DateTimeOffset.UnixEpoch, EngineDigest = "sha256:e" };

    private static readonly GateRule Easy = new() { Metric = "auc", AtLeast = 0.1 };

    private static readonly GateRule Open = new() { Metric = "auc", NoWorseBy = new(0, false) };

    private static readonly GateRule Hopeless = new() { Metric = "auc", AtLeast = 0.999 };

    [Fact]
    public void One_open_rule_among_others_leaves_the_whole_open() => Assert.Equal(VerdictKind.Inconclusive, Judge(Easy, Open));

    [Fact]
    public void One_failed_rule_among_others_fails_the_whole() => Assert.Equal(VerdictKind.Fail, Judge(Easy, Open, Hopeless));

    [Fact]
    public void An_advisory_rule_that_is_open_or_missed_warns()
    {
        Assert.Equal(VerdictKind.Warn, Judge(Easy, Open with { Advisory = true }));
        Assert.Equal(VerdictKind.Warn, Judge(Easy, Hopeless with { Advisory = true }));
        Assert.Equal(VerdictKind.Pass, Judge(Easy, Easy with { Advisory = true }));
    }

    [Fact]
    public void Slices_that_are_too_small_do_not_hold_up_the_rest()
        => Assert.Equal(VerdictKind.Pass, Judge(Easy, new GateRule { Metric = "auc", Slices = ["tiny"], NoWorseBy = new(0.5, false) }));

    [Fact]
    public void A_policy_of_which_nothing_could_be_judged_is_open()
        => Assert.Equal(VerdictKind.Inconclusive, Judge(new GateRule { Metric = "auc", Slices = ["tiny"], NoWorseBy = new(0.5, false) }));

    [Fact]
    public void An_unchanged_model_passes_whatever_it_is()
    {
        var fixture = new EvaluationFixture(400) { Rules = [Hopeless], NoChange = true }.Train(0.5, 0.5);
        fixture.Baseline[0] = fixture.Challenger[0];

        Assert.Equal(VerdictKind.Pass, fixture.Judge().Kind);
    }

    [Fact]
    public void The_gate_itself_refuses_a_model_compared_with_itself_and_a_policy_without_rules()
    {
        var fixture = new EvaluationFixture(400) { Rules = [Easy] }.Train(0.5, 0.5);
        var evaluation = fixture.Evaluate();

        string Code(Evaluation changed, GateConfiguration policy) => Assert.Throws<ProblemException>(() => Gate.Judge(changed, policy, Context)).Problem.Code;

        Assert.Equal("MLO2301", Code(evaluation with { Baseline = evaluation.Challenger }, fixture.Policy));
        Assert.Equal("MLO2302", Code(evaluation, fixture.Policy with { Rules = [] }));
        Assert.Equal("MLO2311", Code(evaluation, fixture.Policy with { Confidence = 0.9 }));
        Assert.Equal("MLO2311", Code(evaluation with { Rules = [] }, fixture.Policy));
    }

    private static VerdictKind Judge(params GateRule[] rules)
        => new EvaluationFixture(400, 2) { Rules = rules }.Train(0.5, 0.5).Slice("tiny", row => $"t{row / 10}").Judge().Kind;
}
