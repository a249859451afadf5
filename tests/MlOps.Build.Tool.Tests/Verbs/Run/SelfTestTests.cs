using MlOps.Build.Contracts;

namespace MlOps.Build.Tool.Tests.Verbs.Run;

/// <summary>Whole command lines on a project that was judged once.</summary>
public sealed class SelfTestTests : IDisposable
{
    private const string Strict = """
            - { metric: auc, at-least: 0.7, no-worse-by: 0.05 }
            - { metric: log-loss, no-worse-by: 0.02 }
            - { metric: brier, no-worse-by: 0.005 }
            - { metric: auc, slices: [ward], no-worse-by: 0.05 }
          minimum-support: 50
          threshold: { choose: f1 }

        """;

    private readonly PipelineProject project = new();

    public void Dispose() => project.Dispose();

    [Fact]
    public async Task A_policy_with_a_floor_and_a_rule_for_probabilities_and_slices_is_certified()
    {
        await JudgedAsync(Strict);

        var exit = await project.RunAsync("gate", "selftest", "--repetitions", "50", "--output", "json");

        var certificate = project.Answer<Certificate>();
        Assert.True(certificate.Certified, certificate.Sentence);
        Assert.Equal(0, exit);
        Assert.True(certificate.Damages.Count(damage => damage.Outcome is MutantOutcome.Rejected or MutantOutcome.Refused) >= 12);
        Assert.True(certificate.Improvements.Count(improvement => improvement.Outcome == MutantOutcome.Passed) >= 6);
        var kept = Documents.Read<Certificate>(project.RunFile(project.Runs().Last(run => run.Id == certificate.RunId), "certificate.json"));
        Assert.Equivalent(certificate, kept, strict: true);
        await project.RunAsync("gate", "explain");
        Assert.Contains("Thresholds were chosen by f1 on", project.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_no_rule_sees_is_named()
    {
        await JudgedAsync("    - { metric: auc, no-worse-by: 0.05 }\n");

        var exit = await project.RunAsync("gate", "selftest", "--repetitions", "20");

        Assert.Equal(1, exit);
        Assert.Contains("late-visits: not certified", project.Output, StringComparison.Ordinal);
        Assert.Contains("No rule of this policy sees probabilities that are squared, or more.", project.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Predictions_that_are_not_those_that_were_judged_are_refused()
    {
        var run = await JudgedAsync(Strict);
        File.AppendAllText(project.RunFile(run, "predictions/challenger-0.parquet"), "x");

        var exit = await project.RunAsync("gate", "selftest");

        Assert.Equal(3, exit);
        Assert.Contains("error MLO2340", project.Error, StringComparison.Ordinal);
        Assert.Contains("'challenger-0.parquet' is not what was judged", project.Error, StringComparison.Ordinal);
    }

    private async Task<RunRecord> JudgedAsync(string rules)
    {
        project.Settings(PipelineProject.Good, rules);
        project.Commit();
        project.Settings("{ scoreMode: column, leaves: 5 }", rules);
        await project.PipelineAsync();
        return project.Runs().Single(run => run.Kind == RunKind.Pipeline);
    }
}
