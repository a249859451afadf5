// Look around: `dotnet run --project explore/LateFlights.Explore` from the root of the repository.
// Nothing here is trained on, judged or deployed. What proves useful moves to src/, with a test.
using DuckDB.NET.Data;

var question = args.Length > 0
    ? args[0]
    : """
        SELECT hour("date") AS hour, count(*) AS flights, round(avg(delay), 1) AS mean_delay, round(avg(late::INT), 3) AS late
        FROM 'data/flights.parquet' GROUP BY ALL ORDER BY hour
        """;
using var connection = new DuckDBConnection("DataSource=:memory:");
connection.Open();
using var command = connection.CreateCommand();
command.CommandText = question;
using var rows = command.ExecuteReader();
Console.WriteLine(string.Join('\t', Enumerable.Range(0, rows.FieldCount).Select(rows.GetName)));
while (rows.Read())
{
    Console.WriteLine(string.Join('\t', Enumerable.Range(0, rows.FieldCount).Select(rows.GetValue)));
}
