using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Data;
using MlOps.Build.Engine.Evaluating;
using MlOps.Build.Engine.Training;

namespace MlOps.Build.Engine.Pipeline;

/// <summary>The validation rows on which thresholds are chosen, scored by the very models that are judged. Only where a policy asks.</summary>
internal static class ThresholdRows
{
    /// <summary>Whether the policy that binds, or that of the change, chooses.</summary>
    public static bool AreAskedFor(Comparison comparison)
        => comparison.Binding.Task == ModelTask.BinaryClassification
            && comparison.Challenger.Split.Record.Validation.Rows > 0
            && (comparison.Binding.Gate.Choose ?? comparison.Head.Gate.Choose) is not null;

    /// <summary>Refuses a split without such rows before anything is trained.</summary>
    /// <exception cref="ProblemException">MLO2975.</exception>
    public static void Check(ProjectConfiguration binding, PreparedSplit split)
    {
        if (binding.Gate.Choose is not null && split.Record.Validation.Rows == 0)
        {
            throw ThresholdProblems.NoRows("`gate.threshold` chooses on validation rows, and the split leaves none.", "Bring more data, raise `split.validation` in mlops.yml, or write a number for `gate.threshold`.");
        }
    }

    /// <summary>The name under which a model's answers on them are kept.</summary>
    public static string Name(string side) => side + "-validation";

    /// <summary>
    /// An input with what all models say of the validation rows. Rows that can choose nothing do not stop a run whose policy asks for nothing:
    /// only the change's own policy then has no verdict.
    /// </summary>
    /// <exception cref="ProblemException">MLO2974.</exception>
    public static EvaluationInput With(EvaluationInput input, string labels, ProjectConfiguration binding, IReadOnlyList<ScoredRun> challenger, IReadOnlyList<ScoredRun> baseline)
    {
        try
        {
            return Scored(input, labels, binding, challenger, baseline);
        }
        catch (ProblemException) when (binding.Gate.Choose is null)
        {
            return input;
        }
    }

    private static EvaluationInput Scored(EvaluationInput input, string labels, ProjectConfiguration binding, IReadOnlyList<ScoredRun> challenger, IReadOnlyList<ScoredRun> baseline)
    {
        var (truth, scores) = Read(labels, binding, [.. challenger.Concat(baseline).Select(scored => scored.Path)]);
        SideInput Side(SideInput side, int first)
            => side with { Replicates = [.. side.Replicates.Select((replicate, place) => replicate with { ValidationScores = scores[first + place] })] };
        return input with
        {
            ValidationLabels = truth,
            Challenger = Side(input.Challenger, 0),
            Baseline = input.Baseline is { } side ? Side(side, challenger.Count) : null,
        };
    }

    /// <summary>The labels and, in the order of the files, the scores.</summary>
    private static (double[] Labels, IReadOnlyList<double[]> Scores) Read(string labels, ProjectConfiguration binding, IReadOnlyList<string> predictions)
    {
        try
        {
            var file = LabelsFile.Of(labels, binding) with { Slices = [], Sensitive = [], Group = null };
            var (rows, read) = HoldoutReader.Read(file, predictions);
            return (rows.Labels, [.. read.Select(scores => scores.Scores[0])]);
        }
        catch (ProblemException exception) when (exception.Problem.Code == "MLO2310")
        {
            throw ThresholdProblems.Unusable($"Of the validation rows: {exception.Problem.Why}");
        }
    }
}
