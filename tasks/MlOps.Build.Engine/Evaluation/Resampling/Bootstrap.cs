namespace MlOps.Build.Engine.Evaluating;

/// <summary>The values of one metric for both sides, each the mean over the replicates: over all rows, for each
/// resample, and with each block of rows left out.</summary>
/// <param name="Challenger">The challenger's values by resample.</param>
/// <param name="Baseline">The baseline's; zeros when there is none.</param>
/// <param name="ChallengerJackknife">The challenger's values by block; empty where no jackknife was asked for.</param>
/// <param name="BaselineJackknife">The baseline's.</param>
/// <param name="Undefined">Resamples that did not define the metric and were drawn again.</param>
public sealed record ResampledMetric(
    double[] Challenger, double[] Baseline, double[] ChallengerJackknife, double[] BaselineJackknife, int Undefined);

/// <summary>The paired bootstrap: both sides and all replicates see the same rows in every resample.</summary>
public static class Bootstrap
{
    /// <summary>Up to this many rows the intervals are corrected for bias and skew, which needs a jackknife.</summary>
    public const int JackknifeUpTo = 20_000;

    private const int Blocks = 200;
    private const int DrawsPerResample = 20;

    /// <summary>
    /// Resamples the rows once for several metrics. Each resample has its own stream of random numbers, so the
    /// result does not depend on threads; a resample that does not define a metric is drawn again from its stream.
    /// </summary>
    public static ResampledMetric[] Run(
        EvaluatedRows rows, IReadOnlyList<MetricDefinition> metrics, int resamples, long seed)
    {
        var sampler = Resampler.For(rows);
        var columns = metrics.Select(metric => BothSides.Of(rows, metric)).ToArray();
        var blocks = rows.Count <= JackknifeUpTo ? Math.Min(Blocks, sampler.Units) : 0;
        var results = metrics.Select(_ => new ResampledMetric(
            new double[resamples], new double[resamples], new double[blocks], new double[blocks], 0)).ToArray();
        var undefined = new int[metrics.Count];
        Parallel.For(
            0,
            resamples,
            () => new Scratch(rows.Count, sampler.Units, columns.Length),
            (index, _, scratch) =>
            {
                var random = Xoshiro256.Stream(seed, index);
                var open = columns.Length;
                Array.Clear(scratch.Done);
                for (var draw = 0; draw < DrawsPerResample && open > 0; draw++)
                {
                    sampler.Draw(random, scratch.Counts, scratch.Units);
                    for (var m = 0; m < columns.Length; m++)
                    {
                        if (scratch.Done[m])
                        {
                            continue;
                        }

                        var (challenger, baseline) = columns[m].Values(scratch.Counts);
                        results[m].Challenger[index] = challenger;
                        results[m].Baseline[index] = baseline;
                        if (double.IsNaN(challenger) || double.IsNaN(baseline))
                        {
                            Interlocked.Increment(ref undefined[m]);
                        }
                        else
                        {
                            scratch.Done[m] = true;
                            open--;
                        }
                    }
                }

                return scratch;
            },
            _ => { });
        Jackknife(sampler, columns, results, blocks, rows.Count);
        return [.. results.Select((result, m) => result with { Undefined = undefined[m] })];
    }

    private static void Jackknife(
        Resampler sampler, BothSides[] columns, ResampledMetric[] results, int blocks, int rows)
        => Parallel.For(
            0,
            blocks,
            () => new Scratch(rows, sampler.Units, columns.Length),
            (block, _, scratch) =>
            {
                sampler.LeaveOut(block, blocks, scratch.Counts, scratch.Units);
                for (var m = 0; m < columns.Length; m++)
                {
                    (results[m].ChallengerJackknife[block], results[m].BaselineJackknife[block])
                        = columns[m].Values(scratch.Counts);
                }

                return scratch;
            },
            _ => { });

    private sealed class Scratch(int rows, int units, int metrics)
    {
        public int[] Counts { get; } = new int[rows];

        public int[] Units { get; } = new int[units];

        public bool[] Done { get; } = new bool[metrics];
    }

    private sealed record BothSides(IMetricColumn[] Challenger, IMetricColumn[] Baseline, bool Magnitude)
    {
        public static BothSides Of(EvaluatedRows rows, MetricDefinition metric)
            => new(
                [.. rows.Challenger.Select((_, r) => rows.Column(metric, baseline: false, r))],
                [.. rows.Baseline.Select((_, r) => rows.Column(metric, baseline: true, r))],
                metric.Direction == MetricDirection.ZeroIsBest);

        public (double Challenger, double Baseline) Values(ReadOnlySpan<int> counts)
            => (Mean(Challenger, counts), Mean(Baseline, counts));

        private double Mean(IMetricColumn[] columns, ReadOnlySpan<int> counts)
        {
            var sum = 0.0;
            foreach (var column in columns)
            {
                var value = column.Value(counts);
                sum += Magnitude ? Math.Abs(value) : value;
            }

            return columns.Length == 0 ? 0 : sum / columns.Length;
        }
    }
}
