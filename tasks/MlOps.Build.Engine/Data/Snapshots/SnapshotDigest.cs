using System.Globalization;
using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Data;

/// <summary>Digests of a snapshot: functions of names and content, never of times, folders above the project or order.</summary>
public static class SnapshotDigest
{
    /// <summary>The Merkle root over the files, the row count, and each column with its profile.</summary>
    public static string Of(IReadOnlyList<FileDigest> files, long rows, IReadOnlyList<SnapshotColumn> columns)
        => Digest.MerkleRoot(
        [
            new FileDigest("files", files.Count, Digest.MerkleRoot(files)),
            new FileDigest("rows", rows, Digest.Of(rows.ToString(CultureInfo.InvariantCulture))),
            .. columns.Select((column, place) => new FileDigest(
                string.Create(CultureInfo.InvariantCulture, $"column/{place:0000}/{column.Name}"),
                column.Nulls,
                column.ProfileDigest)),
        ]);

    /// <summary>The digest of a column's name, type, counts and extremes.</summary>
    public static string OfColumn(string name, string type, long rows, long nulls, string? minimum, string? maximum)
        => Digest.Of(string.Join('\0', name, type, Number(rows), Number(nulls), minimum ?? "\u001e", maximum ?? "\u001e"));

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
