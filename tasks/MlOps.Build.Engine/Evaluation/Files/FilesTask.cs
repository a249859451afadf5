using System.Globalization;
using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>What kind of model files are about, and their labels and predictions as numbers.</summary>
internal static class FilesTask
{
    private static readonly string[] Positives = ["1", "true", "yes"];

    /// <summary>The rows of both models; classes are empty for a regression.</summary>
    public static (EvaluatedRows Rows, string[] Classes) Of(FilesRequest request, FilesRows read)
    {
        var empty = Places(read.Label, label => label is null);
        if (read.Label.Length == 0 || empty.Count > 0)
        {
            throw FilesProblems.BadLabels(
                read.Label.Length == 0 ? "There are no rows." : $"The label '{request.Label}' of {ReadingProblems.Rows(empty.Count)} is missing, such as row {read.Row(empty[0])}.",
                "Write a label for every row.");
        }

        var task = request.Task ?? Guess(read);
        var (labels, classes) = task switch
        {
            ModelTask.BinaryClassification => Binary(request, read),
            ModelTask.MulticlassClassification => Multiclass(read),
            _ => (Numbers(request, read), []),
        };
        if (classes.Length > 0 && Array.TrueForAll(labels, label => label == labels[0]))
        {
            throw FilesProblems.BadLabels($"Every row is of the class '{classes[(int)labels[0]]}'.", "Take a holdout with rows of every class.");
        }

        return (
            new()
            {
                Task = task,
                Labels = labels,
                ClassCount = classes.Length,
                Groups = read.Blocks is null ? null : LabelsReader.Groups(read.Blocks),
                Challenger = [Predictions(read, read.Challenger, task, classes)],
                Baseline = read.Baseline is null ? [] : [Predictions(read, read.Baseline, task, classes)],
                Threshold = request.Threshold,
            },
            classes);
    }

    private static ModelTask Guess(FilesRows read)
    {
        var side = read.Challenger;
        if (side.Columns.Classes is not null || side.Names is not null)
        {
            return ModelTask.MulticlassClassification;
        }

        var isShare = Array.TrueForAll(side.Numbers[0], score => double.IsNaN(score) || score is >= 0 and <= 1);
        return read.Label.Distinct().Count() <= 2 && isShare ? ModelTask.BinaryClassification
            : Array.TrueForAll(read.Label, IsNumber) ? ModelTask.Regression
            : throw FilesProblems.UnknownTask(side.Columns.Names[0]);
    }

    private static (double[] Labels, string[] Classes) Binary(FilesRequest request, FilesRows read)
    {
        string[] values = [.. read.Label.Select(Name).Distinct().Order(StringComparer.Ordinal)];
        var positives = request.Positive is null ? Positives : [request.Positive];
        string[] found = [.. values.Where(value => positives.Contains(value, StringComparer.OrdinalIgnoreCase))];
        if (values.Length > 2 || found.Length != 1)
        {
            throw FilesProblems.BadLabels(
                values.Length > 2 ? $"The label '{request.Label}' has more than two values, such as {ReadingProblems.Some(values)}."
                    : values.Length == 1 ? $"Every row is of the class '{values[0]}'."
                    : $"Nothing says which of {ReadingProblems.Some(values)} is positive.",
                values.Length > 2 ? "Name another column with --label, or say --task multiclass."
                    : values.Length == 1 ? "Take a holdout with rows of every class."
                    : "Say it with --positive.");
        }

        return (
            [.. read.Label.Select(label => Name(label) == found[0] ? 1.0 : 0.0)],
            [values.FirstOrDefault(value => value != found[0]) ?? $"not {found[0]}", found[0]]);
    }

    private static (double[] Labels, string[] Classes) Multiclass(FilesRows read)
    {
        IEnumerable<string> Known(FilesSide? side)
            => side is null ? [] : side.Columns.Classes ?? (side.Names ?? []).OfType<string>();
        string[] classes = [.. read.Label.OfType<string>().Concat(Known(read.Challenger)).Concat(Known(read.Baseline)).Distinct().Order(StringComparer.Ordinal)];
        var places = classes.Select((name, place) => (name, place)).ToDictionary(pair => pair.name, pair => pair.place, StringComparer.Ordinal);
        return ([.. read.Label.Select(label => (double)places[label!])], classes);
    }

    private static double[] Numbers(FilesRequest request, FilesRows read)
    {
        var bad = Places(read.Label, label => !IsNumber(label) || !(Math.Abs(double.Parse(label!, CultureInfo.InvariantCulture)) <= ReadingProblems.Largest));
        return bad.Count == 0
            ? [.. read.Label.Select(label => double.Parse(label!, CultureInfo.InvariantCulture))]
            : throw FilesProblems.BadLabels($"The label '{request.Label}' of {ReadingProblems.Rows(bad.Count)} is no finite number or beyond 1e75, such as row {read.Row(bad[0])}.", "Name another column with --label, or another kind of model with --task.");
    }

    private static Predictions Predictions(FilesRows read, FilesSide side, ModelTask task, string[] classes)
    {
        if (task == ModelTask.MulticlassClassification && side.Columns.Classes is null)
        {
            var names = side.Names ?? throw FilesProblems.BadValues(side.Path, side.Columns.Names[0], "holds numbers, and the other model predicts classes", "Name one column of probabilities a class, or a column of predicted classes.");
            var missing = Places(names, text => text is null);
            return missing.Count == 0
                ? new([], [.. names.Select(name => Array.IndexOf(classes, name))])
                : throw FilesProblems.BadValues(side.Path, side.Columns.Names[0], $"of {ReadingProblems.Rows(missing.Count)} names no class, such as row {read.Row(missing[0])}", "Predict a class for every row.");
        }

        var isShare = task != ModelTask.Regression;
        foreach (var (column, name) in side.Numbers.Zip(side.Columns.Names))
        {
            var bad = Places(column, value => !(Math.Abs(value) <= ReadingProblems.Largest) || (isShare && value is < 0 or > 1));
            if (bad.Count > 0)
            {
                throw FilesProblems.BadValues(
                    side.Path,
                    name,
                    $"of {ReadingProblems.Rows(bad.Count)} is missing, not a number{(isShare ? " or outside 0 to 1" : " or beyond 1e75")}, such as row {read.Row(bad[0])}",
                    isShare ? "Write a probability from 0 to 1 for every row." : "Write a finite number for every row.");
            }
        }

        // A class that the model has never seen has probability 0.
        return side.Columns.Classes is { } known
            ? new([.. classes.Select(name => Array.IndexOf(known, name) is var place and >= 0 ? side.Numbers[place] : new double[read.Label.Length])])
            : new([side.Numbers[0]]);
    }

    /// <summary>A whole number has no decimals: some tools write labels as 1.0.</summary>
    private static string Name(string? label)
        => double.TryParse(label, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number == Math.Floor(number) && Math.Abs(number) < 1e15
            ? number.ToString("0", CultureInfo.InvariantCulture)
            : label!;

    private static bool IsNumber(string? text)
        => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number);

    private static List<int> Places<T>(T[] values, Predicate<T> matches)
    {
        var places = new List<int>();
        for (var i = 0; i < values.Length; i++)
        {
            if (matches(values[i]))
            {
                places.Add(i);
            }
        }

        return places;
    }
}
