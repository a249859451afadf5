using DuckDB.NET.Data;
using MlOps.Build.Contracts;

namespace MlOps.Build.TestTrainer;

/// <summary>The scoring side of the protocol: the score of a row is a hash of its id or its column x, so that it is the same everywhere.</summary>
internal static class Scorer
{
    private const string Good = "(hash(row_id) % 1000) / 1000.0";

    public static int Run(ScoreRequest request, string? own)
    {
        var modes = (own ?? File.ReadAllText(Path.Combine(request.ModelDirectory, "score-mode.txt"))).Split('+');
        var mode = modes[0];
        Time(request, modes is [_, var timing] ? timing : "timed");
        switch (mode)
        {
            case "exit-3":
                Console.Error.WriteLine("the answer is three");
                return 3;
            case "no-output":
                return 0;
            case "hang":
                return Misbehaviour.Hang();
            case "squat":
                Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(request.Output))!, "evaluation.json"));
                Write(request, mode);
                return 0;
            case "keep":
                File.Copy(request.Data, request.Output + ".seen", overwrite: true);
                Write(request, mode);
                return 0;
            default:
                Write(request, mode);
                return 0;
        }
    }

    private static void Write(ScoreRequest request, string mode)
    {
        var scores = mode switch
        {
            "nan" => $"CASE WHEN nth = 2 THEN 'nan'::DOUBLE ELSE {Good} END AS score",
            "above-one" => $"CASE WHEN nth = 2 THEN 1.5 ELSE {Good} END AS score",
            "null" => $"CASE WHEN nth = 2 THEN NULL ELSE {Good} END AS score",
            "no-score" => "0 AS other",
            "column" => "x::DOUBLE AS score",
            "half" => "x::DOUBLE / 2 AS score",
            "inverted" => "1 - x::DOUBLE AS score",
            _ when request.Task == ModelTask.MulticlassClassification => $"{Good} AS score_a, 1 - {Good} AS score_b",
            _ => $"{Good} AS score",
        };
        var rows = mode switch
        {
            "drop" => "SELECT * FROM rows WHERE nth <> 2",
            "repeat" => "SELECT * FROM rows UNION ALL SELECT * FROM rows WHERE nth = 2",
            "invent" => "SELECT * FROM rows UNION ALL SELECT 'invented' AS row_id, 0 AS nth",
            _ => "SELECT * FROM rows",
        };
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"""
            COPY (
                WITH rows AS (SELECT row_id::VARCHAR AS row_id, row_number() OVER () AS nth{(mode is "column" or "half" or "inverted" ? ", x" : string.Empty)} FROM read_parquet({Text(request.Data)}))
                SELECT row_id, 'a' AS prediction, {scores} FROM ({rows}) ORDER BY row_id
            ) TO {Text(request.Output)} (FORMAT parquet)
            """;
        command.ExecuteNonQuery();
    }

    /// <summary>Says that its rows take about 100 µs each, or what the mode says.</summary>
    private static void Time(ScoreRequest request, string mode)
    {
        if (request.Timings is not { } timings || mode == "untimed")
        {
            return;
        }

        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT count(*) FROM read_parquet({Text(request.Data)})";
        var rows = Math.Min(timings.Rows, (int)(long)command.ExecuteScalar()!) - (mode == "timed-few" ? 1 : 0);
        var seconds = mode switch
        {
            "timed-slow" => 3e-4,
            "timed-impossible" => 3600,
            "timed-negative" => -1,
            _ => 1e-4,
        };
        AtomicFile.Write(timings.Output, new ScoreTimings
        {
            LoadSeconds = seconds,
            RowSeconds = [.. Enumerable.Range(0, rows).Select(row => seconds * (1 + (row / 1000.0)))],
            AllocatedBytes = mode == "timed-uncounted" ? null : 320L * rows,
        });
    }

    private static string Text(string value) => "'" + value.Replace("'", "''", StringComparison.Ordinal) + "'";
}
