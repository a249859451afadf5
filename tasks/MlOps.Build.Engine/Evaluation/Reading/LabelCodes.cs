using System.Globalization;
using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>Turns the text of labels into numbers.</summary>
internal static class LabelCodes
{
    private static readonly string[] Positives = ["1", "true", "yes"];

    /// <summary>Labels and the names of the classes.</summary>
    /// <param name="file">What is known about the labels.</param>
    /// <param name="rows">The labels.</param>
    /// <param name="predictedClasses">Multiclass: classes that the models know, whether or not they come.</param>
    public static (double[] Labels, string[] Classes) Of(LabelsFile file, LabelRows rows, IEnumerable<string> predictedClasses)
    {
        var missing = rows.Ids.Where((_, row) => rows.Labels[row] is null).ToList();
        if (missing.Count > 0)
        {
            throw EvaluationProblems.BadLabels(
                $"The label '{file.Label}' of {ReadingProblems.Rows(missing.Count)} is missing{(file.Task == ModelTask.Regression ? " or no number" : string.Empty)}: {ReadingProblems.Some(missing)}.");
        }

        return file.Task switch
        {
            ModelTask.BinaryClassification => Binary(file, rows),
            ModelTask.MulticlassClassification => Multiclass(rows, predictedClasses),
            _ => ([.. rows.Labels.Select(label => double.Parse(label!, CultureInfo.InvariantCulture))], []),
        };
    }

    private static (double[] Labels, string[] Classes) Binary(LabelsFile file, LabelRows rows)
    {
        string[] values = [.. rows.Labels.Select(label => label!).Distinct().Order(StringComparer.Ordinal)];
        if (values.Length > 2)
        {
            throw EvaluationProblems.BadLabels($"The label '{file.Label}' has more than two values, such as {ReadingProblems.Some(values)}.");
        }

        var positives = rows.AreTruthValues || file.Positive is null ? Positives : [file.Positive];
        string[] found = [.. values.Where(value => positives.Contains(value, StringComparer.OrdinalIgnoreCase))];
        if (found.Length != 1)
        {
            throw EvaluationProblems.BadLabels(values.Length == 1
                ? $"All {rows.Labels.Length} rows are of the class '{values[0]}'."
                : $"Nothing says which of {ReadingProblems.Some(values)} is positive.");
        }

        var negative = values.FirstOrDefault(value => value != found[0]) ?? $"not {found[0]}";
        return ([.. rows.Labels.Select(label => label == found[0] ? 1.0 : 0.0)], [negative, found[0]]);
    }

    private static (double[] Labels, string[] Classes) Multiclass(LabelRows rows, IEnumerable<string> predictedClasses)
    {
        string[] classes = [.. rows.Labels.Select(label => label!).Concat(predictedClasses).Distinct().Order(StringComparer.Ordinal)];
        var places = classes.Select((name, place) => (name, place)).ToDictionary(pair => pair.name, pair => pair.place);
        return ([.. rows.Labels.Select(label => (double)places[label!])], classes);
    }
}
