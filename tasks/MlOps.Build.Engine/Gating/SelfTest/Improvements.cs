using MlOps.Build.Contracts;
using MlOps.Build.Engine.Evaluating;

namespace MlOps.Build.Engine.Gating;

/// <summary>
/// Known ways to make a model better. A classifier gets one more feature, normal around a mean that the class moves, and
/// Bayes' rule: probabilities that were right stay right and become sharper, so that no honest metric gets worse. A regression gets
/// a part of its error taken away.
/// </summary>
internal static class Improvements
{
    public static readonly Mutant[] All =
    [
        Of("feature-added", "a feature that says a little", 0.75, 0.1),
        Of("good-feature-added", "a feature that says much", 1.25, 0.25),
        Of("great-feature-added", "a feature that says nearly all", 2.5, 0.6),
        Of("feature-known-for-half", "a feature that half of the rows have", 1.75, 0.4, (scores, random) => Enumerable.Range(0, scores.Rows).Where(_ => random.NextDouble() < 0.5)),
        Of("weakest-slice-improved", "a feature that the weakest slice has, and a little one for all", 1.5, 0.3, (scores, _) => SliceChoice.Weakest(scores), rest: 0.75),
        Of("doubtful-rows-improved", "a feature for the rows in doubt, and a little one for all", 2, 0.4, (scores, _) => Doubtful(scores), rest: 0.75),
    ];

    private static Mutant Of(
        string name, string change, double distance, double share, Func<Scores, Xoshiro256, IEnumerable<int>?>? choose = null, double rest = 0)
        => Mutant.OfScores(name, change, (scores, random) =>
        {
            HashSet<int>? chosen = null;
            if (choose is not null)
            {
                if (choose(scores, random) is not { } rows)
                {
                    return null;
                }

                chosen = [.. rows];
            }

            double Strength(int row, double full, double little) => chosen is null || chosen.Contains(row) ? full : little;
            return scores.Rewrite(
                (row, weights) => Learn(weights, (int)scores.Labels[row], Strength(row, distance, rest), random),
                (row, value) => value + (Strength(row, share, rest > 0 ? 0.1 : 0) * (scores.Labels[row] - value)),
                (row, named) => random.NextDouble() < Strength(row, share, rest > 0 ? 0.1 : 0) ? (int)scores.Labels[row] : named);
        });

    /// <summary>One observation a class, normal with variance 1, around the distance for the true class and 0 for the others.</summary>
    private static void Learn(double[] weights, int truth, double distance, Xoshiro256 random)
    {
        for (var k = 0; k < weights.Length; k++)
        {
            var seen = random.Normal() + (k == truth ? distance : 0);
            weights[k] += (distance * seen) - (distance * distance / 2);
        }
    }

    /// <summary>The half of the rows whose best class has the least probability, or whose error is largest.</summary>
    private static int[] Doubtful(Scores scores)
        => [.. Enumerable.Range(0, scores.Rows).OrderByDescending(row => Doubt(scores, row)).ThenBy(row => row).Take(scores.Rows / 2)];

    private static double Doubt(Scores scores, int row)
        => scores.NamesClassesOnly ? 0
            : scores.IsRegression ? Math.Abs(scores.Labels[row] - scores.Predictions.Scores[0][row])
            : scores.Task == ModelTask.BinaryClassification ? -Math.Abs(scores.Predictions.Scores[0][row] - 0.5)
            : -scores.Predictions.Scores.Max(column => column[row]);
}
