using System.Globalization;
using System.Numerics;
using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Data;

/// <summary>How many rows went where.</summary>
/// <param name="Train">The training rows.</param>
/// <param name="Validation">The validation rows.</param>
/// <param name="Holdout">The holdout.</param>
/// <param name="Purged">Rows left out.</param>
/// <param name="Strata">The strata of the training rows; one without a name when nothing is stratified.</param>
internal sealed record PartCounts(
    SplitPart Train, SplitPart Validation, SplitPart Holdout, long Purged, IReadOnlyList<StratumSize> Strata)
{
    /// <summary>What stands for a missing value among strata, in SQL.</summary>
    public const string MissingStratum = "chr(30)";

    /// <summary>Counts the rows of the view <c>parted</c> in one pass.</summary>
    public static PartCounts Read(DataSession session, bool isStratified)
    {
        var groups = session.Rows(
            $"""
            SELECT {Names.Part}, {Names.Stratum}, count(*), {RowSet.Columns} FROM parted GROUP BY ALL
            """,
            row => (
                Part: row.IsDBNull(0) ? -1 : Convert.ToInt32(row.GetValue(0), CultureInfo.InvariantCulture),
                Stratum: row.IsDBNull(1) ? null : row.GetString(1),
                Rows: RowSet.Read(row, 2))).ToArray();
        return new PartCounts(
            Of(Data.Part.Train),
            Of(Data.Part.Validation),
            Of(Data.Part.Holdout),
            groups.Where(group => group.Part < 0).Sum(group => group.Rows.Rows),
            [.. groups
                .Where(group => group.Part == Data.Part.Train)
                .Select(group => new StratumSize(isStratified ? Name(group.Stratum) : null, group.Rows.Rows))
                .OrderBy(stratum => stratum.Name, StringComparer.Ordinal)]);

        SplitPart Of(int part) => groups.Where(group => group.Part == part)
            .Aggregate(RowSet.Empty, (sum, group) => sum.Plus(group.Rows)).ToPart();
    }

    /// <summary>A stratum's name; null for the one of missing values.</summary>
    private static string? Name(string? stratum) => stratum == "\u001e" ? null : stratum;
}

/// <summary>
/// A set of rows by their key hashes, whatever their order: the count, the sum and the exclusive or. It tells sets apart
/// that differ by accident; it is no defence against somebody who chooses keys.
/// </summary>
internal readonly record struct RowSet(long Rows, BigInteger Sum, ulong Xor)
{
    /// <summary>The aggregates after <c>count(*)</c>.</summary>
    public const string Columns = $"sum({Names.Hash}), bit_xor({Names.Hash})";

    public static RowSet Empty => new(0, BigInteger.Zero, 0);

    /// <summary>Reads count and aggregates.</summary>
    public static RowSet Read(System.Data.Common.DbDataReader row, int column)
        => row.GetInt64(column) is > 0 and var rows
            ? new RowSet(rows, row.GetFieldValue<BigInteger>(column + 1), row.GetFieldValue<ulong>(column + 2))
            : Empty;

    public RowSet Plus(RowSet other) => new(Rows + other.Rows, Sum + other.Sum, Xor ^ other.Xor);

    public string Digest => Contracts.Digest.Of(string.Create(CultureInfo.InvariantCulture, $"{Rows}:{Sum}:{Xor}"));

    public SplitPart ToPart() => new(Rows, Digest);
}
