using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Gating;
using MlOps.Build.Engine.Reporting;
using MlOps.Build.Engine.Tests.Evaluating;
using MlOps.Build.Engine.Tests.Reporting;

namespace MlOps.Build.Engine.Tests.Gating;

public sealed class WaiverTests
{
    [Fact]
    public void A_failed_rule_that_two_people_waive_is_a_warning_that_says_who_why_and_until_when()
    {
        var verdict = Judge(Waiver());

        var finding = Assert.Single(verdict.Findings);
        Assert.Equal((VerdictKind.Warn, FindingResult.Waived, "1970-01-01"), (verdict.Kind, finding.Result, finding.Waiver!.Until));
        Assert.EndsWith(": fail. Waived by ana and bo until 1970-01-01: the terminal is being rebuilt", verdict.Sentence);
    }

    [Fact]
    public void A_waiver_does_not_count_the_day_after_its_last_one()
    {
        var verdict = Judge(Waiver() with { Until = new(1969, 12, 31) });

        Assert.Equal(VerdictKind.Fail, verdict.Kind);
        Assert.EndsWith("fail. Its waiver ended on 1969-12-31.", verdict.Sentence);
    }

    [Theory]
    [InlineData("ana")]
    [InlineData("ana", "Ana ")]
    [InlineData("ana", "")]
    public void A_waiver_of_one_person_does_not_count(params string[] by)
        => Assert.Equal(VerdictKind.Fail, Judge(Waiver() with { By = by }).Kind);

    [Fact]
    public void A_waiver_reaches_no_other_metric_and_no_other_column()
    {
        Assert.Equal(VerdictKind.Fail, Judge(Waiver() with { Rule = "brier" }).Kind);
        Assert.Equal(VerdictKind.Fail, Judge(Waiver() with { Column = "origin" }).Kind);
    }

    [Theory]
    [InlineData("origin", null, "origin", "JFK", null, true)]
    [InlineData("origin", "JFK", "origin", "JFK", null, true)]
    [InlineData("origin", "EWR", "origin", "JFK", null, false)]
    [InlineData("dest", null, "origin", "JFK", null, false)]
    [InlineData(null, null, "origin", "JFK", null, false)]
    [InlineData("sex", null, null, null, "sex", true)]
    [InlineData("race", null, null, null, "sex", false)]
    [InlineData("sex", "F", null, null, "sex", false)]
    [InlineData("sex", "F", null, "F", "sex", false)]
    public void A_waiver_covers_the_slice_or_the_groups_that_it_names(
        string? waivedColumn, string? waivedValue, string? column, string? value, string? by, bool covers)
    {
        var finding = Judge(Waiver() with { By = ["ana"] }).Findings.Single();
        var waived = Waivers.Apply(
            finding with { Measurement = finding.Measurement with { Column = column, Value = value, By = by } },
            new() { Waivers = [Waiver() with { Column = waivedColumn, Value = waivedValue }] },
            DateTimeOffset.UnixEpoch);

        Assert.Equal(covers ? FindingResult.Waived : FindingResult.Fail, waived.Result);
    }

    [Fact]
    public void Of_several_waivers_the_one_that_ends_last_is_told()
    {
        var failed = Judge(Waiver() with { By = ["ana"] }).Findings.Single();
        var (early, late) = (Waiver() with { Until = new(1969, 12, 30) }, Waiver() with { Until = new(1969, 12, 31) });

        string Told(DateTimeOffset now) => Waivers.Apply(failed, new() { Waivers = [late, early, Waiver() with { Until = new(1969, 12, 29) }] }, now).Sentence;

        Assert.Contains("until 1969-12-31", Told(new(1969, 12, 29, 0, 0, 0, TimeSpan.Zero)), StringComparison.Ordinal);
        Assert.EndsWith("Its waiver ended on 1969-12-31.", Told(DateTimeOffset.UnixEpoch), StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_told_is_not_waived()
    {
        var fixture = new EvaluationFixture(200) { Policy = new() { Waivers = [Waiver()] } };

        Assert.Equal(VerdictKind.Inconclusive, fixture.Train(0.45, 0.5).Judge().Kind);
    }

    [Fact]
    public void Every_report_shows_it_in_red()
    {
        var fixture = ReportCases.Fail with { Rules = [Measured.NoWorse(0, "auc", 0.723, 0.741, 0.0028, 0.01)], Waivers = [Waiver() with { Until = new(2027, 1, 31) }] };

        var (markdown, html) = (ReportMarkdown.Of(fixture.Input), ReportHtml.Of(fixture.Input));

        Assert.Contains("🟥 fails, waived until 2027-01-31", markdown);
        Assert.Contains("the terminal is being rebuilt", markdown);
        Assert.Contains("result waived", html);
        Assert.Contains("the terminal is being rebuilt", html);
    }

    [Theory]
    [InlineData("{ rule: auc, by: [ana], why: because, until: 2027-01-31 }", "does not name two people")]
    [InlineData("{ rule: auc, by: [ana, eve], why: because, until: 2027-01-31 }", "'eve' cannot waive a rule")]
    [InlineData("{ rule: auc, by: [ana, bo], why: because }", "has no end")]
    [InlineData("{ rule: brier, by: [ana, bo], why: because, until: 2027-01-31 }", "waives nothing")]
    [InlineData("{ rule: auc, column: origin, by: [ana, bo], why: because, until: 2027-01-31 }", "waives nothing")]
    public void A_waiver_that_would_not_count_is_refused_at_its_place(string waiver, string what)
    {
        var problem = Assert.Single(Parse(waiver).Problems);

        Assert.Equal(("MLO2323", 12), (problem.Code, problem.Place!.Line));
        Assert.Contains(what, problem.What);
    }

    [Fact]
    public void A_waiver_is_read_and_changes_the_policy()
    {
        var gate = Parse("{ rule: auc, by: [ana, bo], why: because, until: 2027-01-31 }").Configuration.Gate;

        Assert.Equal(new DateOnly(2027, 1, 31), gate.Waivers.Single().Until);
        Assert.NotEqual(Engine.Evaluating.PolicyDigest.Of(gate), Engine.Evaluating.PolicyDigest.Of(gate with { Waivers = [] }));
        Assert.Equal(["waiver added: auc until 2027-01-31"], Engine.Evaluating.PolicyWords.Differences(gate with { Waivers = [] }, gate, ModelTask.BinaryClassification));
    }

    private static WaiverConfiguration Waiver()
        => new() { Rule = "auc", By = ["ana", "bo"], Why = "the terminal is being rebuilt", Until = new(1970, 1, 1) };

    private static Verdict Judge(WaiverConfiguration waiver)
    {
        var fixture = new EvaluationFixture(3000) { Policy = new() { Waivers = [waiver] } };
        return fixture.Train(1, 0.2).Judge();
    }

    private static ConfigurationResult Parse(string waiver)
        => ConfigurationReader.Parse(
            $$"""
            model: flights
            task: binary-classification
            data: { source: data/*.csv, label: late, slices: [origin] }
            train: { project: src/Training }
            environments:
              production: { path: deploy, approvers: [{ name: ana, publicKey: a }, { name: bo, publicKey: b }] }
            gate:
              rules:
                - { metric: auc, no-worse-by: 0.01 }
                - { metric: brier, slices: [origin], no-worse-by: 0.01 }
              waivers:
                - {{waiver}}
            """,
            "mlops.yml");
}
