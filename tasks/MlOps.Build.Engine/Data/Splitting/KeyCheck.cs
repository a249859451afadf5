using System.Globalization;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;

namespace MlOps.Build.Engine.Data;

/// <summary>
/// Finds ids that are missing or stand there twice. A bit for each hash, sixteen bits a row, finds the few rows that
/// could be repeated; only those are compared. Counting all ids would hold every one of them in memory.
/// </summary>
internal static class KeyCheck
{
    private const int MostSuspects = 1_000_000;

    /// <summary>What is wrong with the id.</summary>
    /// <param name="MissingRows">Rows without one.</param>
    /// <param name="RepeatedRows">Rows whose id stood there before.</param>
    /// <param name="Examples">Five ids that stand there more than once.</param>
    public sealed record Result(long MissingRows, long RepeatedRows, IReadOnlyList<string> Examples);

    /// <summary>Refuses a dataset whose id is not a key.</summary>
    /// <exception cref="ProblemException">MLO2108.</exception>
    public static void Refuse(DataSession session, Dataset dataset, DataConfiguration data)
    {
        var name = string.Join(", ", data.Id);
        var result = Look(session, dataset, data.Id);
        if (result.MissingRows > 0)
        {
            throw new ProblemException(new Problem(
                "MLO2108",
                $"The id '{name}' is not a key: {Rows(result.MissingRows)} without one.",
                "A row without an id cannot be joined with its prediction.",
                "Fill it in, or leave `data.id` out: the digest of the row is then the key."));
        }

        if (result.RepeatedRows > 0)
        {
            throw new ProblemException(new Problem(
                "MLO2108",
                $"The id '{name}' is not a key: {Rows(result.RepeatedRows)} with a repeated one.",
                $"For example: {string.Join(", ", result.Examples)}.",
                "Remove the repeated rows, or add a column to `data.id` that tells them apart."));
        }
    }

    /// <summary>Looks at the values of columns together; of none: at whole rows.</summary>
    public static Result Look(DataSession session, Dataset dataset, IReadOnlyList<string> columns)
    {
        var key = RowKey.Of(columns, dataset.Columns);
        var hash = RowKey.Hash("id", Seeds.Unique);
        var (shift, bits) = Bits(dataset.Rows);
        var (missing, suspects) = (0L, new HashSet<long>());
        var hashes = session.Rows(
            $"SELECT {hash} FROM (SELECT {key} AS id FROM data)",
            row => row.IsDBNull(0) ? (ulong?)null : row.GetFieldValue<ulong>(0));
        foreach (var found in hashes)
        {
            if (found is not { } value)
            {
                missing++;
            }
            else if (!Set(bits, value >> shift) && suspects.Count < MostSuspects)
            {
                suspects.Add((long)(value >> shift));
            }
        }

        return suspects.Count == 0 ? new Result(missing, 0, []) : Compare(session, key, hash, shift, suspects, missing);
    }

    private static Result Compare(
        DataSession session, string key, string hash, int shift, HashSet<long> suspects, long missing)
    {
        session.Fill("suspects", suspects);
        session.Run($"""
            CREATE OR REPLACE TEMP TABLE repeated AS
            SELECT id, count(*) AS rows FROM (SELECT {key} AS id FROM data) AS keys
            SEMI JOIN suspects ON ({hash} >> {shift})::BIGINT = suspects.value
            GROUP BY 1 HAVING count(*) > 1
            """);
        return new Result(
            missing,
            session.Count("SELECT coalesce(sum(rows - 1), 0)::BIGINT FROM repeated"),
            [.. session.Rows(
                "SELECT replace(id, chr(31), ' | '), rows FROM repeated ORDER BY rows DESC, id LIMIT 5",
                row => string.Create(CultureInfo.InvariantCulture, $"{row.GetString(0)} ({row.GetInt64(1)} rows)"))]);
    }

    private static (int Shift, ulong[] Bits) Bits(long rows)
    {
        var power = Math.Clamp(64 - System.Numerics.BitOperations.LeadingZeroCount((ulong)rows * 16), 16, 34);
        return (64 - power, new ulong[(1L << power) / 64]);
    }

    /// <summary>Sets a bit; whether it was not set before.</summary>
    private static bool Set(ulong[] bits, ulong index)
    {
        ref var word = ref bits[index / 64];
        var bit = 1UL << (int)(index % 64);
        var isNew = (word & bit) == 0;
        word |= bit;
        return isNew;
    }

    private static string Rows(long count)
        => string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? "row" : "rows")}");
}
