using MlOps.Build.Contracts;
using MlOps.Build.Engine.Evaluating;

namespace MlOps.Build.Engine.Gating;

/// <summary>How often the gate rejects models that are as good as what they are compared with.</summary>
internal static class NullTest
{
    /// <summary>More rows than this are sampled: the rate is a question of the rules, not of the size.</summary>
    public const int MostRows = 5_000;

    private const double Level = 0.975;

    public static NullResult Of(EvaluationInput sides, Judges judges, int repetitions, double nominal, long seed, CancellationToken cancellationToken)
    {
        var sample = Sample(sides, Xoshiro256.Stream(seed, -2));
        var verdicts = new Verdict[repetitions];
        Parallel.For(0, repetitions, new ParallelOptions { CancellationToken = cancellationToken }, index =>
            verdicts[index] = judges.Of(Twins.Throw(sample, Xoshiro256.Stream(seed, index))));
        var rejections = verdicts.Count(verdict => verdict.Kind == VerdictKind.Fail);
        var rate = rejections / (double)repetitions;
        var bounds = Wilson.Of(rate, repetitions, Normal.Quantile(Level));
        return new()
        {
            Repetitions = repetitions,
            Rejections = rejections,
            Undecided = verdicts.Count(verdict => verdict.Kind == VerdictKind.Inconclusive),
            Rows = sample.Holdout.Labels.Length,
            Rate = rate,
            Lower = bounds.Lower,
            Upper = bounds.Upper,
            Nominal = nominal,
            Holds = bounds.Lower <= nominal,
            By = [.. verdicts.SelectMany(verdict => Judges.Rules(verdict, FindingResult.Fail))
                .GroupBy(rule => rule, StringComparer.Ordinal).OrderByDescending(rule => rule.Count()).ThenBy(rule => rule.Key, StringComparer.Ordinal).Select(rule => rule.Key)],
        };
    }

    /// <summary>Whole groups where rows come in groups.</summary>
    private static EvaluationInput Sample(EvaluationInput sides, Xoshiro256 random)
    {
        var count = sides.Holdout.Labels.Length;
        if (count <= MostRows)
        {
            return sides;
        }

        var groups = sides.Holdout.Groups ?? [.. Enumerable.Range(0, count)];
        var chosen = random.Shuffled(Enumerable.Range(0, groups.Max() + 1)).Take(Math.Max(2, (int)((groups.Max() + 1L) * MostRows / count))).ToHashSet();
        int[] rows = [.. Enumerable.Range(0, count).Where(row => chosen.Contains(groups[row]))];
        return sides with
        {
            Holdout = sides.Holdout with
            {
                Labels = Columns.Select(sides.Holdout.Labels, rows),
                Groups = sides.Holdout.Groups is null ? null : Renumbered(Columns.Select(groups, rows)),
                Slices = [.. sides.Holdout.Slices.Select(column => column with { Codes = Columns.Select(column.Codes, rows) })],
            },
            Challenger = Select(sides.Challenger, rows),
            Baseline = Select(sides.Baseline!, rows),
        };
    }

    private static SideInput Select(SideInput side, int[] rows)
        => side with { Replicates = [.. side.Replicates.Select(replicate => replicate with { Predictions = replicate.Predictions.Select(rows) })] };

    private static int[] Renumbered(int[] groups)
    {
        var numbers = groups.Distinct().Select((group, number) => (group, number)).ToDictionary(pair => pair.group, pair => pair.number);
        return [.. groups.Select(group => numbers[group])];
    }
}
