using System.Globalization;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>What can be wrong with files of predictions and labels, in words.</summary>
internal static class ReadingProblems
{
    /// <summary>Up to here the squares of squared errors are finite numbers; beyond it a model has diverged.</summary>
    public const double Largest = 1e75;

    private const int Examples = 3;

    public static ProblemException Missing(string what, string path)
        => new(new Problem("MLO2306", $"The {what} '{path}' could not be read.", "There is no such file.", "Let the scorer write it, or name another file.") { Exit = ExitCode.Unavailable });

    public static ProblemException NoTable(string what, string path, Exception cause)
        => new(new Problem("MLO2306", $"The {what} '{path}' could not be read.", FirstLine(cause.Message), "Name a Parquet file, or a CSV file with one header line."), cause);

    public static ProblemException NoColumn(string what, TableFile file, string column, string fix)
        => new(new Problem("MLO2306", $"The {what} '{file.Path}' could not be read.", $"There is no column '{column}'. {DidYouMean.Sentence(column, file.Types.Keys)}", fix));

    public static ProblemException OtherRows(string path, string why)
        => new(new Problem("MLO2307", $"The predictions '{path}' are not for the rows of the holdout.", why, "Let the scorer write each row_id of its input exactly once."));

    public static ProblemException RepeatedLabels(string path, IReadOnlyList<string> ids)
        => new(new Problem("MLO2307", $"The labels '{path}' name a row twice.", $"Repeated: {Some(ids)}.", "Make `data.id` unique."));

    public static ProblemException BadValues(string path, string column, IReadOnlyList<string> ids, bool probability)
        => new(new Problem(
            "MLO2308",
            $"The predictions '{path}' hold values that cannot be judged.",
            $"The column '{column}' of {Rows(ids.Count)} is missing, not a number{(probability ? " or outside 0 to 1" : " or beyond 1e75")}: {Some(ids)}.",
            probability ? "Let the scorer write a probability from 0 to 1 for every row." : "Let the scorer write a finite number for every row."));

    public static ProblemException NoClass(string path, IReadOnlyList<string> ids)
        => new(new Problem("MLO2308", $"The predictions '{path}' hold values that cannot be judged.", $"The column 'prediction' of {Rows(ids.Count)} is missing: {Some(ids)}.", "Let the scorer name a class for every row."));

    /// <summary>The numbers of a column that is cut into bands; NaN where a row has none.</summary>
    public static double[] Numbers(string column, string?[] texts, Func<int, string> nameOf)
    {
        var numbers = new double[texts.Length];
        for (var row = 0; row < texts.Length; row++)
        {
            if (texts[row] is null || double.TryParse(texts[row], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[row]))
            {
                numbers[row] = texts[row] is null ? double.NaN : numbers[row];
                continue;
            }

            throw new ProblemException(new Problem("MLO2380", $"The column '{column}' cannot be cut into bands.", $"Row '{nameOf(row)}' holds '{texts[row]}', which is no number.", "Leave its bands out: each of its values is then a slice."));
        }

        return numbers;
    }

    public static string Some(IReadOnlyList<string> ids)
        => string.Join(", ", ids.Take(Examples).Select(id => $"'{id}'")) + (ids.Count > Examples ? " and others" : string.Empty);

    public static string Rows(int count) => count == 1 ? "1 row" : $"{count.ToString("N0", CultureInfo.InvariantCulture)} rows";

    private static string FirstLine(string message) => message.Split('\n')[0].Trim();
}
