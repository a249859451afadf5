using MlOps.Build.Contracts;
using MlOps.Build.Engine.Evaluating;

namespace MlOps.Build.Engine.Gating;

/// <summary>Known ways to make a model worse.</summary>
internal static class Damages
{
    private const double Mislabelled = 0.2;

    public static readonly Mutant[] All =
    [
        new("labels-permuted", "labels in random order", (input, random) => input with { Holdout = input.Holdout with { Labels = random.Shuffled(input.Holdout.Labels) } }),
        Mutant.OfScores("scores-inverted", "scores that say the opposite", (scores, _) => Invert(scores)),
        Mutant.OfScores("scores-constant", "a model that says the same of every row", (scores, _) => Constant(scores)),
        Mutant.OfScores("scores-shuffled", "scores of other rows", (scores, random) => scores.Take(random.Permutation([.. Enumerable.Range(0, scores.Rows)]))),
        Mutant.OfScores("row-order-reversed", "scores in another order of rows", (scores, _) => scores.Take(row => scores.Rows - 1 - row)),
        Mutant.OfScores("slice-shuffled", "one slice with scores of other rows", (scores, random) => SliceChoice.Middle(scores, sensitiveFirst: false) is { } rows ? scores.Take(random.Permutation(rows)) : null),
        Mutant.OfScores("group-lost", "a group whose positives are not found", (scores, _) => LoseGroup(scores)),
        Mutant.OfScores("probabilities-squared", "probabilities that are squared, or more", (scores, _) => Power(scores, squared: true)),
        Mutant.OfScores("probabilities-too-sure", "probabilities that are far too sure", (scores, _) => Power(scores, squared: false)),
        Mutant.OfScores("threshold-shifted", "scores moved across the threshold", (scores, _) => Shift(scores)),
        Mutant.OfScores("class-mislabelled", "20 % of one class with scores of others", (scores, random) => Mislabel(scores, random)),
        Mutant.OfScores("scores-noisy", "scores drowned in noise", (scores, random) => scores.Rewrite(
            (_, row) => Each(row, weight => weight + (2 * random.Normal())),
            (_, value) => value + (scores.LabelSpread * random.Normal()),
            (_, name) => random.NextDouble() < 0.5 ? random.Next(scores.Classes) : name)),
        Mutant.OfScores("score-missing", "a score that is no number", (scores, _) => Spoil(scores, double.NaN)),
        Mutant.OfScores("score-overflowed", "a score beyond all bounds", (scores, _) => Spoil(scores, double.PositiveInfinity)),
        new("same-model", "a challenger that is the baseline", (input, _) => input with { Challenger = input.Baseline! with { Name = input.Challenger.Name } }),
    ];

    private static Predictions? Invert(Scores scores)
    {
        var mean = scores.IsRegression ? MeanVariance.Mean(scores.Predictions.Scores[0]) : 0;
        return scores.Rewrite((_, row) => Each(row, weight => -weight), (_, value) => (2 * mean) - value, (_, name) => (name + 1) % scores.Classes);
    }

    private static Predictions? Constant(Scores scores)
    {
        var mean = MeanVariance.Mean(scores.Labels);
        double[] weights = [.. Enumerable.Range(0, Math.Max(2, scores.Classes)).Select(name => Math.Log(Math.Max(1e-9, scores.Labels.Count(label => (int)label == name) / (double)scores.Rows)))];
        var frequent = scores.IsRegression ? 0 : scores.FrequentClass;
        return scores.Rewrite((_, row) => weights.CopyTo(row, 0), (_, _) => mean, (_, _) => frequent);
    }

    private static Predictions? LoseGroup(Scores scores)
    {
        if (SliceChoice.Middle(scores, sensitiveFirst: true) is not { } rows)
        {
            return null;
        }

        if (scores.IsRegression)
        {
            return scores.Rewrite((_, _) => { }, (_, value) => value - scores.LabelSpread, null, rows);
        }

        var rare = scores.RareClass;
        var other = scores.FrequentClass == rare ? (rare + 1) % scores.Classes : scores.FrequentClass;
        return scores.Rewrite((_, row) => row[rare] = row.Min() - 5, null, (_, _) => other, rows.Where(row => (int)scores.Labels[row] == rare));
    }

    /// <summary>Squared, a probability of one class keeps its place among all others and is too small; of many classes it is too sure.</summary>
    private static Predictions? Power(Scores scores, bool squared)
        => scores.IsRegression
            ? scores.Rewrite((_, _) => { }, (_, value) => value + ((squared ? 0.5 : 1) * (value - MeanVariance.Mean(scores.Labels))), null)
            : Harm.Enough(scores, strength => scores.Rewrite(
                (_, row) =>
                {
                    if (squared && scores.Task == ModelTask.BinaryClassification)
                    {
                        var probability = Math.Exp(strength * row[1]);
                        (row[0], row[1]) = (Math.Log(1 - probability), Math.Log(probability));
                    }
                    else
                    {
                        Each(row, weight => (squared ? strength : 2 * strength) * weight);
                    }
                },
                null,
                null));

    private static Predictions? Shift(Scores scores)
    {
        var spread = scores.IsRegression ? scores.LabelSpread / 2 : 0;
        var frequent = scores.IsRegression ? 0 : scores.FrequentClass;
        return scores.IsRegression
            ? scores.Rewrite((_, _) => { }, (_, value) => value + spread, null)
            : Harm.Enough(scores, strength => scores.Rewrite((_, row) => row[frequent] += 0.75 * strength, null, null));
    }

    private static Predictions Mislabel(Scores scores, Xoshiro256 random)
    {
        var rare = scores.IsRegression ? 0 : scores.RareClass;
        int[] others = [.. Enumerable.Range(0, scores.Rows).Where(row => scores.IsRegression || (int)scores.Labels[row] != rare)];
        return scores.Take(row => (scores.IsRegression || (int)scores.Labels[row] == rare) && random.NextDouble() < Mislabelled ? others[random.Next(others.Length)] : row);
    }

    private static Predictions? Spoil(Scores scores, double value)
    {
        if (scores.NamesClassesOnly)
        {
            return null;
        }

        double[][] columns = [.. scores.Predictions.Scores.Select(column => (double[])column.Clone())];
        columns[0][scores.Rows / 2] = value;
        return new(columns);
    }

    private static void Each(double[] row, Func<double, double> change)
    {
        for (var k = 0; k < row.Length; k++)
        {
            row[k] = change(row[k]);
        }
    }
}
