using System.Globalization;
using DuckDB.NET.Data;

namespace MlOps.Build.Engine.Training;

/// <summary>The few questions <see cref="PredictionCheck"/> asks of two Parquet files.</summary>
internal sealed class PredictionQuery(DuckDBConnection connection, string holdout, string predictions)
{
    public void CreateViews()
    {
        // What does not fit into memory is spilled beside the predictions and not into the current folder.
        Execute($"SET temp_directory = {Text(predictions + ".tmp")}");
        Execute("SET autoinstall_known_extensions = false");
        // Ids are compared as text: a scorer may write a number as text, which is still the same id.
        Execute($"CREATE VIEW predictions AS SELECT * FROM read_parquet({Text(predictions)})");
        Execute($"CREATE VIEW holdout_ids AS SELECT CAST(row_id AS VARCHAR) AS id FROM read_parquet({Text(holdout)})");
    }

    public long Number(string sql)
    {
        EnsureIds();
        using var command = Command(sql);
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    public IReadOnlyList<string> Texts(string sql)
    {
        using var command = Command(sql);
        using var reader = command.ExecuteReader();
        var texts = new List<string>();
        while (reader.Read())
        {
            texts.Add(reader.GetString(0));
        }

        return texts;
    }

    public static string Name(string column) => "\"" + column.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    private static string Text(string value) => "'" + value.Replace("'", "''", StringComparison.Ordinal) + "'";

    /// <summary>Made when first needed: whether there is a row_id is only known after the columns were listed.</summary>
    private void EnsureIds()
        => Execute("CREATE VIEW IF NOT EXISTS prediction_ids AS SELECT CAST(row_id AS VARCHAR) AS id FROM predictions");

    private void Execute(string sql)
    {
        using var command = Command(sql);
        command.ExecuteNonQuery();
    }

    private DuckDBCommand Command(string sql)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // Only file and column names are put in, quoted as DuckDB reads them.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command;
    }
}
