using System.Globalization;
using DuckDB.NET.Data;

namespace MlOps.Build.Templates.Tests;

public sealed class DataTests
{
    private static readonly string File = Path.Combine(Repository.Content, "data", "flights.parquet");

    [Fact]
    public void The_file_is_small_enough_for_a_template()
        => Assert.InRange(new FileInfo(File).Length, 1, 2_000_000);

    [Theory]
    [InlineData("count(*)", "100000")]
    [InlineData("count(DISTINCT flight_id)", "100000")]
    [InlineData("count(*) FILTER (WHERE late <> (delay >= 30))", "0")]
    [InlineData("count(*) FILTER (WHERE (arrival = 'late') <> late OR (arrival = 'early') <> (delay < 0))", "0")]
    [InlineData("count(DISTINCT arrival)", "3")]
    [InlineData("count(*) FILTER (WHERE COLUMNS(*) IS NULL)", "0")]
    [InlineData("strftime(min(\"date\"), '%Y-%m-%d')", "2001-01-01")]
    [InlineData("strftime(max(\"date\"), '%Y-%m-%d')", "2001-06-30")]
    [InlineData("count(DISTINCT origin)", "227")]
    public void The_rows_are_what_the_data_dictionary_says(string expression, string expected)
        => Assert.Equal(expected, Ask($"SELECT {expression} FROM '{File}'"));

    [Fact]
    public void The_rows_stand_in_the_order_of_time()
        => Assert.Equal(
            "0",
            Ask($"""
                SELECT count(*) FROM (
                    SELECT "date" < lag("date") OVER (ORDER BY file_row_number) AS back
                    FROM read_parquet('{File}', file_row_number = true)) WHERE back
                """));

    [Fact]
    public void About_one_flight_in_eight_is_late_and_later_hours_are_worse()
    {
        var early = Share("hour(\"date\") BETWEEN 6 AND 9");
        var evening = Share("hour(\"date\") BETWEEN 18 AND 21");

        Assert.InRange(Share("true"), 0.11, 0.13);
        Assert.True(evening > 3 * early, $"{early} in the morning, {evening} in the evening");
    }

    private static double Share(string condition)
        => double.Parse(Ask($"SELECT avg(late::INT) FROM '{File}' WHERE {condition}"), CultureInfo.InvariantCulture);

    private static string Ask(string sql)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture)!;
    }
}
