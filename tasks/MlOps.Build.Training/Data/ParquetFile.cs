using System.Globalization;
using DuckDB.NET.Data;
using MlOps.Build.Contracts;

namespace MlOps.Build.Training;

/// <summary>Some rows of a file, column by column.</summary>
internal sealed record RowBatch(IReadOnlyList<StoredColumn> Columns, int Rows);

/// <summary>An open Parquet file: its columns, and its rows in the order of the file.</summary>
internal sealed class ParquetFile : IDisposable
{
    private readonly DuckDBConnection _connection;
    private readonly string _from;

    private ParquetFile(string path, DuckDBConnection connection)
    {
        Path = path;
        _connection = connection;
        _from = $"FROM read_parquet('{path.Replace("'", "''", StringComparison.Ordinal)}')";
        Columns = Describe();
        Rows = Convert.ToInt64(Scalar($"SELECT count(*) {_from}"), CultureInfo.InvariantCulture);
    }

    public string Path { get; }

    public IReadOnlyList<SourceColumn> Columns { get; }

    public long Rows { get; }

    /// <summary>Opens a file.</summary>
    /// <exception cref="ProblemException">MLO2228: there is no such file, or it is not Parquet.</exception>
    public static ParquetFile Open(string path, int threads = 1)
    {
        if (!File.Exists(path))
        {
            throw Unreadable(path, "There is no such file.", ExitCode.Unavailable);
        }

        var connection = new DuckDBConnection("DataSource=:memory:");
        try
        {
            connection.Open();
            using var settings = connection.CreateCommand();
            settings.CommandText = string.Create(
                CultureInfo.InvariantCulture, $"SET threads = {Math.Max(1, threads)}; SET preserve_insertion_order = true");
            settings.ExecuteNonQuery();
            return new ParquetFile(path, connection);
        }
        catch (DuckDBException exception)
        {
            connection.Dispose();
            throw Unreadable(path, FirstLine(exception.Message), cause: exception);
        }
    }

    /// <summary>Reads columns in batches of rows; the last batch is shorter. Without rows there is one empty batch.</summary>
    public IEnumerable<RowBatch> Read(
        IReadOnlyList<ColumnPlan> plans, string? where, int batchRows, CancellationToken cancellationToken)
    {
        var capacity = (int)Math.Min(batchRows, Rows);
        var readers = plans.Select(plan => ColumnReader.For(plan, capacity)).ToArray();
        using var command = _connection.CreateCommand();
        command.UseStreamingMode = true;
        command.CommandText =
            $"SELECT {string.Join(", ", plans.Select(plan => plan.Sql).DefaultIfEmpty("1"))} {_from} {where}";
        using var reader = Guarded(command.ExecuteReader);
        var rows = 0;
        var batches = 0;
        while (Guarded(reader.Read))
        {
            for (var ordinal = 0; ordinal < readers.Length; ordinal++)
            {
                readers[ordinal].Read(reader, ordinal);
            }

            if (++rows % 2048 == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            if (rows == batchRows)
            {
                batches++;
                yield return new RowBatch([.. readers.Select(column => column.Take())], rows);
                rows = 0;
            }
        }

        if (rows > 0 || batches == 0)
        {
            yield return new RowBatch([.. readers.Select(column => column.Take())], rows);
        }
    }

    /// <summary>How many rows fulfil a condition.</summary>
    public long Count(string condition)
        => Convert.ToInt64(
            Guarded(() => Scalar($"SELECT count(*) {_from} WHERE {condition}")), CultureInfo.InvariantCulture);

    public void Dispose() => _connection.Dispose();

    private List<SourceColumn> Describe()
    {
        using var command = _connection.CreateCommand();
        command.CommandText = $"DESCRIBE SELECT * {_from}";
        using var reader = command.ExecuteReader();
        var columns = new List<SourceColumn>();
        while (reader.Read())
        {
            columns.Add(new SourceColumn(reader.GetString(0), reader.GetString(1)));
        }

        return columns;
    }

    private object? Scalar(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    private T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (DuckDBException exception)
        {
            throw Unreadable(Path, FirstLine(exception.Message), cause: exception);
        }
    }

    private static string FirstLine(string message) => message.Split('\n', 2)[0].TrimEnd('\r');

    private static ProblemException Unreadable(
        string path, string why, ExitCode exit = ExitCode.Usage, Exception? cause = null)
        => new(
            new Problem(
                "MLO2228",
                $"The data '{path}' could not be read.",
                why,
                "Run the verb again that writes it: `mlops run`, or `mlops data split`.")
            { Exit = exit },
            cause);
}
