using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Evaluating;

namespace MlOps.Build.SharedData.Tests.Evaluating;

/// <summary>An evaluation of two real models.</summary>
internal static class Inputs
{
    public static EvaluationInput Of(Scored rows, GateConfiguration policy, ModelTask task = ModelTask.BinaryClassification)
        => new()
        {
            Model = "golden",
            Mode = RunMode.Full,
            Task = task,
            Policy = policy,
            Holdout = new()
            {
                Labels = rows.Labels,
                Classes = task == ModelTask.Regression ? [] : ["0", "1"],
                Slices = [SliceColumn.From("origin", sensitive: false, rows.Third)],
                Digest = "sha256:none",
            },
            Challenger = new("challenger", [Replicate("c", rows.Challenger)]),
            Baseline = new("champion", [Replicate("b", rows.Champion)]),
        };

    /// <summary>A two-sided interval of 95 % has one-sided bounds of 97.5 %.</summary>
    public static MetricResult TwoSided(Scored rows, string metric, double threshold = 0.5, ModelTask task = ModelTask.BinaryClassification)
        => Evaluator.Evaluate(Of(
                rows,
                new() { Confidence = 0.975, Threshold = threshold, Rules = [new() { Metric = metric, NoWorseBy = new(1, false) }] },
                task))
            .Metrics.Single(result => result.Name == metric);

    private static ReplicateInput Replicate(string run, double[] scores)
        => new(new() { RunId = run, Seed = 0, ModelDigest = null, PredictionsDigest = run }, new([scores]));
}
