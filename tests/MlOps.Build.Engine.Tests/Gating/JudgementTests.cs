using MlOps.Build.Contracts;
using MlOps.Build.Engine.Gating;
using MlOps.Build.Engine.Tests.Evaluating;

namespace MlOps.Build.Engine.Tests.Gating;

/// <summary>Numbers on, just above and just below every limit.</summary>
public sealed class JudgementTests
{
    private const double Limit = -0.01;

    private static readonly RuleMeasurement Measured = new EvaluationFixture(400).Train(0.5, 0.5).Evaluate().Rules[0];

    [Theory]
    [InlineData(RuleTest.NoWorseBy, -0.009, 0.02, FindingResult.Pass)]
    [InlineData(RuleTest.NoWorseBy, Limit, 0.02, FindingResult.Inconclusive)]
    [InlineData(RuleTest.NoWorseBy, -0.02, 0.02, FindingResult.Inconclusive)]
    [InlineData(RuleTest.NoWorseBy, -0.03, Limit, FindingResult.Inconclusive)]
    [InlineData(RuleTest.NoWorseBy, -0.03, -0.011, FindingResult.Fail)]
    [InlineData(RuleTest.Better, Limit, 0.02, FindingResult.Inconclusive)]
    [InlineData(RuleTest.AtLeast, Limit, 0.02, FindingResult.Pass)]
    [InlineData(RuleTest.AtMost, Limit, 0.02, FindingResult.Pass)]
    [InlineData(RuleTest.AtMost, -0.011, 0.02, FindingResult.Inconclusive)]
    [InlineData(RuleTest.AtLeast, -0.03, -0.011, FindingResult.Fail)]
    public void A_margin_is_cleared_and_a_floor_may_be_touched(RuleTest test, double lower, double upper, FindingResult expected)
        => Assert.Equal(expected, Judgement.Of(Rule(test, lower, upper), null, 0.95));

    [Fact]
    public void Two_equal_models_clear_a_margin_of_zero_and_are_not_better()
    {
        var equal = Rule(RuleTest.NoWorseBy, 0, 0) with { Limit = 0, StandardError = 0, Estimate = 0 };

        Assert.Equal(FindingResult.Pass, Judgement.Of(equal, null, 0.95));
        Assert.Equal(FindingResult.Inconclusive, Judgement.Of(equal with { Test = RuleTest.Better }, null, 0.95));
        Assert.Equal(FindingResult.Inconclusive, Judgement.Of(equal with { StandardError = 0.1 }, null, 0.95));
    }

    [Theory]
    [InlineData(null, FindingResult.NotJudged)]
    [InlineData(0.2499, FindingResult.Fail)]
    [InlineData(0.25, FindingResult.Pass)]
    [InlineData(0.9, FindingResult.Pass)]
    public void An_alarm_goes_off_below_its_level_only(double? harm, FindingResult expected)
        => Assert.Equal(expected, Judgement.Of(Rule(RuleTest.NoWorseBy, -0.5, -0.4) with { Kind = RuleKind.Alarm }, harm, 0.75));

    [Theory]
    [InlineData(0.001, 0.02, ChangeDirection.Better)]
    [InlineData(0, 0.02, ChangeDirection.NotWorse)]
    [InlineData(-0.009, 0.02, ChangeDirection.NotWorse)]
    [InlineData(Limit, 0.02, ChangeDirection.CannotTell)]
    [InlineData(-0.03, 0, ChangeDirection.CannotTell)]
    [InlineData(-0.03, -0.001, ChangeDirection.Worse)]
    public void The_numbers_say_which_way_the_change_goes(double lower, double upper, ChangeDirection expected)
        => Assert.Equal(expected, Judgement.Direction(Rule(RuleTest.NoWorseBy, lower, upper)));

    [Theory]
    [InlineData(RuleTest.AtLeast)]
    [InlineData(RuleTest.AtMost)]
    public void A_floor_and_a_ceiling_have_no_direction(RuleTest test)
        => Assert.Null(Judgement.Direction(Rule(test, 0.1, 0.2)));

    [Fact]
    public void What_is_left_of_a_relative_margin_is_never_better()
        => Assert.Equal(ChangeDirection.NotWorse, Judgement.Direction(Rule(RuleTest.NoWorseBy, 0.1, 0.2) with { Limit = 0, LimitText = "no worse by 2 %" }));

    [Theory]
    [InlineData(MeasurementStatus.NoBaseline, FindingResult.NotJudged)]
    [InlineData(MeasurementStatus.TooFewRows, FindingResult.NotJudged)]
    [InlineData(MeasurementStatus.Empty, FindingResult.Fail)]
    [InlineData(MeasurementStatus.Undefined, FindingResult.Fail)]
    public void What_is_not_measured_never_passes(MeasurementStatus status, FindingResult expected)
        => Assert.Equal(expected, Judgement.Of(Rule(RuleTest.NoWorseBy, 1, 2) with { Status = status }, null, 0.95));

    [Theory]
    [InlineData(RuleKind.Alarm, "origin", null, FindingResult.NotJudged)]
    [InlineData(RuleKind.Alarm, null, "sex", FindingResult.NotJudged)]
    [InlineData(RuleKind.Alarm, null, null, FindingResult.Fail)]
    [InlineData(RuleKind.Prove, "origin", null, FindingResult.Fail)]
    public void What_a_slice_does_not_define_sets_off_no_alarm_and_proves_nothing(RuleKind kind, string? column, string? by, FindingResult expected)
        => Assert.Equal(
            expected,
            Judgement.Of(Rule(RuleTest.NoWorseBy, 1, 2) with { Status = MeasurementStatus.Undefined, Kind = kind, Column = column, By = by }, null, 0.95));

    [Fact]
    public void Without_bounds_nothing_is_decided()
    {
        var open = Rule(RuleTest.NoWorseBy, 1, 2) with { Lower = null };

        Assert.Equal(FindingResult.Inconclusive, Judgement.Of(open, null, 0.95));
        Assert.Null(Judgement.Direction(open));
    }

    private static RuleMeasurement Rule(RuleTest test, double lower, double upper) => Measured with
    {
        Test = test,
        Limit = Limit,
        LimitText = "no worse by 0.01",
        Lower = lower,
        Upper = upper,
        Estimate = (lower + upper) / 2,
        StandardError = 0.01,
    };
}
