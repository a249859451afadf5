using System.Globalization;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Data;
using MlOps.Build.Engine.Evaluating;
using MlOps.Build.Engine.Training;

namespace MlOps.Build.Engine.Pipeline;

/// <summary>
/// What scoring costs: both sides score anew, in turns, because what is kept was timed on another day. Only where a policy asks.
/// </summary>
internal sealed class ScoringCosts(SideWork work, CancellationToken cancellationToken)
{
    private const int DefaultRounds = 5;

    /// <summary>Enough for ten rows to lie above the 99th percentile.</summary>
    private const int TimedRows = 1000;

    public static bool AreAskedFor(Comparison comparison) => Asked(comparison).Any();

    public async Task<IReadOnlyList<FootprintSample>> MeasureAsync(Comparison comparison, PreparedHoldout rows, PreparedHoldout? baselineRows)
    {
        var asked = Asked(comparison).ToHashSet(StringComparer.Ordinal);
        var rounds = comparison.Binding.Gate.ScoreRounds ?? comparison.Head.Gate.ScoreRounds ?? DefaultRounds;
        TimedSide[] sides = comparison.Baseline is { } baseline
            ? [new("challenger", comparison.Challenger, rows), new("baseline", baseline, baselineRows!)]
            : [new("challenger", comparison.Challenger, rows)];
        var samples = new List<FootprintSample>();
        if (asked.Remove(FootprintCatalogue.ColdStart))
        {
            samples.Add(Sample(FootprintCatalogue.ColdStart, await RoundsAsync([.. sides.Select(side => First(side, 1))], rounds), run => run.Seconds));
        }

        if (asked.Any(FootprintCatalogue.IsOfRows))
        {
            samples.AddRange(OfRows(asked, await RoundsAsync([.. sides.Select(side => First(side, TimedRows))], rounds, TimedRows)));
            asked.RemoveWhere(FootprintCatalogue.IsOfRows);
        }

        if (asked.Count > 0)
        {
            var runs = await RoundsAsync(sides, rounds);
            samples.Add(Sample(FootprintCatalogue.ScoreTime, runs, run => run.Seconds));
            var unseen = runs.Any(side => side.Any(run => run.PeakMemoryBytes is not > 0));
            var memory = Sample(FootprintCatalogue.ScoreMemory, runs, run => run.PeakMemoryBytes > 0 ? run.PeakMemoryBytes : null);
            samples.Add(memory with { Note = unseen ? "a scoring ended before its memory was looked at" : null });
        }

        return samples;
    }

    private static IEnumerable<string> Asked(Comparison comparison)
        => comparison.Binding.Gate.Rules.Concat(comparison.Head.Gate.Rules).Select(rule => rule.Footprint).OfType<string>().Where(FootprintCatalogue.IsOfScoring);

    /// <summary>The first round warms the disk's cache and is not counted; then the sides take turns at going first.</summary>
    private async Task<List<ScoredRun>[]> RoundsAsync(TimedSide[] sides, int rounds, int? timedRows = null)
    {
        var runs = sides.Select(_ => new List<ScoredRun>()).ToArray();
        for (var round = 0; round <= rounds; round++)
        {
            var order = Enumerable.Range(0, sides.Length);
            foreach (var place in round % 2 == 0 ? order : order.Reverse())
            {
                var (name, side, rows) = sides[place];
                var model = side.Models[round % side.Models.Count];
                var title = string.Create(CultureInfo.InvariantCulture, $"{name}, timed {round}/{rounds}");
                var run = await work.TimeAsync(new(title, model.Folder, model.Digest, side.Scorer, round), side.Configuration, rows, side.Split.Roles, timedRows, cancellationToken);
                if (round > 0)
                {
                    runs[place].Add(run);
                }
            }
        }

        return runs;
    }

    /// <summary>What the scorers say of single rows; a quantile is the time of a row that was answered (nearest rank).</summary>
    private static IEnumerable<FootprintSample> OfRows(HashSet<string> asked, List<ScoredRun>[] runs)
    {
        var why = runs.Select((side, place) => side.Find(run => run.WhyNoTimings is not null) is { } run ? Whose(run.WhyNoTimings!, place) : null).FirstOrDefault(text => text is not null);
        foreach (var (name, share) in FootprintCatalogue.RowShares.Where(row => asked.Contains(row.Key)))
        {
            yield return Sample(name, runs, run => run.Timings is { } timings ? Quantile(timings.RowSeconds, share) : null) with { Note = why };
        }

        if (asked.Contains(FootprintCatalogue.LoadTime))
        {
            yield return Sample(FootprintCatalogue.LoadTime, runs, run => run.Timings?.LoadSeconds) with { Note = why };
        }

        if (asked.Contains(FootprintCatalogue.Allocations))
        {
            var uncounted = Array.FindIndex(runs, side => side.Exists(run => run.Timings is { AllocatedBytes: null }));
            yield return Sample(FootprintCatalogue.Allocations, runs, run => (double?)run.Timings?.AllocatedBytes / run.Timings?.RowSeconds.Length) with
            {
                Note = why ?? (uncounted >= 0 ? Whose("the scorer does not count what it allocates", uncounted) : null),
            };
        }
    }

    private static string Whose(string why, int place) => place == 0 ? why : $"{why}: that of the baseline";

    private static double Quantile(double[] seconds, double share)
        => seconds.Order().ElementAt(Math.Max(0, (int)Math.Ceiling(seconds.Length * share) - 1));

    private static TimedSide First(TimedSide side, int rows)
    {
        var path = side.Rows.Data + string.Create(CultureInfo.InvariantCulture, $".first-{rows}-{side.Name}.parquet");
        using var session = new TableSession();
        session.Run($"COPY (SELECT * FROM {TableFile.ScanOf(side.Rows.Data)} LIMIT {rows}) TO {Sql.File(path)} (FORMAT parquet)");
        return side with { Rows = side.Rows with { Data = path } };
    }

    private static FootprintSample Sample(string name, List<ScoredRun>[] runs, Func<ScoredRun, double?> value)
        => new(name, Values(runs[0], value), runs.Length > 1 ? Values(runs[1], value) : null);

    private static double[]? Values(List<ScoredRun> runs, Func<ScoredRun, double?> value)
        => runs.TrueForAll(run => value(run) is not null) ? [.. runs.Select(run => value(run)!.Value)] : null;

    private sealed record TimedSide(string Name, ComparedSide Side, PreparedHoldout Rows);
}
