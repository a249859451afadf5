using System.Globalization;
using DuckDB.NET.Data;

namespace MlOps.Build.SharedData.Tests;

public sealed class TemplateDataTests
{
    [Fact]
    public void The_script_cuts_the_rows_that_lie_in_the_template()
    {
        var source = SharedData.Need("data/flights-3m.parquet");
        var folder = Directory.CreateTempSubdirectory("mlops-cut-").FullName;
        var cut = Path.Combine(folder, "flights.parquet");
        var committed = Path.Combine(
            SharedData.Repository, "templates/MlOps.Build.Templates/content/mlops-project/data/flights.parquet");
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();

        Run(connection, Script().Replace("package/data/flights-3m.parquet", source, StringComparison.Ordinal)
            .Replace("'flights.parquet'", $"'{cut}'", StringComparison.Ordinal));

        Assert.Equal("100000", Run(connection, $"SELECT count(*) FROM '{cut}'"));
        Assert.Equal("0", Run(connection, $"SELECT count(*) FROM (FROM '{cut}' EXCEPT ALL FROM '{committed}')"));
        Assert.Equal("0", Run(connection, $"SELECT count(*) FROM (FROM '{committed}' EXCEPT ALL FROM '{cut}')"));
        Directory.Delete(folder, recursive: true);
    }

    private static string Script() => File.ReadAllText(Path.Combine(SharedData.Repository, "templates/data/cut-flights.sql"));

    private static string Run(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture) ?? string.Empty;
    }
}
