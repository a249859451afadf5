using System.Globalization;
using DuckDB.NET.Data;
using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Training;

/// <summary>
/// Holds a predictions file against the rows it answers: every id once, every score a number, every probability in
/// 0 to 1. DuckDB does it in its own memory and spills to disk; no table comes into ours.
/// </summary>
public static class PredictionCheck
{
    private const int Named = 5;
    private static readonly string[] Needed = ["row_id", "prediction"];

    /// <summary>The number of rows.</summary>
    /// <param name="holdout">The Parquet file that was scored.</param>
    /// <param name="predictions">The Parquet file that was written.</param>
    /// <param name="task">What kind of model answered.</param>
    /// <param name="what">What did not happen, should something be wrong.</param>
    /// <exception cref="ProblemException">MLO2210: no such table. MLO2211: the ids. MLO2212: the scores.</exception>
    public static long Check(string holdout, string predictions, ModelTask task, string what)
    {
        if (!File.Exists(predictions))
        {
            throw NoTable(what, "The scorer ended with 0 and wrote no file.");
        }

        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        var query = new PredictionQuery(connection, holdout, predictions);
        var columns = Columns(query, what);
        var scores = ScoreColumns(columns, task, what);
        CheckIds(query, what);
        CheckScores(query, scores, task, what);
        return query.Number("SELECT count(*) FROM predictions");
    }

    private static IReadOnlyList<string> Columns(PredictionQuery query, string what)
    {
        try
        {
            query.CreateViews();
            return query.Texts("SELECT column_name FROM (DESCRIBE predictions)");
        }
        catch (DuckDBException exception)
        {
            throw NoTable(what, exception.Message.Split('\n')[0]);
        }
    }

    private static IReadOnlyList<string> ScoreColumns(IReadOnlyList<string> columns, ModelTask task, string what)
    {
        if (Needed.FirstOrDefault(needed => !columns.Contains(needed, StringComparer.Ordinal)) is { } missing)
        {
            throw NoTable(what, $"The predictions have no column '{missing}', only {List(columns)}.");
        }

        var scores = task == ModelTask.MulticlassClassification
            ? columns.Where(column => column.StartsWith("score_", StringComparison.Ordinal)).ToList()
            : columns.Where(column => column == "score").ToList();
        return scores.Count > 0
            ? scores
            : throw NoTable(what, task == ModelTask.MulticlassClassification
                ? $"The predictions have no column 'score_<class>', only {List(columns)}."
                : $"The predictions have no column 'score', only {List(columns)}.");
    }

    private static void CheckIds(PredictionQuery query, string what)
    {
        var checks = new (string Found, string Sql)[]
        {
            ("missing from the predictions", "SELECT id FROM holdout_ids WHERE id NOT IN (SELECT id FROM prediction_ids WHERE id IS NOT NULL)"),
            ("that are not in the data", "SELECT coalesce(id, 'null') FROM prediction_ids WHERE id IS NULL OR id NOT IN (SELECT id FROM holdout_ids)"),
            ("that appear more than once", "SELECT id FROM prediction_ids GROUP BY id HAVING count(*) > 1"),
        };
        foreach (var (found, sql) in checks)
        {
            var count = query.Number($"SELECT count(*) FROM ({sql})");
            if (count > 0)
            {
                var ids = query.Texts($"SELECT * FROM ({sql}) AS found(id) ORDER BY id LIMIT {Named}");
                throw Refuse(
                    "MLO2211",
                    what,
                    $"Row ids {found}: {List(ids)} ({Count(count)} in all).",
                    "Write exactly one row for each `row_id` of the request's data, in any order.");
            }
        }
    }

    private static void CheckScores(PredictionQuery query, IReadOnlyList<string> scores, ModelTask task, string what)
    {
        foreach (var column in scores)
        {
            var score = $"TRY_CAST({PredictionQuery.Name(column)} AS DOUBLE)";
            var range = task == ModelTask.Regression ? string.Empty : $" OR {score} < 0 OR {score} > 1";
            var bad = $"prediction IS NULL OR {score} IS NULL OR NOT isfinite({score}){range}";
            var count = query.Number($"SELECT count(*) FROM predictions WHERE {bad}");
            if (count == 0)
            {
                continue;
            }

            var found = query.Texts(
                $"""
                SELECT concat(CAST(row_id AS VARCHAR), ' (', coalesce(CAST({PredictionQuery.Name(column)} AS VARCHAR), 'null'), ')')
                FROM predictions WHERE {bad} ORDER BY CAST(row_id AS VARCHAR) LIMIT {Named}
                """);
            var must = task == ModelTask.Regression ? "a finite number" : "a number between 0 and 1";
            throw Refuse(
                "MLO2212",
                what,
                $"Rows with a '{column}' that is not {must}, or without a prediction: {List(found)} ({Count(count)} in all).",
                "Look for missing features in these rows and for a division by zero; a row the model cannot score needs a fallback.");
        }
    }

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string List(IEnumerable<string> values)
        => string.Join(", ", values.Select(value => Processes.OutputNeutraliser.Neutralise(value)));

    private static ProblemException NoTable(string what, string why) => Refuse(
        "MLO2210",
        what,
        why,
        "Write a Parquet file with `row_id`, `prediction` and `score` (or `score_<class>`) to the request's `output`.");

    private static ProblemException Refuse(string code, string what, string why, string fix)
        => new(new Problem(code, what, why, fix));
}
