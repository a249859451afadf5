using System.Globalization;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>What can be wrong with files that are evaluated without a project, in words.</summary>
internal static class FilesProblems
{
    public static ProblemException NoLabel(string label, IEnumerable<string> columns)
        => new(new Problem("MLO2306", $"The label '{label}' was not found.", $"No file has a column '{label}'. {DidYouMean.Sentence(label, columns)}", "Name its column with --label, or a file that has it with --labels."));

    public static ProblemException NoColumn(string column, string option, IEnumerable<string> columns)
        => new(new Problem("MLO2306", $"The column '{column}' of {option} was not found.", $"No file has it. {DidYouMean.Sentence(column, columns)}", $"Name a column of one of the files with {option}."));

    public static ProblemException NoScores(TableFile file, string? named, string option)
        => new(named is null
            ? new Problem("MLO2306", $"The scores in '{file.Path}' were not found.", $"Nothing says which column holds them: {string.Join(", ", file.Types.Keys)}.", $"Name the column with {option}; for several classes, what their columns begin with.")
            : new Problem("MLO2306", $"The scores in '{file.Path}' were not found.", $"There is no column '{named}' and none that begins with '{named}_'. {DidYouMean.Sentence(named, file.Types.Keys)}", $"Name the column with {option}; for several classes, what their columns begin with."));

    public static ProblemException SameScores(string column)
        => new(new Problem("MLO2301", "A model was compared with itself.", $"Challenger and baseline are both the column '{column}' of one file.", "Name another file, or another column with --baseline-score."));

    public static ProblemException LabelAsScores(string label)
        => new(new Problem("MLO2344", $"The column '{label}' is the label and cannot be the scores too.", "A model that is judged by its own answers is always right.", "Name the column that the model has written with --score or --baseline-score."));

    public static ProblemException TooManyValues(string column, string option, int count, int most)
        => new(new Problem("MLO2344", $"The column '{column}' of {option} cannot be cut into slices.", string.Create(CultureInfo.InvariantCulture, $"It has {count:N0} distinct values; at most {most:N0} are slices. It looks like an id."), $"Name a column with few values with {option}, or cut its numbers into bands with `--bands {column}=q4`."));

    public static ProblemException UnusedBands(string column)
        => new(new Problem("MLO2344", $"--bands of '{column}' has no effect.", "Neither --slices nor --groups cuts by that column.", $"Add `--slices {column}`."));

    public static ProblemException TwoMargins(string metric)
        => new(new Problem("MLO2344", $"--margin gives '{metric}' twice.", "A metric has one margin; one without a name is that of the primary metric.", "Leave one of them out."));

    public static ProblemException OtherRows(string path, string why)
        => new(new Problem("MLO2307", $"The rows of '{path}' are not those of the other file.", why, "Write every row of one holdout once into each file, and name the column that identifies it with --row-id."));

    public static ProblemException BadLabels(string why, string fix)
        => new(new Problem("MLO2310", "The labels cannot judge a model.", why, fix));

    public static ProblemException BadValues(string path, string column, string why, string fix)
        => new(new Problem("MLO2308", $"The predictions '{path}' hold values that cannot be judged.", $"The column '{column}' {why}.", fix));

    public static ProblemException UnknownTask(string column)
        => new(new Problem("MLO2310", "Nothing says what kind of model this is.", $"The labels are classes, more than two of them or with scores outside 0 to 1, and '{column}' holds one number a row.", "Say it with --task, or name one column of probabilities a class, or a column of predicted classes, with --score."));

    public static ProblemException GroupsOfOtherTask()
        => new(new Problem("MLO2344", "--groups cannot hold groups against each other.", "It compares rates of two classes; the labels here are others.", "Judge each value on its own with --slices."));

    public static ProblemException NotForTask(string name, ModelTask task)
        => EvaluationProblems.UnknownMetric(name, task, place: null);
}
