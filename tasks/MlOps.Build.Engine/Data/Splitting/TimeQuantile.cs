namespace MlOps.Build.Engine.Data;

/// <summary>
/// Finds the exact value of a rank in a column of whole numbers by counting in ever smaller ranges, so that memory does
/// not depend on the number of rows.
/// </summary>
internal static class TimeQuantile
{
    private const long Bins = 8192;

    /// <summary>The value that stands at a rank, from 0, when all values are sorted.</summary>
    public static long AtRank(DataSession session, string relation, string column, long rank)
    {
        var (low, high) = session.Row(
            $"SELECT min({column}), max({column}) FROM {relation}", row => (row.GetInt64(0), row.GetInt64(1)));
        while (low < high)
        {
            var width = (long)(((Int128)high - low) / Bins) + 1;
            var bins = session.Rows(
                $"""
                SELECT ({column} - {Sql.Number(low)}) // {Sql.Number(width)}, count(*)
                FROM {relation} WHERE {column} BETWEEN {Sql.Number(low)} AND {Sql.Number(high)}
                GROUP BY 1 ORDER BY 1
                """,
                row => (Bin: row.GetInt64(0), Rows: row.GetInt64(1)));
            foreach (var (bin, rows) in bins)
            {
                if (rank < rows)
                {
                    high = Math.Min(high, low + (bin + 1) * width - 1);
                    low += bin * width;
                    break;
                }

                rank -= rows;
            }
        }

        return low;
    }
}
