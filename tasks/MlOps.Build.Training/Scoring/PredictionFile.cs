using System.Globalization;
using DuckDB.NET.Data;
using MlOps.Build.Contracts;

namespace MlOps.Build.Training;

/// <summary>Collects predictions in the order of the rows and writes them beside their row ids, all at once.</summary>
internal sealed class PredictionFile : IDisposable
{
    private readonly string _data;
    private readonly string _id;
    private readonly ModelTask _task;
    private readonly DuckDBConnection _connection = new("DataSource=:memory:");
    private readonly DuckDBAppender _appender;
    private long _rows;

    public PredictionFile(string data, string id, ModelSchema schema)
    {
        _data = data;
        _id = id;
        _task = schema.Task;
        _connection.Open();
        var scores = schema.Task == ModelTask.MulticlassClassification
            ? schema.Classes.Select(name => $"score_{name}")
            : ["score"];
        var columns = scores.Select(name => $"{Quoted(name)} DOUBLE");
        Execute($"CREATE TABLE predictions (ordinal BIGINT, prediction {PredictionType}, {string.Join(", ", columns)})");
        _appender = _connection.CreateAppender("predictions");
    }

    private string PredictionType => _task switch
    {
        ModelTask.BinaryClassification => "BOOLEAN",
        ModelTask.Regression => "DOUBLE",
        _ => "VARCHAR",
    };

    /// <summary>Adds the answer of the next row.</summary>
    public void Add(string? prediction, ReadOnlySpan<float> scores)
    {
        var row = _appender.CreateRow().AppendValue(_rows++);
        _ = _task switch
        {
            ModelTask.BinaryClassification => row.AppendValue(scores[0] >= 0.5f),
            ModelTask.Regression => row.AppendValue((double)scores[0]),
            _ => row.AppendValue(prediction),
        };
        foreach (var score in scores)
        {
            row.AppendValue((double)score);
        }

        row.EndRow();
    }

    /// <summary>Writes the file: a temporary one beside it, then renamed.</summary>
    public void Write(string output, long expectedRows)
    {
        if (_rows != expectedRows)
        {
            throw new InvalidOperationException(
                $"{_rows.ToString(CultureInfo.InvariantCulture)} predictions for {expectedRows.ToString(CultureInfo.InvariantCulture)} rows.");
        }

        _appender.Close();
        var full = Path.GetFullPath(output);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        var temporary = $"{full}.{Path.GetRandomFileName()}.tmp";
        try
        {
            Execute(
                $"""
                COPY (SELECT rows.{Quoted(_id)} AS row_id, predictions.* EXCLUDE (ordinal)
                      FROM read_parquet({Text(_data)}, file_row_number = true) AS rows
                      JOIN predictions ON predictions.ordinal = rows.file_row_number
                      ORDER BY predictions.ordinal)
                TO {Text(temporary)} (FORMAT parquet)
                """);
            File.Move(temporary, full, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    public void Dispose()
    {
        _appender.Dispose();
        _connection.Dispose();
    }

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Text(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";
}
