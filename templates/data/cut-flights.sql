-- Cuts the template's data set out of vega-datasets: deterministic, whatever the version of DuckDB or the number of threads.
--   npm pack vega-datasets@3.2.1 && tar xzf vega-datasets-3.2.1.tgz package/data/flights-3m.parquet
--   duckdb < cut-flights.sql        (reads package/data/flights-3m.parquet, writes flights.parquet)
-- The 100,000 rows with the smallest MD5 are kept; flight_id is the row's place in the source file.
-- Hours, minutes and airports are as published; only the three answers are derived, all from the delay.
COPY (
    SELECT
        CAST(file_row_number AS INTEGER) AS flight_id,
        "date",
        CAST(distance AS SMALLINT) AS distance,
        origin,
        destination,
        CAST(delay AS SMALLINT) AS delay,
        delay >= 30 AS late,
        CASE WHEN delay < 0 THEN 'early' WHEN delay < 30 THEN 'on-time' ELSE 'late' END AS arrival
    FROM (
        SELECT *
        FROM read_parquet('package/data/flights-3m.parquet', file_row_number = true)
        ORDER BY md5(concat_ws('|', file_row_number, "date", delay, distance, origin, destination))
        LIMIT 100000
    )
    ORDER BY "date", flight_id
) TO 'flights.parquet' (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 19);
