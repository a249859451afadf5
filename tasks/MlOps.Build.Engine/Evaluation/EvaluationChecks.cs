using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>Refuses inputs that cannot be evaluated, before anything is computed.</summary>
internal static class EvaluationChecks
{
    public static void Check(EvaluationInput input)
    {
        CheckSides(input);
        CheckLabels(input);
        foreach (var replicate in input.Challenger.Replicates.Concat(input.Baseline?.Replicates ?? []))
        {
            CheckPredictions(input, replicate.Predictions);
        }
    }

    private static void CheckSides(EvaluationInput input)
    {
        if (input.Challenger.Replicates.Count == 0)
        {
            throw EvaluationProblems.Unpaired("The challenger has no predictions.");
        }

        if (input.Baseline is not { } baseline)
        {
            return;
        }

        if (baseline.Replicates.Count != input.Challenger.Replicates.Count)
        {
            throw EvaluationProblems.Unpaired(
                $"The challenger's trainings number {EvaluationProblems.Number(input.Challenger.Replicates.Count)}, the baseline's {EvaluationProblems.Number(baseline.Replicates.Count)}.");
        }

        if (!input.NoChange)
        {
            SameSide.Refuse(
                input.Challenger.Replicates.Select(replicate => replicate.Identity),
                baseline.Replicates.Select(replicate => replicate.Identity));
        }
    }

    private static void CheckLabels(EvaluationInput input)
    {
        var labels = input.Holdout.Labels;
        if (labels.Length == 0)
        {
            throw EvaluationProblems.BadLabels("It has no rows.");
        }

        if (Array.FindIndex(labels, label => !double.IsFinite(label)) is var row and >= 0)
        {
            throw EvaluationProblems.BadLabels($"Row {row + 1} has no label that is a finite number.");
        }

        if (input.Task == ModelTask.Regression)
        {
            return;
        }

        if (Array.FindIndex(labels, label => label < 0 || label >= input.Holdout.Classes.Count || label != Math.Floor(label)) is var place and >= 0)
        {
            throw EvaluationProblems.BadLabels($"Row {place + 1} is of no known class.");
        }

        if (Array.TrueForAll(labels, label => label == labels[0]))
        {
            throw EvaluationProblems.BadLabels($"All {labels.Length} rows are of the class '{input.Holdout.Classes[(int)labels[0]]}'.");
        }
    }

    private static void CheckPredictions(EvaluationInput input, Predictions predictions)
    {
        var rows = input.Holdout.Labels.Length;
        var columns = input.Task == ModelTask.MulticlassClassification ? input.Holdout.Classes.Count : 1;
        var classesOnly = predictions is { Scores.Length: 0, Classes: not null } && input.Task == ModelTask.MulticlassClassification;
        if (!classesOnly && predictions.Scores.Length != columns)
        {
            throw EvaluationProblems.Unpaired($"Score columns: {EvaluationProblems.Number(predictions.Scores.Length)}, expected: {EvaluationProblems.Number(columns)}.");
        }

        if (predictions.Scores.Any(column => column.Length != rows) || (predictions.Classes is { } classes && classes.Length != rows))
        {
            throw EvaluationProblems.Unpaired($"The predictions do not have the {rows} rows of the holdout.");
        }

        if (predictions.Scores.Any(column => Array.Exists(column, score => !IsScore(score, input.Task))))
        {
            throw EvaluationProblems.Unpaired("A score is not a finite number, or a probability is outside 0 to 1.");
        }
    }

    private static bool IsScore(double score, ModelTask task)
        => double.IsFinite(score) && (task == ModelTask.Regression || score is >= 0 and <= 1);
}
