using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using DuckDB.NET.Data;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>An in-process DuckDB for files of predictions and labels. It keeps the order of rows.</summary>
internal sealed class TableSession : IDisposable
{
    private readonly DuckDBConnection connection = new("DataSource=:memory:");

    public TableSession()
    {
        connection.Open();
        Run("SET autoinstall_known_extensions = false; SET autoload_known_extensions = false; SET preserve_insertion_order = true");
    }

    /// <summary>Opens a file. <paramref name="what"/> is what messages call it.</summary>
    /// <exception cref="Contracts.ProblemException">MLO2306: it is missing or no table.</exception>
    public TableFile Open(string path, string what)
    {
        if (!File.Exists(path))
        {
            throw ReadingProblems.Missing(what, path);
        }

        var scan = TableFile.ScanOf(path);
        try
        {
            var types = Rows($"DESCRIBE SELECT * FROM {scan}", row => (Name: row.GetString(0), Type: row.GetString(1)));
            return new(path, scan, types.ToDictionary(column => column.Name, column => column.Type));
        }
        catch (DuckDBException exception)
        {
            throw ReadingProblems.NoTable(what, path, exception);
        }
    }

    public void Run(string sql)
    {
        using var command = Command(sql);
        command.ExecuteNonQuery();
    }

    /// <summary>Runs what reads a file; a file that turns out to be damaged is the file's fault.</summary>
    /// <exception cref="Contracts.ProblemException">MLO2306.</exception>
    public void Load(TableFile file, string what, string sql)
    {
        try
        {
            Run(sql);
        }
        catch (DuckDBException exception)
        {
            throw ReadingProblems.NoTable(what, file.Path, exception);
        }
    }

    public List<T> Rows<T>(string sql, Func<DbDataReader, T> read)
    {
        var rows = new List<T>();
        Each(sql, row => rows.Add(read(row)));
        return rows;
    }

    public void Each(string sql, Action<DbDataReader> visit)
    {
        using var command = Command(sql);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            visit(reader);
        }
    }

    public void Dispose() => connection.Dispose();

    [SuppressMessage("Security", "CA2100", Justification = "Names and values are written by Sql.")]
    private DuckDBCommand Command(string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }
}
