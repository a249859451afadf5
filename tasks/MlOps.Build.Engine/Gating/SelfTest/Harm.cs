using MlOps.Build.Contracts;
using MlOps.Build.Engine.Evaluating;

namespace MlOps.Build.Engine.Gating;

/// <summary>
/// Probabilities that were not honest may become more honest by a change that harms honest ones. So the change gets stronger until
/// it does harm.
/// </summary>
internal static class Harm
{
    private const double LeastShare = 0.5;

    private static readonly double[] Strengths = [2, 4, 8, 16, 32];

    /// <summary>The weakest change that makes the log loss at least half as large again; null where none does.</summary>
    public static Predictions? Enough(Scores scores, Func<double, Predictions?> change)
    {
        if (scores.NamesClassesOnly)
        {
            return null;
        }

        var before = LogLoss(scores, scores.Predictions);
        return Strengths.Select(change).FirstOrDefault(changed => changed is not null && LogLoss(scores, changed) >= (1 + LeastShare) * before);
    }

    private static double LogLoss(Scores scores, Predictions predictions)
        => Enumerable.Range(0, scores.Rows).Average(row => -Math.Log(Math.Max(1e-15, Probability(scores.Task, predictions, row, (int)scores.Labels[row]))));

    private static double Probability(ModelTask task, Predictions predictions, int row, int label)
        => task == ModelTask.MulticlassClassification ? predictions.Scores[label][row]
            : label == 1 ? predictions.Scores[0][row]
            : 1 - predictions.Scores[0][row];
}
