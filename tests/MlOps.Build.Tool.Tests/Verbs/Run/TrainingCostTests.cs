using MlOps.Build.Contracts;

namespace MlOps.Build.Tool.Tests.Verbs.Run;

/// <summary>What trainings cost, in a whole pull request. The system counts processor time for all children together, so nothing runs beside it.</summary>
[CollectionDefinition(nameof(TrainingCostTests), DisableParallelization = true)]
[Collection(nameof(TrainingCostTests))]
public sealed class TrainingCostTests : IDisposable
{
    private const string Rules = PipelineProject.Rules
        + "    - { footprint: training-cpu, at-most: 1h, no-worse-by: 5000% }\n"
        + "    - { footprint: training-memory, at-most: 100GB }\n"
        + "    - { footprint: energy, at-most: 1kWh }\n"
        + "    - { footprint: score-time, at-most: 1h, no-worse-by: 5000% }\n"
        + "    - { footprint: score-memory, at-most: 100GB }\n"
        + "    - { footprint: cold-start, at-most: 1h }\n"
        + "    - { footprint: score-p95, at-most: 1ms, no-worse-by: 0.0001 }\n"
        + "    - { footprint: load-time, no-worse-by: 50% }\n"
        + "    - { footprint: allocations, at-most: 1kB, no-worse-by: 10% }\n";

    private const string Settings = "  watts: 20\n  score-rounds: 2\n";

    private readonly PipelineProject project = new();

    public void Dispose() => project.Dispose();

    [Fact]
    public async Task Both_sides_are_measured_as_often_as_they_are_trained()
    {
        project.Settings(PipelineProject.Bad, Rules, seeds: 2, more: Settings);
        project.Commit();
        project.Settings(PipelineProject.Good, Rules, seeds: 2, more: Settings);

        var (exit, result) = await project.PipelineAsync();

        Assert.Equal((0, VerdictKind.Pass), (exit, result.Verdict.Kind));
        var costs = result.Verdict.Findings.Where(finding => finding.Measurement.Unit is not null).ToList();
        Assert.Equal(
            [("training-cpu", FindingResult.Pass), ("training-cpu", FindingResult.Pass), ("training-memory", FindingResult.Pass), ("energy", FindingResult.Pass),
                ("score-time", FindingResult.Pass), ("score-time", FindingResult.Pass), ("score-memory", FindingResult.Pass), ("cold-start", FindingResult.Pass),
                ("score-p95", FindingResult.Pass), ("score-p95", FindingResult.Pass), ("load-time", FindingResult.Pass), ("allocations", FindingResult.Pass), ("allocations", FindingResult.Pass)],
            costs.Select(finding => (finding.Measurement.Metric, finding.Result)));
        Assert.All(costs, finding => Assert.Equal((MeasurementStatus.Measured, 2), (finding.Measurement.Status, finding.Measurement.Rows)));
        Assert.InRange(costs[0].Measurement.Challenger!.Value, 0.01, 300);
        Assert.InRange(costs[2].Measurement.Challenger!.Value, 10e6, 4e9);
        Assert.Equal(costs[0].Measurement.Challenger!.Value * 20 / 3600, costs[3].Measurement.Challenger!.Value, 12);
        Assert.InRange(costs[4].Measurement.Challenger!.Value, 0.01, 300);
        Assert.InRange(costs[7].Measurement.Challenger!.Value, 0.01, 300);
        Assert.EndsWith("2 timed scorings: pass.", costs[7].Sentence, StringComparison.Ordinal);
        Assert.StartsWith("Time within which 95 % of rows are answered must be at most 1.0 ms: ", costs[8].Sentence, StringComparison.Ordinal);
        Assert.Contains(": 320 B against 320 B", costs[12].Sentence, StringComparison.Ordinal);
        Assert.Equal(3 * 3 * 2, project.Error.Split("timed ").Length - 1);
        Assert.Contains("at 20 W a busy core (stated)", costs[3].Sentence, StringComparison.Ordinal);

        var evaluation = Documents.Read<Evaluation>(project.RunFile(result.Run, "evaluation.json"));
        Assert.Equal(["training-cpu", "training-memory", "cold-start", "score-p95", "load-time", "allocations", "score-time", "score-memory"], evaluation.Footprint!.Select(sample => sample.Name));
        Assert.All(evaluation.Footprint!, sample => Assert.Equal((2, 2), (sample.Challenger!.Length, sample.Baseline!.Length)));
    }

    [Theory]
    [InlineData("column", "column+timed-slow", FindingResult.Fail, "harm p < 0.001 after Holm, 3 timed scorings: fail.")]
    [InlineData("column", "column+untimed", FindingResult.Fail, "the scorer does not time itself")]
    [InlineData("column", "column+timed-impossible", FindingResult.Fail, "the scorer says it took")]
    [InlineData("column+untimed", "column", FindingResult.NotJudged, "does not time itself (one of MlOps.Build.Training does; docs/trainer-protocol.md): that of the baseline")]
    public async Task Rows_that_take_three_times_as_long_fail_and_so_does_a_change_that_keeps_silent(string before, string after, FindingResult expected, string sentence)
    {
        const string rules = PipelineProject.Rules + "    - { footprint: score-p95, no-worse-by: 50% }\n";
        project.Settings($"{{ scoreMode: {before} }}", rules, more: "  score-rounds: 3\n");
        project.Commit();
        project.Settings($"{{ scoreMode: {after} }}", rules, more: "  score-rounds: 3\n");

        var (_, result) = await project.PipelineAsync();

        var finding = result.Verdict.Findings.Single(finding => finding.Measurement.Metric == "score-p95");
        Assert.True(expected == finding.Result, finding.Sentence);
        Assert.Contains(sentence, finding.Sentence, StringComparison.Ordinal);
        Assert.Equal(expected == FindingResult.Fail, result.Verdict.Kind == VerdictKind.Fail);
    }
}
