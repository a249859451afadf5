using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Evaluating;
using MlOps.Build.Engine.Tests.Evaluating;

namespace MlOps.Build.Engine.Tests.Gating;

public sealed class FairnessRuleTests
{
    private const string Odds = "equalized-odds-difference";

    [Fact]
    public void A_group_that_is_treated_worse_than_the_policy_allows_fails()
    {
        var verdict = Fixture(Rule(Odds, atMost: 0.1), harmed: 1).Judge();

        var finding = Assert.Single(verdict.Findings);
        Assert.Equal((VerdictKind.Fail, RuleKind.Alarm, "sex"), (verdict.Kind, finding.Measurement.Kind, finding.Measurement.By));
        Assert.Matches(
            @"^Equalized odds difference between groups of sex must be at most 0\.1: 0\.\d+, 95 % bounds 0\.\d+ and 0\.\d+ \(unadjusted\), harm p < 0\.001 after Holm, 2,000 rows: fail\.$",
            finding.Sentence);
    }

    [Fact]
    public void Equal_treatment_raises_no_alarm_and_says_what_it_could_have_seen()
    {
        var verdict = Fixture(Rule(Odds, atMost: 0.1, noWorseBy: 0.02)).Judge();

        Assert.Equal(VerdictKind.Pass, verdict.Kind);
        Assert.Equal([RuleTest.AtMost, RuleTest.NoWorseBy], verdict.Findings.Select(finding => finding.Measurement.Test));
        Assert.All(verdict.Findings, finding => Assert.EndsWith("would have been seen.", finding.Sentence));
    }

    [Fact]
    public void A_change_that_harms_one_group_fails_against_the_baseline_whatever_the_absolute_value()
    {
        var verdict = Fixture(Rule(Odds, noWorseBy: 0.02), harmed: 1).Judge();

        Assert.Equal(VerdictKind.Fail, verdict.Kind);
        Assert.Matches("no more than 0.020 above the baseline's 0.\\d+: difference \\+0.\\d+", verdict.Sentence);
    }

    [Fact]
    public void A_ratio_has_a_floor()
    {
        var fixture = Fixture(new() { Fairness = "demographic-parity-ratio", By = ["sex"], AtLeast = 0.8 }, harmed: 1);

        Assert.Matches(@"^Ratio of selection rates between groups of sex must be at least 0\.8: 0\.\d+, .*: fail\.$", fixture.Judge().Sentence);
    }

    [Fact]
    public void Several_trainings_are_averaged_and_their_noise_widens_the_interval()
    {
        var once = Fixture(Rule(Odds, atMost: 0.1)).Evaluate().Rules.Single();
        var fixture = Fixture(Rule(Odds, atMost: 0.1)).Train(0.6, 0.6).Train(0.6, 0.6);

        var rule = fixture.Evaluate().Rules.Single();

        var each = fixture.Challenger.Select(replicate => Of(fixture, replicate)).ToArray();
        GoldenFile.Equal(-each.Average(), rule.Estimate!.Value);
        Assert.NotNull(rule.DegreesOfFreedom);
        Assert.Null(once.DegreesOfFreedom);
    }

    [Fact]
    public void A_small_group_is_left_out_and_named()
    {
        var fixture = Fixture(Rule(Odds, atMost: 0.1), row => row < 40 ? "x" : row % 2 == 0 ? "f" : "m");

        var verdict = fixture.Judge();

        Assert.Equal(VerdictKind.Pass, verdict.Kind);
        Assert.Contains("1,960 rows (left out with fewer than 100 rows: 'x' (40 rows)): pass", verdict.Findings[0].Sentence);
        Assert.Equal([true, true, false], fixture.Evaluate().Fairness.Single().Groups.Select(group => group.Judged));
    }

    [Fact]
    public void The_smallest_group_that_counts_is_a_setting()
    {
        var fixture = Fixture(Rule(Odds, atMost: 0.1), row => row < 40 ? "x" : row % 2 == 0 ? "f" : "m");
        fixture.Policy = new() { MinimumGroupSupport = 30, Resamples = 200 };

        Assert.Equal(2000, fixture.Evaluate().Rules.Single().Rows);
    }

    [Fact]
    public void One_group_with_rows_enough_is_nothing_to_judge()
    {
        var finding = Fixture(Rule(Odds, atMost: 0.1), row => row < 40 ? "x" : "m").Judge().Findings.Single();

        Assert.Equal((FindingResult.NotJudged, MeasurementStatus.TooFewRows), (finding.Result, finding.Measurement.Status));
        Assert.Contains("fewer than two groups have 100 rows; left out with fewer than 100 rows: 'x' (40 rows)", finding.Sentence);
    }

    [Fact]
    public void A_column_without_a_value_fails()
    {
        var verdict = Fixture(Rule(Odds, atMost: 0.1), _ => null).Judge();

        Assert.Equal((VerdictKind.Fail, MeasurementStatus.Empty), (verdict.Kind, verdict.Findings.Single().Measurement.Status));
        Assert.Contains("no row of the holdout has a value of 'sex'", verdict.Sentence);
    }

    [Fact]
    public void Labels_that_do_not_define_a_metric_are_not_judged_and_never_count_as_zero()
    {
        var fixture = new EvaluationFixture(2000) { Rules = [Rule("equal-opportunity-difference", atMost: 0.1)], Policy = new() { Resamples = 200 } };
        var labels = fixture.Labels;
        fixture.Train(0.5, 0.5).Slice("sex", row => labels[row] == 1 ? "f" : row % 2 == 0 ? "f" : "m", sensitive: true);

        var finding = fixture.Judge().Findings.Single();

        Assert.Equal((FindingResult.NotJudged, (double?)null), (finding.Result, finding.Measurement.Challenger));
        Assert.Contains("fewer than two groups have the rows that define it", finding.Sentence);
    }

    [Fact]
    public void A_model_that_selects_nobody_does_not_escape_a_ratio()
    {
        var fixture = new EvaluationFixture(2000) { Rules = [new() { Fairness = "demographic-parity-ratio", By = ["sex"], AtLeast = 0.8 }], Policy = new() { Resamples = 200 } };
        fixture.With([.. fixture.Labels.Select(_ => 0.1)], [.. fixture.Labels.Select((_, row) => row % 7 / 7.0)]).Slice("sex", Sex, sensitive: true);

        var verdict = fixture.Judge();

        Assert.Equal((VerdictKind.Fail, MeasurementStatus.Collapsed), (verdict.Kind, verdict.Findings.Single().Measurement.Status));
    }

    [Fact]
    public void Without_a_baseline_the_limit_is_judged_and_the_change_is_not()
    {
        var fixture = new EvaluationFixture(2000) { Rules = [Rule(Odds, atMost: 0.1, noWorseBy: 0.02)], Policy = new() { Resamples = 200 } };

        var verdict = fixture.Train(0.5, null).Slice("sex", Sex, sensitive: true).Judge();

        Assert.Equal([FindingResult.Pass, FindingResult.NotJudged], verdict.Findings.Select(finding => finding.Result));
    }

    [Theory]
    [InlineData(Odds, 0.02, null)]
    [InlineData("demographic-parity-ratio", null, 0.95)]
    public void Many_groups_that_are_treated_alike_cry_wolf_no_more_often_than_two(string metric, double? atMost, double? atLeast)
    {
        var failures = CountFailures(new() { Fairness = metric, By = ["sex"], AtMost = atMost, AtLeast = atLeast });

        Assert.InRange(failures, 0, 5);
    }

    [Fact]
    public void A_change_that_changes_nothing_between_many_groups_cries_wolf_at_most_at_the_nominal_rate()
        => Assert.InRange(CountFailures(Rule(Odds, noWorseBy: 0)), 0, 5);

    [Fact]
    public void Groups_are_shown_for_every_sensitive_column_and_intervals_where_a_rule_asks()
    {
        var fixture = Fixture(Rule(Odds, atMost: 0.1, noWorseBy: 0.02)).Slice("race", row => row % 3 == 0 ? "a" : "b", sensitive: true).Slice("origin", row => "EWR");

        var fairness = fixture.Evaluate().Fairness;

        Assert.Equal(["sex", "race"], fairness.Select(column => column.Column));
        Assert.NotNull(fairness[0].Metrics.Single(metric => metric.Name == Odds).Difference!.Lower);
        Assert.NotNull(fairness[1].Metrics.Single(metric => metric.Name == Odds).Challenger!.Lower);
        Assert.Null(fairness[1].Metrics.Single(metric => metric.Name == Odds).Difference!.Lower);
    }

    [Fact]
    public void A_column_that_was_not_kept_as_sensitive_is_refused()
    {
        var fixture = Fixture(Rule(Odds, atMost: 0.1) with { By = ["sexx"], Place = new("mlops.yml", 9, 5) });

        var problem = Assert.Throws<ProblemException>(fixture.Evaluate).Problem;

        Assert.Equal(("MLO2319", 9), (problem.Code, problem.Place!.Line));
        Assert.Contains("Did you mean 'sex'?", problem.Why);
    }

    /// <summary>Of 40 models that treat eight small groups alike.</summary>
    private static int CountFailures(GateRule rule)
        => Enumerable.Range(1, 40).Count(seed =>
        {
            var fixture = new EvaluationFixture(1000, (ulong)seed) { Rules = [rule], Policy = new() { Resamples = 200 } };
            return fixture.Train(0.5, 0.5, shared: 0.4).Slice("sex", row => $"g{row % 8}", sensitive: true).Judge().Kind == VerdictKind.Fail;
        });

    private static string Sex(int row) => row % 2 == 0 ? "f" : "m";

    private static GateRule Rule(string metric, double? atMost = null, double? noWorseBy = null)
        => new() { Fairness = metric, By = ["sex"], AtMost = atMost, NoWorseBy = noWorseBy is { } margin ? new(margin, false) : null };

    /// <summary>Two models alike; the challenger answers at random for a share of one group.</summary>
    private static EvaluationFixture Fixture(GateRule rule, Func<int, string?>? sex = null, int harmed = 0)
    {
        var fixture = new EvaluationFixture(2000) { Rules = [rule], Policy = new() { Resamples = 200 } };
        fixture.Train(0.5, 0.5).Slice("sex", sex ?? Sex, sensitive: true);
        var scores = fixture.Challenger[0].Predictions.Scores[0];
        for (var row = 0; harmed > 0 && row < scores.Length; row += 2)
        {
            scores[row] = row % 3 == 0 ? 0.9 : 0.1;
        }

        return fixture;
    }

    private static double Of(EvaluationFixture fixture, ReplicateInput replicate)
    {
        var column = fixture.Slices.Single();
        var metric = FairnessCatalogue.Find(Odds)!.On(FairnessGroups.Of(column, 100));
        return metric.Bind(new(fixture.Labels, 2, replicate.Predictions, 0.5)).Value([.. fixture.Labels.Select(_ => 1)]);
    }
}
