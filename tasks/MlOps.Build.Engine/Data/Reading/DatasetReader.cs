using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;

namespace MlOps.Build.Engine.Data;

/// <summary>A column of a dataset.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type as DuckDB names it.</param>
public sealed record DatasetColumn(string Name, string Type)
{
    /// <summary>Whether its values are numbers.</summary>
    public bool IsNumber => IsWhole || IsFraction;

    /// <summary>Whether its values are whole numbers.</summary>
    public bool IsWhole => Type is "TINYINT" or "SMALLINT" or "INTEGER" or "BIGINT" or "HUGEINT"
        or "UTINYINT" or "USMALLINT" or "UINTEGER" or "UBIGINT" or "UHUGEINT";

    /// <summary>Whether its values may have a fraction.</summary>
    public bool IsFraction => IsFloat || Type.StartsWith("DECIMAL", StringComparison.Ordinal);

    /// <summary>Whether its values may be NaN or infinite.</summary>
    public bool IsFloat => Type is "FLOAT" or "DOUBLE";

    /// <summary>Whether its values are dates or times of a day that is known.</summary>
    public bool IsTime => Type is "DATE" || Type.StartsWith("TIMESTAMP", StringComparison.Ordinal);

    /// <summary>The name in SQL.</summary>
    internal string Sql => Data.Sql.Name(Name);
}

/// <summary>A dataset that can be queried as the view <c>data</c> of its session.</summary>
/// <param name="Files">Its files.</param>
/// <param name="Columns">Its columns, in file order.</param>
/// <param name="Rows">How many rows it has.</param>
public sealed record Dataset(SourceFiles Files, IReadOnlyList<DatasetColumn> Columns, long Rows)
{
    /// <summary>The column of a name that is known to exist.</summary>
    public DatasetColumn this[string name] => Columns.First(column => column.Name == name);
}

/// <summary>Opens a dataset in a session, strictly: what does not fit is a <see cref="Problem"/>, never a guess.</summary>
public static class DatasetReader
{
    /// <summary>Finds the files, agrees on their columns and makes the view <c>data</c>.</summary>
    /// <exception cref="ProblemException">MLO2101 to MLO2106 and MLO2111.</exception>
    public static Dataset Open(DataSession session, string projectRoot, DataConfiguration data)
    {
        var files = SourceFiles.Find(projectRoot, data.Source);
        session.Reading = files;
        var scan = files.Format is SourceFormat.Parquet ? Parquet(session, files) : CsvScan.Of(session, files, data);
        session.Run($"CREATE OR REPLACE TEMP VIEW data AS {scan}");
        var columns = Describe(session, "data");
        DataColumns.Check(data, columns);
        var rows = session.Count("SELECT count(*) FROM data");
        return rows > 0 ? new Dataset(files, columns, rows) : throw NoRows(files);
    }

    private static string Parquet(DataSession session, SourceFiles files)
    {
        var first = Scan([files.Files[0]]);
        var expected = Describe(session, first).Select(column => column.Name).ToArray();
        foreach (var file in files.Files.Skip(1))
        {
            SameColumns(files.Files[0], expected, file, [.. Describe(session, Scan([file])).Select(column => column.Name)]);
        }

        return "SELECT * FROM " + Scan(files.Files);

        static string Scan(IEnumerable<string> paths)
            => $"read_parquet([{string.Join(", ", paths.Select(Sql.File))}], union_by_name = true, hive_partitioning = false)";
    }

    internal static DatasetColumn[] Describe(DataSession session, string relation)
        => [.. session.Rows(
            $"DESCRIBE SELECT * FROM {relation}", row => new DatasetColumn(row.GetString(0), row.GetString(1)))];

    internal static void SameColumns(string first, IReadOnlyCollection<string> expected, string file, IReadOnlyCollection<string> found)
    {
        var missing = expected.Except(found, StringComparer.Ordinal).FirstOrDefault();
        var extra = found.Except(expected, StringComparer.Ordinal).FirstOrDefault();
        if (missing is not null || extra is not null)
        {
            throw new ProblemException(new Problem(
                "MLO2111",
                $"The files of the dataset have different columns: '{file}'.",
                missing is not null
                    ? $"It has no column '{missing}', which '{Path.GetFileName(first)}' has."
                    : $"It has a column '{extra}', which '{Path.GetFileName(first)}' has not.",
                "Give all files the same columns, or name fewer files in `data.source`."));
        }
    }

    private static ProblemException NoRows(SourceFiles files) => new(new Problem(
        "MLO2102",
        $"The file '{files.Files[0]}' could not be used.",
        files.Files.Count == 1 ? "It has a header and no rows." : $"None of the {files.Files.Count} files has a row.",
        "Fetch the data again, or name another file in `data.source`.")
    { Exit = ExitCode.Unavailable });
}
