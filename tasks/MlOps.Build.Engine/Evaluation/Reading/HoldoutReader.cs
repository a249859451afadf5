namespace MlOps.Build.Engine.Evaluating;

/// <summary>Reads labels and predictions from files into columns, joined by row id.</summary>
public static class HoldoutReader
{
    /// <summary>The labels, and the predictions of each file in the order of the labels.</summary>
    /// <exception cref="Contracts.ProblemException">MLO2306 to MLO2308, MLO2310.</exception>
    public static (HoldoutColumns Holdout, IReadOnlyList<Predictions> Predictions) Read(
        LabelsFile labels, IReadOnlyList<string> predictionFiles)
    {
        using var session = new TableSession();
        var rows = new LabelsReader(session, labels).Read();
        var reader = new PredictionsReader(session, labels.Task, rows.Ids);
        var predictedClasses = labels.Task == Contracts.ModelTask.MulticlassClassification
            ? predictionFiles.SelectMany(reader.Classes).ToArray()
            : [];
        var (numbers, classes) = LabelCodes.Of(labels, rows, predictedClasses);
        return (
            new()
            {
                Labels = numbers,
                Classes = classes,
                Slices = rows.Slices,
                Searched = labels.Features is { } features ? new SearchReader(session, rows.Slices, rows.Ids.Length).Read(features, labels.Searched) : null,
                Groups = rows.Groups,
                Digest = rows.Digest,
                TotalRows = labels.TotalRows,
            },
            [.. predictionFiles.Select(file => reader.Read(file, classes))]);
    }
}
