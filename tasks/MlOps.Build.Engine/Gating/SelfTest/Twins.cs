using MlOps.Build.Contracts;
using MlOps.Build.Engine.Evaluating;

namespace MlOps.Build.Engine.Gating;

/// <summary>
/// Two models that are equally good by construction and differ as much as the two of the run: for each row, or group of rows, a
/// coin decides which of them says what on which side.
/// </summary>
internal static class Twins
{
    /// <summary>How much a copy of the only model differs from it, in logits, or as a share of the spread of its predictions.</summary>
    private const double Jitter = 0.25;

    /// <summary>The models of a run as two sides that no coin has mixed yet.</summary>
    public static EvaluationInput Sides(EvaluationInput run, long seed)
    {
        var challenger = run.Challenger.Replicates.Select(replicate => replicate.Predictions).ToArray();
        var random = Xoshiro256.Stream(seed, -1);
        var baseline = run.Baseline is { } side && !run.NoChange
            ? [.. side.Replicates.Select(replicate => replicate.Predictions)]
            : challenger.Select(predictions => Copy(new(run, predictions), random)).ToArray();
        return run with
        {
            NoChange = false,
            Contamination = new() { Result = ContaminationResult.Clean, Rows = 0, HoldoutRows = run.Holdout.Labels.Length, Exact = true, Sentence = "Twins have seen the same rows." },
            Footprint = run.Footprint is { } costs ? [.. costs.Select(cost => cost with { Challenger = cost.Baseline ?? cost.Challenger })] : null,
            Challenger = new("changed", [.. challenger.Select((predictions, replicate) => Of("changed", replicate, predictions))]),
            Baseline = new("twin", [.. baseline.Select((predictions, replicate) => Of("twin", replicate, predictions))]),
        };
    }

    /// <summary>The twins of one throw of the coins.</summary>
    public static EvaluationInput Throw(EvaluationInput sides, Xoshiro256 random)
    {
        var units = sides.Holdout.Groups is { } groups ? groups.Max() + 1 : sides.Holdout.Labels.Length;
        var baselines = sides.Baseline!.Replicates;
        var challengers = new List<ReplicateInput>();
        var twins = new List<ReplicateInput>();
        for (var r = 0; r < baselines.Count; r++)
        {
            bool[] coins = [.. Enumerable.Range(0, units).Select(_ => random.NextDouble() < 0.5)];
            bool IsSwapped(int row) => coins[sides.Holdout.Groups?[row] ?? row];
            var (one, other) = (sides.Challenger.Replicates[r], baselines[r]);
            challengers.Add(one with { Predictions = Mixed(one.Predictions, other.Predictions, IsSwapped) });
            twins.Add(other with { Predictions = Mixed(other.Predictions, one.Predictions, IsSwapped) });
        }

        return sides with { Challenger = sides.Challenger with { Replicates = challengers }, Baseline = sides.Baseline with { Replicates = twins } };
    }

    private static Predictions Mixed(Predictions one, Predictions other, Func<int, bool> isSwapped)
        => new(
            [.. one.Scores.Zip(other.Scores, (left, right) => Mixed(left, right, isSwapped))],
            one.Classes is null || other.Classes is null ? one.Classes : Mixed(one.Classes, other.Classes, isSwapped));

    private static T[] Mixed<T>(T[] one, T[] other, Func<int, bool> isSwapped)
        => [.. one.Select((value, row) => isSwapped(row) ? other[row] : value)];

    private static Predictions Copy(Scores scores, Xoshiro256 random)
    {
        var spread = scores.IsRegression ? Jitter * Math.Sqrt(MeanVariance.Of(scores.Predictions.Scores[0])) : 0;
        return scores.Rewrite(
            (_, weights) =>
            {
                for (var k = 0; k < weights.Length; k++)
                {
                    weights[k] += Jitter * random.Normal();
                }
            },
            (_, value) => value + (spread * random.Normal()),
            (_, named) => random.NextDouble() < Jitter / 5 ? random.Next(scores.Classes) : named)!;
    }

    private static ReplicateInput Of(string side, int replicate, Predictions predictions)
    {
        var identity = $"selftest-{side}-{EvaluationProblems.Number(replicate)}";
        return new(
            new() { RunId = identity, Seed = replicate, ModelDigest = Digest.Of(identity), PredictionsDigest = Digest.Of(identity) },
            predictions);
    }
}
