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

    /// <summary>
    /// From here on blocks of rows are left out instead: with this many rows both methods say the same, and resampling a million rows
    /// takes minutes.
    /// </summary>
    public const int ResampleUpTo = 50_000;

    private const int Blocks = 200;

    /// <summary>With this many blocks a standard error is known to 7 %, which the t distribution allows for.</summary>
    private const int BlocksOfMany = 100;
    private const int DrawsPerResample = 20;

    /// <summary>
    /// Resamples the rows once for several metrics. Each resample has its own stream of random numbers, so the
    /// result does not depend on threads; a resample that does not define a metric is drawn again from its stream.
    /// </summary>
    public static ResampledMetric[] Run(
        EvaluatedRows rows, IReadOnlyList<MetricDefinition> metrics, int resamples, long seed, int resampleUpTo = ResampleUpTo)
    {
        var sampler = Resampler.For(rows);
        var shared = new SharedPreparations();
        var columns = metrics.Select(metric => BothSides.Of(rows, metric, shared)).ToArray();
        var isLarge = rows.Count > resampleUpTo && sampler.Units > BlocksOfMany;
        bool IsLeftOut(MetricDefinition metric) => isLarge || rows.Count <= JackknifeUpTo || metric.IsSkewed;
        var blocks = isLarge ? BlocksOfMany : metrics.Any(IsLeftOut) ? Math.Min(Blocks, sampler.Units) : 0;
        resamples = isLarge ? 0 : resamples;
        var results = metrics.Select(metric =>
        {
            var left = IsLeftOut(metric) ? blocks : 0;
            return new ResampledMetric(new double[resamples], new double[resamples], new double[left], new double[left], 0);
        }).ToArray();
        var undefined = new int[metrics.Count];
        Parallel.For(
            0,
            resamples,
            () => new Scratch(rows.Count, sampler.Units, columns.Length, shared),
            (index, _, scratch) =>
            {
                var random = Xoshiro256.Stream(seed, index);
                var open = columns.Length;
                Array.Clear(scratch.Done);
                for (var draw = 0; draw < DrawsPerResample && open > 0; draw++)
                {
                    sampler.Draw(random, scratch.Counts, scratch.Units);
                    scratch.Prepare();
                    for (var m = 0; m < columns.Length; m++)
                    {
                        if (scratch.Done[m])
                        {
                            continue;
                        }

                        var (challenger, baseline) = columns[m].Values(scratch);
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
        if (isLarge)
        {
            LeaveOut(sampler.Blocks(blocks), columns, results);
        }
        else
        {
            Jackknife(sampler, columns, results, blocks, rows.Count, shared);
        }

        return [.. results.Select((result, m) => result with { Undefined = undefined[m] })];
    }

    /// <summary>All blocks in one walk over the rows for each metric and training; each walk is on its own, whatever the threads.</summary>
    private static void LeaveOut(RowBlocks blocks, BothSides[] columns, ResampledMetric[] results)
        => Parallel.ForEach(
            columns.SelectMany((sides, metric) => new[]
            {
                (Bound: sides.Challenger, sides.Magnitude, Values: results[metric].ChallengerJackknife),
                (Bound: sides.Baseline, sides.Magnitude, Values: results[metric].BaselineJackknife),
            }),
            side =>
            {
                foreach (var bound in side.Bound)
                {
                    var values = bound.Column.WithoutEach(blocks);
                    for (var block = 0; block < values.Length; block++)
                    {
                        side.Values[block] += side.Magnitude ? Math.Abs(values[block]) : values[block];
                    }
                }

                for (var block = 0; block < side.Values.Length && side.Bound.Length > 0; block++)
                {
                    side.Values[block] /= side.Bound.Length;
                }
            });

    private static void Jackknife(
        Resampler sampler, BothSides[] columns, ResampledMetric[] results, int blocks, int rows, SharedPreparations shared)
        => Parallel.For(
            0,
            blocks,
            () => new Scratch(rows, sampler.Units, columns.Length, shared),
            (block, _, scratch) =>
            {
                sampler.LeaveOut(block, blocks, scratch.Counts, scratch.Units);
                scratch.Prepare();
                for (var m = 0; m < columns.Length; m++)
                {
                    if (results[m].ChallengerJackknife.Length == 0)
                    {
                        continue;
                    }

                    (results[m].ChallengerJackknife[block], results[m].BaselineJackknife[block])
                        = columns[m].Values(scratch);
                }

                return scratch;
            },
            _ => { });

    /// <summary>The preparations that the columns of all metrics start from, each once.</summary>
    private sealed class SharedPreparations
    {
        private readonly List<IPreparation> all = [];

        public IReadOnlyList<IPreparation> All => all;

        public Bound Bind(IMetricColumn column)
        {
            if (column is not PreparedColumn prepared)
            {
                return new(column, null, 0);
            }

            var place = all.IndexOf(prepared.Preparation);
            if (place < 0)
            {
                place = all.Count;
                all.Add(prepared.Preparation);
            }

            return new(column, prepared, place);
        }
    }

    private sealed record Bound(IMetricColumn Column, PreparedColumn? Prepared, int Place);

    private sealed class Scratch(int rows, int units, int metrics, SharedPreparations shared)
    {
        private readonly int[][] prepared = [.. shared.All.Select(preparation => new int[preparation.Length])];

        public int[] Counts { get; } = new int[rows];

        public int[] Units { get; } = new int[units];

        public bool[] Done { get; } = new bool[metrics];

        public void Prepare()
        {
            for (var i = 0; i < prepared.Length; i++)
            {
                shared.All[i].Prepare(Counts, prepared[i]);
            }
        }

        public double Value(Bound bound)
            => bound.Prepared is { } column ? column.Of(prepared[bound.Place]) : bound.Column.Value(Counts);
    }

    private sealed record BothSides(Bound[] Challenger, Bound[] Baseline, bool Magnitude)
    {
        public static BothSides Of(EvaluatedRows rows, MetricDefinition metric, SharedPreparations shared)
            => new(
                [.. rows.Challenger.Select((_, r) => shared.Bind(rows.Column(metric, baseline: false, r)))],
                [.. rows.Baseline.Select((_, r) => shared.Bind(rows.Column(metric, baseline: true, r)))],
                metric.Direction == MetricDirection.ZeroIsBest);

        public (double Challenger, double Baseline) Values(Scratch scratch) => (Mean(Challenger, scratch), Mean(Baseline, scratch));

        private double Mean(Bound[] columns, Scratch scratch)
        {
            var sum = 0.0;
            foreach (var column in columns)
            {
                var value = scratch.Value(column);
                sum += Magnitude ? Math.Abs(value) : value;
            }

            return columns.Length == 0 ? 0 : sum / columns.Length;
        }
    }
}
