using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Evaluating;
using MlOps.Build.Engine.Reporting;
using MlOps.Build.Engine.Tests.Evaluating;
using MlOps.Build.Engine.Tests.Reporting;

namespace MlOps.Build.Engine.Tests.Configuration;

public sealed class PolicyInheritanceTests
{
    private const string Regulated = """
        rules:
          - { metric: auc, at-least: 0.7, no-worse-by: 0.01 }
          - { slices: [origin], metric: auc, no-worse-by: 0.03 }
        """;

    [Fact]
    public void The_rules_of_a_policy_file_come_first_and_know_where_they_stand()
    {
        var result = Parse("  extends: ../policies/regulated.yml\n  rules:\n    - { metric: brier, at-most: 0.2 }", ("policies/regulated.yml", Regulated + "\nminimum-support: 300"));

        Assert.Empty(result.Problems);
        var gate = result.Configuration.Gate;
        Assert.Equal(["auc", "auc", "brier"], gate.Rules.Select(rule => rule.Metric));
        Assert.Equal(["../policies/regulated.yml", "../policies/regulated.yml", null], gate.Rules.Select(rule => rule.From));
        Assert.Equal(("../policies/regulated.yml", 2, 5), (gate.Rules[0].Place!.File, gate.Rules[0].Place!.Line, gate.Rules[0].Place!.Column));
        Assert.Equal((300, "../policies/regulated.yml"), (gate.MinimumSupport, gate.Policies.Single().Path));
        Assert.Contains(result.Values, value => value is { Path: "gate.minimum-support", Text: "300" });
    }

    [Theory]
    [InlineData("rules: [{ metric: auc, at-least: 0.75, no-worse-by: 0.005 }]")]
    [InlineData("rules: [{ metric: auc, at-least: 0.75 }]")]
    [InlineData("rules: [{ metric: auc, at-least: 0.8, advisory: true }]")]
    [InlineData("rules: [{ slices: [origin], metric: auc, no-worse-by: 0.02 }]")]
    [InlineData("require-better: true")]
    [InlineData("expires: 2d")]
    [InlineData("on-inconclusive: fail")]
    [InlineData("resamples: 5000")]
    [InlineData("minimum-support: 200")]
    public void A_project_may_ask_for_more(string line)
        => Assert.Empty(Parse($"  extends: [../policies/regulated.yml]\n  {line}", ("policies/regulated.yml", Regulated)).Problems);

    [Theory]
    [InlineData("rules: [{ metric: auc, at-least: 0.75, no-worse-by: 0.02 }]", 8, 11, "line 2, column 5")]
    [InlineData("rules: [{ metric: auc, no-worse-by: 0.05, kind: alarm }]", 8, 11, "line 2, column 5")]
    [InlineData("rules: [{ metric: auc, at-least: 0.7, advisory: true }]", 8, 11, "line 2, column 5")]
    [InlineData("rules: [{ slices: [origin], metric: auc, no-worse-by: 0.05 }]", 8, 11, "line 3, column 5")]
    [InlineData("confidence: 90%", 8, 15, "regulated.yml leaves it at 95%")]
    [InlineData("threshold: 0.4", 8, 14, "leaves it at 0.5")]
    [InlineData("resamples: 200", 8, 14, "leaves it at 2000")]
    [InlineData("expires: 30d", 8, 12, "regulated.yml (line 4, column 10) says 7d")]
    [InlineData("on-inconclusive: warn", 8, 20, "leaves it at by mode")]
    [InlineData("minimum-support: 5000", 8, 20, "leaves it at 200")]
    [InlineData("primary: brier", 8, 12, "leaves it at by task")]
    [InlineData("waivers: [{ rule: auc, by: [ana, bo], why: w, until: 2027-01-31 }]", 8, 13, "waived there or not at all")]
    public void A_project_that_asks_for_less_is_refused_with_both_places(string line, int at, int column, string why)
    {
        var problem = Assert.Single(Parse($"  extends: ../policies/regulated.yml\n  {line}", ("policies/regulated.yml", Regulated + "\nexpires: 7d")).Problems);

        Assert.Equal(("MLO2346", "mlops.yml", at, column), (problem.Code, problem.Place!.File, problem.Place.Line, problem.Place.Column));
        Assert.Contains(why, problem.Why);
    }

    [Fact]
    public void The_same_rule_again_has_no_effect()
    {
        var problem = Assert.Single(Parse("  extends: ../policies/regulated.yml\n  rules: [{ metric: auc, at-least: 0.7 }]", ("policies/regulated.yml", Regulated)).Problems);

        Assert.Equal("MLO2322", problem.Code);
        Assert.Contains("../policies/regulated.yml (line 2, column 5)", problem.Why);
    }

    [Theory]
    [InlineData("../policies/missing.yml", "There is no such file.")]
    [InlineData("../../elsewhere.yml", "It leads out of the repository.")]
    [InlineData("/etc/policy.yml", "It leads out of the repository.")]
    [InlineData("C:/policy.yml", "It leads out of the repository.")]
    [InlineData("..\\\\policies\\\\regulated.yml", "It leads out of the repository.")]
    [InlineData("../.git/policy.yml", "It leads out of the repository.")]
    [InlineData("../policies/a.yml", "It builds on itself: policies/a.yml -> policies/b.yml -> policies/a.yml.")]
    [InlineData("../deep/0.yml", "At most 8 levels and 32 files are read.")]
    public void A_file_that_cannot_be_used_is_refused_where_it_is_named(string named, string why)
    {
        var deep = Enumerable.Range(0, 10).Select(level => ($"deep/{level}.yml", $"extends: {level + 1}.yml\nrules: []"));

        var problems = Parse($"  extends: \"{named}\"", [("policies/a.yml", "extends: b.yml"), ("policies/b.yml", "extends: ./a.yml"), .. deep]).Problems;

        Assert.Equal(("MLO2345", why), (problems[0].Code, problems[0].Why));
        Assert.NotNull(problems[0].Place);
    }

    [Fact]
    public void Mistakes_in_a_policy_file_are_shown_there()
    {
        var problem = Parse("  extends: ../policies/regulated.yml", ("policies/regulated.yml", "rules:\n  - { metric: auc, no-worse: 0.01, at-least: 0.7 }")).Problems[0];

        Assert.Equal(("MLO2011", "../policies/regulated.yml", 2), (problem.Code, problem.Place!.File, problem.Place.Line));
    }

    [Fact]
    public void Files_that_build_on_a_third_read_it_once_and_have_to_agree()
    {
        (string, string)[] files =
        [
            ("policies/base.yml", Regulated), ("policies/a.yml", "extends: base.yml\nconfidence: 99%\nexpires: 7d"), ("policies/b.yml", "extends: base.yml\nconfidence: 95%\nexpires: 2d"),
        ];

        var result = Parse("  extends: [../policies/a.yml, ../policies/b.yml]", files);

        var problem = Assert.Single(result.Problems);
        Assert.Equal(("MLO2347", "../policies/b.yml", 2), (problem.Code, problem.Place!.File, problem.Place.Line));
        Assert.Contains("../policies/a.yml (line 2, column 13) says 99%", problem.Why);
        Assert.Equal(2, result.Configuration.Gate.Rules.Count);
        Assert.Equal(TimeSpan.FromDays(2), result.Configuration.Gate.Expires);
    }

    [Fact]
    public void The_digest_of_a_policy_is_that_of_what_all_its_files_say()
    {
        string Digest(string text) => PolicyDigest.Of(Parse("  extends: ../policies/regulated.yml", ("policies/regulated.yml", text)).Configuration.Gate);

        Assert.Equal(Digest(Regulated), Digest("# reviewed in May\n" + Regulated));
        Assert.NotEqual(Digest(Regulated), Digest(Regulated.Replace("0.7", "0.6", StringComparison.Ordinal)));
    }

    [Fact]
    public void What_a_project_adds_makes_no_inherited_alarm_quieter()
    {
        var alone = Verdict(0);
        var crowded = Verdict(30);

        Assert.Equal((VerdictKind.Fail, VerdictKind.Fail), (alone.Kind, crowded.Kind));
        Assert.Equal(alone.Findings[0].AdjustedPValue, crowded.Findings[0].AdjustedPValue);
        Assert.All(crowded.Findings.Skip(1), finding => Assert.True(finding.AdjustedPValue >= finding.Measurement.HarmPValue * 10 || finding.AdjustedPValue == 1));
        Assert.Equal(["regulated.yml"], crowded.Subject.Policies!.Select(policy => policy.Path));
    }

    [Fact]
    public void Every_report_names_the_file_of_a_rule_and_its_digest()
    {
        var rule = Measured.NoWorse(0, "auc", 0.743, 0.741, 0.0028, 0.01) with { From = "../policies/regulated.yml" };
        var input = (ReportCases.Pass with { Rules = [rule] }).Input;
        input = input with { Verdict = input.Verdict with { Subject = input.Verdict.Subject with { Policies = [new("../policies/regulated.yml", "sha256:f11e")] } } };

        Assert.All([ReportMarkdown.Of(input), ReportHtml.Of(input)], report =>
        {
            Assert.Contains("regulated.yml)", report);
            Assert.Contains("sha256:f11e", report);
        });
    }

    private static Verdict Verdict(int own)
    {
        var fixture = new EvaluationFixture(1_500) { Policy = new() { Policies = [new("regulated.yml", "sha256:f")] } }.Train(1.3, 0.5);
        fixture.Rules =
        [
            new() { Metric = "auc", NoWorseBy = new(0.05, false), Kind = RuleKind.Alarm, From = "regulated.yml" },
            .. Enumerable.Range(0, own).Select(place => new GateRule { Metric = "auc", NoWorseBy = new(0.3 + (place / 1000.0), false), Kind = RuleKind.Alarm }),
        ];
        return fixture.Judge();
    }

    private static ConfigurationResult Parse(string gate, params (string Path, string Text)[] files)
        => ConfigurationReader.Parse(
            $$"""
            model: income
            task: binary-classification
            data: { source: data/*.csv, label: rich, slices: [origin] }
            train: { project: src/Training }

            gate:
            {{gate}}
            """,
            "mlops.yml",
            new KnownPolicies("model", files.ToDictionary(file => file.Path, file => new PolicyFile(file.Path, file.Text))));
}
