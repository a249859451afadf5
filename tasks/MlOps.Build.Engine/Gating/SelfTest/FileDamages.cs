using MlOps.Build.Contracts;
using MlOps.Build.Engine.Data;
using MlOps.Build.Engine.Evaluating;

namespace MlOps.Build.Engine.Gating;

/// <summary>Ways to spoil a file of predictions, which its reader must refuse.</summary>
internal static class FileDamages
{
    public static readonly (string Name, string Change, string Sql)[] All =
    [
        ("rows-removed", "predictions that leave rows out", "SELECT * FROM predicted WHERE place % 10 > 0"),
        ("rows-repeated", "predictions that come twice", "SELECT * FROM predicted UNION ALL SELECT * FROM predicted WHERE place % 10 = 0"),
        ("rows-of-others", "predictions of rows that are not in the holdout", "SELECT * REPLACE (CASE WHEN place % 10 = 0 THEN 'other ' || row_id ELSE row_id END AS row_id) FROM predicted"),
    ];

    /// <summary>Writes a spoilt copy of a file of predictions.</summary>
    public static void Write(string sql, string predictions, string output)
    {
        using var session = new TableSession();
        session.Run($"CREATE TABLE predicted AS SELECT * REPLACE (CAST(row_id AS VARCHAR) AS row_id), row_number() OVER () AS place FROM {TableFile.ScanOf(predictions)}");
        session.Run($"COPY (SELECT * EXCLUDE (place) FROM ({sql})) TO {Sql.File(output)} (FORMAT parquet)");
    }

    /// <summary>Reads a spoilt copy; it comes back only if the reader takes it.</summary>
    /// <exception cref="ProblemException">The reader refuses it, as it should.</exception>
    public static void Read(LabelsFile labels, string predictions) => HoldoutReader.Read(labels, [predictions]);
}
