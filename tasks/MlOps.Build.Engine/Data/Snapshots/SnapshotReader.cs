using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Data;

/// <summary>Takes the snapshot of a dataset that is open.</summary>
internal static class SnapshotReader
{
    // One pass looks at this many columns: enough to be quick, few enough for a table of thousands.
    private const int ColumnsAPass = 200;

    /// <summary>Reads every byte of the files and every value of the columns.</summary>
    public static Snapshot Read(DataSession session, string projectRoot, string source, Dataset dataset)
    {
        FileDigest[] files = [.. dataset.Files.Files
            .Select(path => new FileDigest(Relative(projectRoot, path), new FileInfo(path).Length, Digest.OfFile(path)))
            .OrderBy(file => file.Path, StringComparer.Ordinal)];
        SnapshotColumn[] columns = [.. dataset.Columns.Chunk(ColumnsAPass).SelectMany(chunk => Profile(session, dataset, chunk))];
        return new Snapshot
        {
            Digest = SnapshotDigest.Of(files, dataset.Rows, columns),
            Source = source,
            Files = files,
            Rows = dataset.Rows,
            Columns = columns,
        };
    }

    private static SnapshotColumn[] Profile(DataSession session, Dataset dataset, DatasetColumn[] columns)
    {
        var aggregates = columns.Select(column =>
            $"count({column.Sql}), CAST(min({column.Sql}) AS VARCHAR), CAST(max({column.Sql}) AS VARCHAR)");
        return session.Row(
            $"SELECT {string.Join(", ", aggregates)} FROM data",
            row => columns.Select((column, place) => Column(
                column,
                dataset.Rows,
                dataset.Rows - row.GetInt64(place * 3),
                row.IsDBNull(place * 3 + 1) ? null : row.GetString(place * 3 + 1),
                row.IsDBNull(place * 3 + 2) ? null : row.GetString(place * 3 + 2))).ToArray());
    }

    private static SnapshotColumn Column(DatasetColumn column, long rows, long nulls, string? minimum, string? maximum)
        => new(
            column.Name,
            column.Type,
            nulls,
            minimum,
            maximum,
            SnapshotDigest.OfColumn(column.Name, column.Type, rows, nulls, minimum, maximum));

    private static string Relative(string projectRoot, string path)
        => Path.GetRelativePath(Path.GetFullPath(projectRoot), path).Replace(Path.DirectorySeparatorChar, '/');
}
