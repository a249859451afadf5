using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Data;

/// <summary>
/// Writes the answers of queries as Parquet whose bytes depend on the rows only: in the order of the key hash, with a
/// fixed row group and compression. A file is complete or not there.
/// </summary>
internal sealed class TableWriter(DataSession session, string folder)
{
    /// <summary>Writes the rows of a query that has the row id and the key hash.</summary>
    /// <returns>The full path.</returns>
    public string Write(string name, string rows, IEnumerable<string> columns)
    {
        var path = Path.GetFullPath(Path.Combine(folder, name));
        var temporary = path + ".tmp";
        return Guard(path, _ =>
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            try
            {
                session.Run($"""
                    COPY (
                        SELECT {Names.RowId} AS {DataColumns.RowId}{string.Concat(columns.Select(column => ", " + column))}
                        FROM ({rows}) ORDER BY {Names.Hash}, {Names.RowId}
                    ) TO {Sql.Text(temporary)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)
                    """);
                File.Move(temporary, path, overwrite: true);
            }
            finally
            {
                File.Delete(temporary);
            }

            return path;
        });
    }

    /// <summary>Writes a document.</summary>
    public void Write<T>(string name, T document)
        where T : class, IDocument
    {
        var path = Path.GetFullPath(Path.Combine(folder, name));
        Guard(path, _ =>
        {
            AtomicFile.Write(path, document);
            return path;
        });
    }

    internal static string Guard(string path, Func<string, string> write)
    {
        try
        {
            return write(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ProblemException(
                new Problem(
                    "MLO2114",
                    $"The folder '{Path.GetDirectoryName(path)}' could not be written.",
                    exception.Message,
                    "Make it writable, free some space, or name another folder.")
                { Exit = ExitCode.Unavailable },
                exception);
        }
    }
}
