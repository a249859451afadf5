using MlOps.Build.Contracts;

namespace MlOps.Build.Tool.Tests.Verbs.Run;

/// <summary>A policy file and a rule about findings, in whole pipelines.</summary>
public sealed class ExtendedPolicyTests : IDisposable
{
    private readonly PipelineProject project = new();

    public void Dispose() => project.Dispose();

    [Fact]
    public async Task An_author_who_edits_the_policy_file_is_judged_by_what_it_said_before()
    {
        project.Write("policies/law.yml", "resamples: 200\nthreshold: { choose: cost, false-positive: 1, false-negative: 3 }\nrules:\n  - { data: leakage }\n  - { footprint: model-size, at-most: 10MB, no-worse-by: 50% }\n  - { footprint: training-time, at-most: 1h }\n");
        project.Settings(PipelineProject.Bad, more: "  extends: policies/law.yml\n");
        project.Commit();
        project.Write("policies/law.yml", "resamples: 200\nrules: []\n");
        project.Settings(PipelineProject.Good, more: "  extends: policies/law.yml\n");
        var rows = project.Read("data/visits.csv").TrimEnd().Split('\n');
        var label = Array.IndexOf(rows[0].TrimEnd('\r').Split(','), "late");
        project.Write("data/visits.csv", string.Join('\n', rows.Select((row, place) => $"{row.TrimEnd('\r')},{(place == 0 ? "paid" : row.TrimEnd('\r').Split(',')[label])}")) + "\n");

        var (exit, result) = await project.PipelineAsync();

        Assert.Equal((1, VerdictKind.Fail), (exit, result.Verdict.Kind));
        Assert.DoesNotContain("timed", project.Error, StringComparison.Ordinal);
        Assert.Contains("paid: alone it predicts the label", result.Verdict.Sentence, StringComparison.Ordinal);
        Assert.Equal("policies/law.yml", result.Verdict.Findings[0].Measurement.From);
        Assert.Equal("policies/law.yml", Assert.Single(result.Verdict.Subject.Policies!).Path);
        Assert.Contains("'gate' differs: the merge base's is used.", result.Verdict.PolicyChange!.Differences);
        Assert.Equal(
            [("model-size", MeasurementStatus.Measured), ("model-size", MeasurementStatus.Measured), ("training-time", MeasurementStatus.TooFewRows)],
            result.Verdict.Findings.Where(finding => finding.Measurement.Unit is not null).Select(finding => (finding.Measurement.Metric, finding.Measurement.Status)));
        Assert.True(result.Verdict.Findings.First(finding => finding.Measurement.Unit == "B").Measurement.Challenger > 0);
        var choice = result.Verdict.ThresholdChoice!;
        Assert.Equal(("cost 1:3", result.Run.Split!.Validation.Rows, choice.Challenger.Length), (choice.Rule, choice.Rows, choice.Baseline.Length));
        await project.RunAsync("gate", "selftest", "--repetitions", "20");
        Assert.DoesNotContain("MLO2311", project.Error, StringComparison.Ordinal);
    }
}
