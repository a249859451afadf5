using DuckDB.NET.Data;

namespace MlOps.Build.Training.Tests;

/// <summary>Makes and reads Parquet files with SQL.</summary>
internal static class ParquetTable
{
    public static string Write(string path, string select)
    {
        Run($"COPY ({select}) TO '{path}' (FORMAT parquet)");
        return path;
    }

    /// <summary>Rows as texts joined with a bar, in the invariant culture; missing values are empty.</summary>
    public static IReadOnlyList<string> Read(string sql)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            var values = Enumerable.Range(0, reader.FieldCount)
                .Select(i => Convert.ToString(reader.GetValue(i), System.Globalization.CultureInfo.InvariantCulture));
            rows.Add(string.Join('|', values));
        }

        return rows;
    }

    private static void Run(string sql)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
