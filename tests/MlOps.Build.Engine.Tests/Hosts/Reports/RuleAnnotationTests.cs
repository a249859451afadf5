using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Hosts;
using MlOps.Build.Engine.Hosts.Reports;
using MlOps.Build.Engine.Tests.Reporting;

namespace MlOps.Build.Engine.Tests.Hosts.Reports;

public sealed class RuleAnnotationTests
{
    private static readonly GateRule[] Rules =
    [
        .. ConfigurationReader.Parse(
            """
            model: m
            gate:
              rules:
                - metric: auc
                  at-least: 0.7
                # a remark
                - { metric: log-loss, no-worse-by: 0.01 }
                - metric: recall
                  slices: [origin]
                  no-worse-by: 0.02
            """,
            "mlops.yml").Configuration.Gate.Rules,
    ];

    [Fact]
    public void A_remark_stands_at_the_line_of_its_rule()
    {
        var remark = Assert.Single(Of(Finding(1, FindingResult.Fail), Finding(0, FindingResult.Pass), Finding(2, FindingResult.NotJudged)));

        Assert.Equal(new HostAnnotation(AnnotationLevel.Error, "This rule of the gate does not hold", "sentence 1", "models/mlops.yml", 7), remark);
    }

    [Fact]
    public void The_gravest_come_first_one_for_a_rule()
    {
        var remarks = Of(
            Finding(0, FindingResult.Inconclusive), Finding(1, FindingResult.Fail, advisory: true), Finding(2, FindingResult.Inconclusive), Finding(2, FindingResult.Fail), Finding(2, FindingResult.Fail));

        Assert.Equal([(AnnotationLevel.Error, 8), (AnnotationLevel.Warning, 7), (AnnotationLevel.Warning, 4)], remarks.Select(remark => (remark.Level, remark.Line!.Value)));
    }

    [Fact]
    public void No_more_are_made_than_are_shown()
        => Assert.Equal(5, Of([.. Enumerable.Range(0, 9).Select(rule => Finding(rule, FindingResult.Fail))]).Count);

    [Fact]
    public void Where_the_change_edits_the_gate_no_line_is_named()
    {
        var verdict = ReportCases.Fail.Input.Verdict with { Findings = [Finding(1, FindingResult.Fail)], PolicyChange = new(VerdictKind.Pass, []) };

        Assert.Null(Assert.Single(RuleAnnotations.Of(verdict, Rules, "mlops.yml", 5)).Line);
    }

    [Fact]
    public void Without_a_file_the_remark_is_still_made()
        => Assert.Null(Assert.Single(RuleAnnotations.Of(ReportCases.Fail.Input.Verdict with { PolicyChange = null, Findings = [Finding(1, FindingResult.Fail)] }, [], "mlops.yml", 5)).Line);

    private static IReadOnlyList<HostAnnotation> Of(params Finding[] findings)
        => RuleAnnotations.Of(ReportCases.Fail.Input.Verdict with { PolicyChange = null, Findings = findings }, Rules, "models/mlops.yml", 5);

    private static Finding Finding(int rule, FindingResult result, bool advisory = false)
    {
        var template = ReportCases.Fail.Input.Verdict.Findings[0];
        return template with { Result = result, Sentence = $"sentence {rule}", Measurement = template.Measurement with { Rule = rule, Advisory = advisory } };
    }
}
