using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>Chooses the thresholds of plain files on validation rows, which are files of the same kind.</summary>
internal static class FilesThreshold
{
    /// <summary>The thresholds, or null where one is given.</summary>
    /// <exception cref="ProblemException">MLO2974 to MLO2976, and what is wrong with the files.</exception>
    public static ThresholdChoice? Choose(TableSession session, FilesRequest request, FilesRows judged, EvaluatedRows rows)
    {
        if (request.Choose is not { } rule)
        {
            return null;
        }

        if (rows.Task != ModelTask.BinaryClassification)
        {
            throw ThresholdProblems.NoRows("Only a model of two classes has a threshold.", "Leave --choose-threshold out.");
        }

        var sought = Files(request, judged);
        var validation = new FilesReader(session, sought).Read();
        Refuse(judged, validation, sought);
        try
        {
            var (chosenOn, _) = FilesTask.Of(sought, validation);
            return ThresholdChoices.Of(rule, chosenOn.Labels, Scores(chosenOn.Challenger), Scores(chosenOn.Baseline));
        }
        catch (ProblemException exception) when (exception.Problem.Code == "MLO2310")
        {
            throw ThresholdProblems.Unusable($"The validation rows: {exception.Problem.Why}");
        }
    }

    /// <summary>The rows with the thresholds of their models.</summary>
    public static EvaluatedRows At(EvaluatedRows rows, ThresholdChoice choice)
        => new()
        {
            Task = rows.Task,
            Labels = rows.Labels,
            ClassCount = rows.ClassCount,
            Groups = rows.Groups,
            Challenger = ThresholdChoices.At(rows.Challenger, choice.Challenger),
            Baseline = ThresholdChoices.At(rows.Baseline, choice.Baseline),
            Threshold = rows.Threshold,
        };

    private static double[][] Scores(IReadOnlyList<Predictions> side) => [.. side.Select(predictions => predictions.Scores[0])];

    private static FilesRequest Files(FilesRequest request, FilesRows judged)
    {
        if (request.Validation is not { } validation)
        {
            throw ThresholdProblems.NoRows(
                "A threshold that is chosen on the rows that judge it looks better than it is.",
                "Name predictions of validation rows with --validation, or give a number with --threshold.");
        }

        var shared = request.Baseline == request.Predictions ? validation : null;
        return new()
        {
            Folder = request.Folder,
            Predictions = validation,
            Baseline = request.Baseline is null ? null : request.BaselineValidation ?? shared ?? throw ThresholdProblems.NoRows(
                "Each model has a threshold of its own, and nothing was said of the baseline on the validation rows.",
                "Name its predictions of the same validation rows with --baseline-validation."),
            Label = request.Label,
            RowId = request.RowId,
            Score = judged.Challenger.Columns.Names[0],
            BaselineScore = judged.Baseline?.Columns.Names[0],
            Task = ModelTask.BinaryClassification,
            Positive = request.Positive,
        };
    }

    /// <summary>The same file, or rows of the same id.</summary>
    private static void Refuse(FilesRows judged, FilesRows validation, FilesRequest sought)
    {
        if (Digest.OfFile(judged.Challenger.Path) == Digest.OfFile(validation.Challenger.Path))
        {
            throw ThresholdProblems.SameRows($"'{sought.Predictions}' holds the predictions that are evaluated.");
        }

        if (judged.Ids is null || validation.Ids is null)
        {
            return;
        }

        var known = judged.Ids.OfType<string>().ToHashSet(StringComparer.Ordinal);
        string[] twice = [.. validation.Ids.OfType<string>().Where(known.Contains)];
        if (twice.Length > 0)
        {
            throw ThresholdProblems.SameRows($"{ReadingProblems.Rows(twice.Length)} of '{sought.Predictions}' {(twice.Length == 1 ? "is" : "are")} also evaluated, by '{judged.RowId}': {ReadingProblems.Some(twice)}.");
        }
    }
}
