using System.Globalization;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>Chooses a threshold for each training of both sides on the same validation rows, and says how.</summary>
internal static class ThresholdChoices
{
    /// <summary>With fewer rows of a class than this another draw of rows would choose quite another threshold.</summary>
    private const int FewRows = 50;

    /// <summary>Chooses; the baseline is empty where there is none.</summary>
    /// <exception cref="ProblemException">MLO2974: these rows cannot choose one.</exception>
    public static ThresholdChoice Of(ThresholdRule rule, double[] labels, IReadOnlyList<double[]> challenger, IReadOnlyList<double[]> baseline)
    {
        var positives = labels.Count(label => label == 1);
        if (positives == 0 || positives == labels.Length)
        {
            throw ThresholdProblems.OneClass(labels.Length, positives);
        }

        ChosenThreshold[] Side(IReadOnlyList<double[]> scores) => [.. scores.Select(column => ThresholdChooser.Choose(rule, labels, column))];
        var (own, other) = (Side(challenger), Side(baseline));
        return new()
        {
            Rule = rule.Text,
            Rows = labels.Length,
            Positives = positives,
            Challenger = own,
            Baseline = other,
            Notes = [.. Notes(labels.Length, positives, own, other)],
        };
    }

    /// <summary>The thresholds that a policy asks for; null where it fixes one.</summary>
    /// <exception cref="ProblemException">MLO2974, MLO2975.</exception>
    public static ThresholdChoice? Of(EvaluationInput input)
    {
        if (input.Policy.Choose is not { } rule)
        {
            return null;
        }

        if (input.Task != ModelTask.BinaryClassification)
        {
            throw ThresholdProblems.NoRows("Only a model of two classes has a threshold.", "Leave `gate.threshold` out.");
        }

        double[][] Scores(SideInput? side) => [.. (side?.Replicates ?? []).Select(replicate => replicate.ValidationScores ?? throw NotScored())];
        return Of(rule, input.ValidationLabels ?? throw NotScored(), Scores(input.Challenger), Scores(input.Baseline));
    }

    /// <summary>What models said, each with the threshold that was chosen for it.</summary>
    public static IReadOnlyList<Predictions> At(IReadOnlyList<Predictions> side, ChosenThreshold[]? chosen)
        => chosen is null ? side : [.. side.Zip(chosen, (predictions, threshold) => predictions with { Threshold = threshold.Threshold })];

    private static ProblemException NotScored() => ThresholdProblems.NoRows(
        "The policy chooses thresholds on validation rows (`gate.threshold`), and nothing is known of what these models say about them.",
        "Run `mlops run`, which scores them, or evaluate files by themselves with --choose-threshold and --validation.");

    private static IEnumerable<string> Notes(int rows, int positives, ChosenThreshold[] challenger, ChosenThreshold[] baseline)
    {
        if (Math.Min(positives, rows - positives) is var few and < FewRows)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"The validation rows hold only {few} {(positives == few ? "positive" : "negative")} rows: other rows would choose quite another threshold.");
        }

        foreach (var (name, side) in new[] { ("challenger", challenger), ("baseline", baseline) })
        {
            if (Array.Exists(side, chosen => chosen.Found + chosen.FalseAlarms == 0))
            {
                yield return $"At the threshold that was chosen for the {name} no validation row is predicted positive.";
            }
            else if (Array.Exists(side, chosen => chosen.Missed + chosen.RightlyQuiet == 0))
            {
                yield return $"At the threshold that was chosen for the {name} every validation row is predicted positive.";
            }
        }
    }
}
