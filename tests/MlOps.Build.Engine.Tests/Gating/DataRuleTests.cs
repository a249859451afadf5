using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Evaluating;
using MlOps.Build.Engine.Gating;
using MlOps.Build.Engine.Reporting;
using MlOps.Build.Engine.Tests.Configuration;
using MlOps.Build.Engine.Tests.Evaluating;
using MlOps.Build.Engine.Tests.Reporting;

namespace MlOps.Build.Engine.Tests.Gating;

/// <summary>Rules about findings: wrong ways to evaluate fail a build where the policy says so.</summary>
public sealed class DataRuleTests
{
    private static readonly DataFinding Leak = new("leakage", "paid: alone it predicts the label (AUC 0.99).");

    [Fact]
    public void A_leak_fails_where_a_rule_forbids_it()
    {
        var verdict = Judge("leakage", [Leak]);

        Assert.Equal(VerdictKind.Fail, verdict.Kind);
        Assert.Equal("Data that give the label away: 1 finding (paid: alone it predicts the label (AUC 0.99)): fail.", verdict.Sentence);
    }

    [Fact]
    public void An_advisory_rule_warns_and_a_clean_dataset_passes()
    {
        Assert.Equal(VerdictKind.Warn, Judge("leakage", [Leak], advisory: true).Kind);
        Assert.Equal(VerdictKind.Pass, Judge("leakage", []).Kind);
        Assert.Equal(VerdictKind.Pass, Judge("contract", [Leak]).Kind);
        Assert.EndsWith("none found: pass.", Judge("leakage", []).Findings[1].Sentence);
    }

    [Theory]
    [InlineData("leakage")]
    [InlineData("contract")]
    [InlineData("contamination")]
    [InlineData("stale-predictions")]
    public void Data_that_nobody_looked_at_do_not_pass(string rule)
        => Assert.Equal((VerdictKind.Fail, FindingResult.Fail), (Judge(rule, null).Kind, Judge(rule, null).Findings[1].Result));

    [Fact]
    public void A_model_that_answers_one_value_is_found_without_any_metric()
    {
        var rows = new EvaluationFixture(500);
        rows.Rules = [new() { Metric = "accuracy", AtLeast = 0.1 }, new() { Data = "constant-prediction" }];
        rows.With([.. rows.Labels.Select(_ => 0.25)], [.. rows.Labels.Select((_, row) => row / 500.0)]);

        var verdict = rows.Judge();

        Assert.Equal((FindingResult.Pass, FindingResult.Fail), (verdict.Findings[0].Result, verdict.Findings[1].Result));
        Assert.Contains("answers 0.25 for each of 500 rows", verdict.Sentence);
        Assert.Equal(VerdictKind.Pass, Judge("constant-prediction", null).Kind);
    }

    [Theory]
    [InlineData(ContaminationResult.Contaminated, VerdictKind.Fail)]
    [InlineData(ContaminationResult.Unknown, VerdictKind.Fail)]
    [InlineData(ContaminationResult.Clean, VerdictKind.Pass)]
    public void A_champion_that_has_seen_the_holdout_fails_where_a_rule_forbids_it(ContaminationResult result, VerdictKind kind)
        => Assert.Equal(kind, Judge("contamination", null, contamination: new() { Result = result, Rows = 3, HoldoutRows = 900, Exact = true, Sentence = "Seen." }).Kind);

    [Fact]
    public void A_run_looks_at_its_champion_and_makes_its_predictions_and_a_first_model_has_no_champion()
    {
        Assert.All(["contamination", "stale-predictions"], rule => Assert.Equal(VerdictKind.Pass, Judge(rule, []).Kind));
        var first = new EvaluationFixture(900) { Rules = [new() { Metric = "auc", AtLeast = 0.5 }, new() { Data = "contamination" }] }.Train(0.8, null);
        Assert.Equal(FindingResult.Pass, first.Judge().Findings[1].Result);
    }

    [Fact]
    public void Only_a_policy_that_asks_records_findings()
    {
        Assert.Equal([Leak], Evaluate("leakage", [Leak]).Data!);
        Assert.Null(Evaluator.Evaluate(Fixture([]).Input with { Data = [Leak] }).Data);
    }

    [Fact]
    public void Checks_of_the_data_become_findings_of_their_rule()
    {
        var checks = new[] { "leakage", "overlap", "nulls", "id", "constant" }.Select(name => Check(name, CheckResult.Warning)).Append(Check("leakage", CheckResult.Pass));

        var found = DataFindings.Of(new DataValidation { SnapshotDigest = "sha256:d", Rows = 1, Columns = 1, Result = CheckResult.Warning, Checks = [.. checks] });

        Assert.Equal(["leakage: look", "leakage: look", "contract: look", "contract: look"], found.Select(finding => $"{finding.Rule}: {finding.Sentence}"));
    }

    [Theory]
    [InlineData("data: leakage, advisory: true")]
    [InlineData("data: constant-prediction")]
    public void A_rule_about_a_finding_needs_no_limit(string rule)
        => Assert.Empty(Parse($"[{{ {rule} }}]"));

    [Theory]
    [InlineData("[{ data: leekage }]", "MLO2351", "Did you mean 'leakage'?")]
    [InlineData("[{ data: drift }]", "MLO2351", "no run measures these")]
    [InlineData("[{ data: leakage, at-most: 0 }]", "MLO2351", "only has `advisory`")]
    [InlineData("[{ data: leakage, slices: [origin] }]", "MLO2351", "only has `advisory`")]
    [InlineData("[{ data: leakage, metric: auc }]", "MLO2351", "only has `advisory`")]
    [InlineData("[{ data: leakage }, { data: leakage }]", "MLO2322", "as much or more")]
    public void A_rule_that_cannot_be_judged_is_refused_at_its_place(string rules, string code, string why)
    {
        var problem = Assert.Single(Parse(rules));

        Assert.Equal((code, 5), (problem.Code, problem.Place!.Line));
        Assert.Contains(why, problem.Why);
    }

    [Fact]
    public void Reports_count_findings()
    {
        var fixture = Fixture([new() { Data = "leakage" }]);
        var evaluation = Evaluator.Evaluate(fixture.Input with { Data = [Leak, Leak] });
        var verdict = Gate.Judge(evaluation, fixture.Policy, new() { Now = DateTimeOffset.UnixEpoch, EngineDigest = "sha256:e" });
        var input = ReportCases.Pass.Input with { Evaluation = evaluation, Verdict = verdict };

        Assert.All([ReportMarkdown.Of(input), ReportHtml.Of(input)], report => Assert.Contains("2 findings", report));
        Assert.Contains("Data that give the label away", ReportMarkdown.Of(input));
    }

    private static IReadOnlyList<Problem> Parse(string rules)
        => ConfigurationReader.Parse(ConfigurationReaderTests.Smallest + $"\ngate: {{ rules: {rules} }}", "mlops.yml").Problems;

    private static DataCheck Check(string name, CheckResult result)
        => new() { Check = name, Column = null, Result = result, Bound = null, Observed = "x", BadRows = 1, Examples = [], Sentence = "look" };

    private static EvaluationFixture Fixture(IReadOnlyList<GateRule> rules)
        => new EvaluationFixture(900) { Rules = [new() { Metric = "auc", NoWorseBy = new(0.1, false) }, .. rules] }.Train(0.5, 0.5);

    private static Evaluation Evaluate(string rule, DataFinding[]? found, bool advisory = false, Contamination? contamination = null)
        => Evaluator.Evaluate(Fixture([new() { Data = rule, Advisory = advisory }]).Input with { Data = found, Contamination = contamination });

    private static Verdict Judge(string rule, DataFinding[]? found, bool advisory = false, Contamination? contamination = null)
        => Gate.Judge(
            Evaluate(rule, found, advisory, contamination),
            Fixture([new() { Data = rule, Advisory = advisory }]).Policy,
            new() { Now = DateTimeOffset.UnixEpoch, EngineDigest = "sha256:e" });
}
