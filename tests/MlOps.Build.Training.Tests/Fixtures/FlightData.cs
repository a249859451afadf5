namespace MlOps.Build.Training.Tests;

/// <summary>Made-up flights: lateness depends on carrier, hour and distance, with some noise from a fixed formula.</summary>
internal static class FlightData
{
    /// <summary>A select of <paramref name="rows"/> flights with the label columns <c>late</c>, <c>delay</c> and <c>reason</c>.</summary>
    public static string Select(int rows, int offset = 0, string columns = "*")
        => $"""
           WITH base AS (
             SELECT i, ['AA', 'B6', 'DL', 'UA'][1 + i % 4] AS carrier,
                    CASE WHEN i % 17 = 0 THEN NULL ELSE ['EWR', 'JFK', 'LGA'][1 + i % 3] END AS origin,
                    (200 + (i * 7919) % 2400)::INTEGER AS distance,
                    CASE WHEN i % 11 = 0 THEN NULL ELSE (30 + (i * 31) % 300)::DOUBLE END AS air_time,
                    TIMESTAMP '2024-01-01 00:00:00' + to_minutes((i * 97) % 500000) AS scheduled_departure,
                    ((i * 2654435761) % 1000) / 1000.0 AS noise
             FROM range({offset}, {offset + rows}) t(i)),
           scored AS (
             SELECT *, (i % 4) * 0.4 + hour(scheduled_departure) / 12.0 + distance / 2400.0 + noise AS risk FROM base),
           flights AS (
             SELECT 'f' || lpad(i::VARCHAR, 7, '0') AS row_id, carrier, origin, distance, air_time, scheduled_departure,
                    risk > 2.2 AS late, (risk * 20 - 30)::DOUBLE AS delay,
                    CASE WHEN risk > 2.8 THEN 'weather' WHEN risk > 2.0 THEN 'Crew' ELSE 'none' END AS reason
             FROM scored ORDER BY i)
           SELECT {columns} FROM flights
           """;
}
