using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Gating;
using MlOps.Build.Engine.Tests.Evaluating;

namespace MlOps.Build.Engine.Tests.Gating;

public sealed class GateTests
{
    [Fact]
    public void A_better_model_passes()
    {
        var verdict = new EvaluationFixture(3000).Train(0.2, 1).Judge();

        Assert.Equal(VerdictKind.Pass, verdict.Kind);
        Assert.Equal(ChangeDirection.Better, verdict.Findings.Single().Direction);
        Assert.StartsWith("All 1 comparisons hold; a change of AUC by 0.0", verdict.Sentence);
    }

    [Fact]
    public void The_same_run_with_another_scorer_is_judged_and_the_verdict_names_both_scorers()
    {
        var fixture = new EvaluationFixture(3000).Train(1, 0.2);
        var (challenger, baseline) = (fixture.Challenger[0], fixture.Baseline[0]);
        fixture.Challenger[0] = challenger with { Identity = challenger.Identity with { ScorerDigest = "sha256:new" } };
        fixture.Baseline[0] = baseline with { Identity = challenger.Identity with { ScorerDigest = "sha256:old" } };

        var verdict = fixture.Judge();

        Assert.Equal(VerdictKind.Fail, verdict.Kind);
        Assert.Equal(["sha256:new", "sha256:old"], [.. verdict.Subject.ChallengerScorers, .. verdict.Subject.BaselineScorers]);
    }

    [Theory]
    [InlineData(ContaminationResult.Clean, VerdictKind.Pass)]
    [InlineData(ContaminationResult.Contaminated, VerdictKind.Warn)]
    [InlineData(ContaminationResult.Unknown, VerdictKind.Warn)]
    public void A_champion_that_has_or_may_have_seen_the_holdout_is_warned_of(ContaminationResult result, VerdictKind expected)
    {
        var fixture = new EvaluationFixture(3000).Train(0.2, 1);
        fixture.Contamination = new Contamination { Result = result, Rows = 7, HoldoutRows = 3000, Exact = true, Sentence = "Seen or not." };

        var verdict = fixture.Judge();

        Assert.Equal((expected, fixture.Contamination), (verdict.Kind, verdict.Contamination));
        Assert.Equal(expected == VerdictKind.Warn, verdict.Sentence == "Seen or not.");
    }

    [Fact]
    public void A_worse_model_fails_whatever_the_champion_has_seen()
    {
        var fixture = new EvaluationFixture(3000).Train(1, 0.2);
        fixture.Contamination = new Contamination { Result = ContaminationResult.Contaminated, Rows = 7, HoldoutRows = 3000, Exact = true, Sentence = "Seen." };

        Assert.Equal(VerdictKind.Fail, fixture.Judge().Kind);
    }

    [Fact]
    public void A_worse_model_fails_and_the_sentence_says_by_how_much()
    {
        var verdict = new EvaluationFixture(3000).Train(1, 0.2).Judge();

        Assert.Equal(VerdictKind.Fail, verdict.Kind);
        Assert.Matches(@"^AUC must be no more than 0\.010 below the baseline's 0\.\d{3}: difference -0\.\d{3}, lower 95 % bound -0\.\d{3}, 3,000 rows: fail\.$", verdict.Sentence);
    }

    [Fact]
    public void Few_rows_cannot_tell_and_the_sentence_names_the_rows_that_would()
    {
        var verdict = new EvaluationFixture(200).Train(0.45, 0.5).Judge();

        Assert.Equal(VerdictKind.Inconclusive, verdict.Kind);
        Assert.Matches(@"inconclusive; about [\d,]+ rows would decide\.$", verdict.Sentence);
    }

    [Fact]
    public void A_loss_is_told_in_its_own_direction()
    {
        var verdict = new EvaluationFixture(3000) { Rules = [new() { Metric = "log-loss", NoWorseBy = new(0.02, false) }] }
            .Train(2, 0.2).Judge();

        Assert.Matches(@"^Log loss must be no more than 0\.020 above the baseline's 0\.\d+: difference \+0\.\d+, upper 95 % bound \+0\.\d+, 3,000 rows: fail\.$", verdict.Sentence);
    }

    [Theory]
    [InlineData(0.5, VerdictKind.Pass)]
    [InlineData(0.95, VerdictKind.Fail)]
    public void A_floor_judges_the_challenger_alone(double floor, VerdictKind expected)
    {
        var fixture = new EvaluationFixture(2000) { Rules = [new() { Metric = "auc", AtLeast = floor }] }.Train(0.3, 0.3);

        Assert.Equal(expected, fixture.Judge().Kind);
    }

    [Fact]
    public void A_ceiling_is_told_with_its_upper_bound()
    {
        var verdict = new EvaluationFixture(2000) { Rules = [new() { Metric = "brier", AtMost = 0.01 }] }.Train(0.3, 0.3).Judge();

        Assert.Matches(@"^Brier score must be at most 0\.01: 0\.\d{3}, upper 95 % bound 0\.\d{3}, 2,000 rows: fail\.$", verdict.Sentence);
    }

    [Fact]
    public void An_alarm_is_silent_where_harm_is_not_shown()
    {
        var fixture = new EvaluationFixture(1000) { Rules = [Slices("auc", 0.03)] }
            .Train(0.5, 0.5).Slice("origin", row => row % 2 == 0 ? "EWR" : "JFK");

        var verdict = fixture.Judge();

        Assert.Equal(VerdictKind.Pass, verdict.Kind);
        Assert.All(verdict.Findings, finding => Assert.Matches("(unadjusted), harm p .* after Holm, 500 rows: pass; a change of 0\\.\\d+ would have been seen\\.$".Replace("(", "\\(").Replace(")", "\\)"), finding.Sentence));
    }

    [Fact]
    public void An_alarm_sounds_for_the_slice_that_is_harmed_and_no_other()
    {
        var fixture = new EvaluationFixture(4000) { Rules = [new() { Metric = "auc", NoWorseBy = new(0.2, false) }, Slices("auc", 0.03)] }
            .Train(0.3, 0.3).Slice("origin", row => row % 4 == 0 ? "EWR" : "JFK");
        var scores = fixture.Challenger[0].Predictions.Scores[0];
        for (var row = 0; row < scores.Length; row += 4)
        {
            scores[row] = 1 - scores[row];
        }

        var verdict = fixture.Judge();

        Assert.Equal(VerdictKind.Fail, verdict.Kind);
        Assert.Equal(["EWR"], verdict.Findings.Where(finding => finding.Result == FindingResult.Fail).Select(finding => finding.Measurement.Value));
        Assert.StartsWith("AUC where origin = EWR must be", verdict.Sentence);
    }

    [Fact]
    public void Holm_is_applied_over_all_alarms()
    {
        var evaluation = new EvaluationFixture(1000) { Rules = [Slices("auc", 0.03)] }
            .Train(0.5, 0.5).Slice("origin", row => row % 2 == 0 ? "EWR" : "JFK").Evaluate();
        Verdict Judged(params double[] harm) => Judge(evaluation with
        {
            Rules = [.. evaluation.Rules.Zip(harm, (rule, p) => rule with { HarmPValue = p })],
        });

        Assert.Equal(VerdictKind.Pass, Judged(0.04, 0.9).Kind);
        Assert.Equal(VerdictKind.Fail, Judged(0.02, 0.9).Kind);

        Verdict Judge(Evaluation it) => Gate.Judge(it, new() { Rules = [Slices("auc", 0.03)] }, Context());
    }

    [Fact]
    public void A_slice_column_without_any_value_fails()
    {
        var fixture = new EvaluationFixture(500) { Rules = [Slices("auc", 0.03)] }.Train(0.3, 0.3).Slice("origin", _ => null);

        var verdict = fixture.Judge();

        Assert.Equal(VerdictKind.Fail, verdict.Kind);
        Assert.Contains("no row of the holdout has a value of 'origin': fail.", verdict.Sentence);
    }

    [Fact]
    public void A_policy_of_which_nothing_could_be_judged_does_not_pass()
    {
        var fixture = new EvaluationFixture(100) { Rules = [Slices("auc", 0.03)] }.Train(0.3, 0.3).Slice("origin", row => row % 2 == 0 ? "a" : "b");

        var verdict = fixture.Judge();

        Assert.Equal(VerdictKind.Inconclusive, verdict.Kind);
        Assert.StartsWith("No rule could be judged", verdict.Sentence);
    }

    [Fact]
    public void A_metric_that_the_holdout_does_not_define_fails()
    {
        var fixture = new EvaluationFixture(100) { Task = ModelTask.Regression, Rules = [new() { Metric = "mape", AtMost = 1 }] }.Train(0.3, 0.3);

        Assert.Equal(VerdictKind.Fail, fixture.Judge().Kind);
    }

    [Fact]
    public void An_advisory_rule_that_is_missed_only_warns()
    {
        var fixture = new EvaluationFixture(3000) { Rules = [new() { Metric = "auc", AtLeast = 0.5 }, new() { Metric = "auc", NoWorseBy = new(0.01, false), Advisory = true }] }
            .Train(1, 0.2);

        var verdict = fixture.Judge();

        Assert.Equal(VerdictKind.Warn, verdict.Kind);
        Assert.StartsWith("An advisory rule is missed: AUC must be", verdict.Sentence);
    }

    [Fact]
    public void Equal_models_clear_a_margin_of_zero_and_are_not_better()
    {
        var fixture = new EvaluationFixture(300) { Rules = [new() { Metric = "auc", NoWorseBy = new(0, false) }] };
        fixture.Train(0.3, 0.3);
        var scores = fixture.Challenger[0].Predictions.Scores[0];
        fixture.Baseline[0] = fixture.Baseline[0] with { Predictions = new([scores]) };

        var verdict = fixture.Judge();

        Assert.Equal(VerdictKind.Pass, verdict.Kind);
        Assert.Equal(ChangeDirection.CannotTell, verdict.Findings.Single().Direction);
    }

    [Fact]
    public void An_evaluation_of_another_policy_is_refused()
    {
        var evaluation = new EvaluationFixture(300).Train(0.3, 0.3).Evaluate();

        var problem = Assert.Throws<ProblemException>(() => Gate.Judge(evaluation, new() { Rules = [new() { Metric = "auc", AtLeast = 0.1 }] }, Context())).Problem;

        Assert.Equal("MLO2311", problem.Code);
    }

    [Fact]
    public void A_rule_that_was_not_measured_is_refused()
    {
        var fixture = new EvaluationFixture(300).Train(0.3, 0.3);

        var problem = Assert.Throws<ProblemException>(() => Gate.Judge(fixture.Evaluate() with { Rules = [] }, fixture.Policy, Context())).Problem;

        Assert.Equal("MLO2311", problem.Code);
        Assert.Contains("rule 1", problem.Why);
    }

    [Fact]
    public void The_demand_to_be_better_must_have_been_measured_too()
    {
        var fixture = new EvaluationFixture(300) { Policy = new() { RequireBetter = true } }.Train(0.3, 0.3);
        var evaluation = fixture.Evaluate();

        var problem = Assert.Throws<ProblemException>(() => Gate.Judge(evaluation with { Rules = evaluation.Rules[..^1] }, fixture.Policy, Context())).Problem;

        Assert.Equal("MLO2311", problem.Code);
        Assert.Contains("rule 2", problem.Why);
    }

    [Theory]
    [InlineData(double.NaN, 0.1)]
    [InlineData(-0.1, double.PositiveInfinity)]
    public void A_number_that_is_none_is_refused(double lower, double upper)
    {
        var fixture = new EvaluationFixture(300).Train(0.3, 0.3);
        var evaluation = fixture.Evaluate();

        var problem = Assert.Throws<ProblemException>(() => Gate.Judge(
            evaluation with { Rules = [evaluation.Rules[0] with { Lower = lower, Upper = upper }] }, fixture.Policy, Context())).Problem;

        Assert.Equal("MLO2341", problem.Code);
        Assert.Contains("auc", problem.Why);
    }

    [Fact]
    public void A_verdict_names_what_was_judged_and_until_when_it_holds()
    {
        var verdict = new EvaluationFixture(300).Train(0.3, 0.3).Judge();

        Assert.Equal(["sha256:C0"], verdict.Subject.Challengers);
        Assert.Equal(["B0"], verdict.Subject.BaselineRuns);
        Assert.True(Digest.IsDigest(verdict.Subject.Evaluation));
        Assert.Equal(DateTimeOffset.UnixEpoch.AddDays(14), verdict.ExpiresAt);
    }

    [Fact]
    public void Sentences_do_not_depend_on_the_culture()
    {
        var before = Thread.CurrentThread.CurrentCulture;
        try
        {
            Thread.CurrentThread.CurrentCulture = new("de-DE");

            var verdict = new EvaluationFixture(3000).Train(1, 0.2).Judge();

            Assert.Contains("0.010", verdict.Sentence);
            Assert.Contains("3,000 rows", verdict.Sentence);
        }
        finally
        {
            Thread.CurrentThread.CurrentCulture = before;
        }
    }

    internal static GateContext Context() => new() { Now = DateTimeOffset.UnixEpoch, EngineDigest = "sha256:e" };

    private static GateRule Slices(string metric, double margin)
        => new() { Metric = metric, NoWorseBy = new(margin, false), Slices = ["origin"] };
}
