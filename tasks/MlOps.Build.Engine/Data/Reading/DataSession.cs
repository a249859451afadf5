using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using DuckDB.NET.Data;

namespace MlOps.Build.Engine.Data;

/// <summary>An in-process DuckDB: where rows live, so that they never have to be in .NET memory.</summary>
public sealed class DataSession : IDisposable
{
    /// <summary>How the folder begins that takes the rows which do not fit into memory.</summary>
    internal const string SpillPrefix = "duckdb-";

    private readonly DuckDBConnection connection = new("DataSource=:memory:");
    private readonly CancellationToken cancellationToken;
    private readonly string temporary;

    /// <summary>Opens one.</summary>
    public DataSession(DataSettings settings, CancellationToken cancellationToken)
    {
        this.cancellationToken = cancellationToken;
        temporary = Path.Combine(Path.GetFullPath(settings.WorkDirectory), SpillPrefix + Path.GetRandomFileName());
        connection.Open();
        XxHash64Function.Register(connection);
        Run(string.Create(CultureInfo.InvariantCulture, $"""
            SET autoinstall_known_extensions = false;
            SET autoload_known_extensions = false;
            SET threads = {settings.Threads};
            SET memory_limit = '{settings.MemoryBytes} B';
            SET temp_directory = {Sql.Text(temporary)};
            SET preserve_insertion_order = false;
            SET TimeZone = 'UTC';
            """));
    }

    /// <summary>What is being read, so that a damaged file is not taken for a bug.</summary>
    public SourceFiles? Reading { get; set; }

    /// <summary>Runs statements that answer nothing.</summary>
    public void Run(string sql)
    {
        using var command = Command(sql);
        using var cancelling = cancellationToken.Register(command.Cancel);
        Guard(() => command.ExecuteNonQuery());
    }

    /// <summary>The rows of an answer, streamed: only one vector of them is in memory.</summary>
    public IEnumerable<T> Rows<T>(string sql, Func<DbDataReader, T> read)
    {
        using var command = Command(sql);
        command.UseStreamingMode = true;
        using var cancelling = cancellationToken.Register(command.Cancel);
        using var reader = Guard(command.ExecuteReader);

        // One delegate for all rows: one a row was 200 MB of garbage for three million.
        Func<bool> next = reader.Read;
        while (Guard(next))
        {
            yield return read(reader);
        }
    }

    /// <summary>The first row of an answer.</summary>
    public T Row<T>(string sql, Func<DbDataReader, T> read) => Rows(sql, read).First();

    /// <summary>A count.</summary>
    public long Count(string sql) => Row(sql, row => Convert.ToInt64(row.GetValue(0), CultureInfo.InvariantCulture));

    /// <summary>A table <c>name(value BIGINT)</c> with these values.</summary>
    public void Fill(string name, IEnumerable<long> values)
    {
        Run($"CREATE OR REPLACE TABLE {Sql.Name(name)} (value BIGINT)");
        using var appender = connection.CreateAppender(name);
        foreach (var value in values)
        {
            appender.CreateRow().AppendValue(value).EndRow();
        }
    }

    public void Dispose()
    {
        connection.Dispose();
        if (Directory.Exists(temporary))
        {
            Directory.Delete(temporary, recursive: true);
        }
    }

    [SuppressMessage("Security", "CA2100", Justification = "Names and values are written by Sql.")]
    private DuckDBCommand Command(string sql)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var command = connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }

    private T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (DuckDBException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (DuckDBException exception) when (DataProblems.TryExplain(exception, Reading) is { } problem)
        {
            throw new Contracts.ProblemException(problem, exception);
        }
    }
}
