namespace MlOps.Build.Engine.Data;

/// <summary>The views of a session over <c>data</c>: <c>labelled</c> rows with their keys, then <c>parted</c>.</summary>
internal sealed class SplitViews(DataPlan plan, Dataset dataset, LabelRule label)
{
    /// <summary>Rows that have a label, with key, hash, group and time.</summary>
    public void CreateLabelled(DataSession session)
    {
        var group = plan.Data.Group is { } name ? $"CAST({Sql.Name(name)} AS VARCHAR)" : "CAST(NULL AS VARCHAR)";
        var time = plan.Data.Time is { } column && dataset[column].IsTime
            ? $"epoch_us(CAST({Sql.Name(column)} AS TIMESTAMP))"
            : "CAST(NULL AS BIGINT)";
        session.Run($"""
            CREATE OR REPLACE TEMP VIEW labelled AS
            SELECT *, {RowKey.Hash(Names.Key, Seeds.Split)} AS {Names.Hash}
            FROM (
                SELECT *, {RowKey.Of(plan.Data.Id, dataset.Columns)} AS {Names.Key},
                    {group} AS {Names.Group}, {time} AS {Names.Time}
                FROM data WHERE {label.IsPresent}
            )
            """);
    }

    /// <summary>The same rows with their part and, in the training part, their stratum.</summary>
    public void CreateParted(DataSession session, SplitRule rule)
    {
        var source = $"SELECT *, {rule.Expression} AS {Names.Part} FROM labelled";
        if (rule.Purges && plan.Data.Group is not null)
        {
            session.Run($"""
                CREATE OR REPLACE TEMP TABLE straddling AS
                SELECT {Names.Group} AS straddler, max({Names.Part}) AS last_part FROM ({source})
                WHERE {Names.Part} IS NOT NULL AND {Names.Group} IS NOT NULL
                GROUP BY 1 HAVING min({Names.Part}) < max({Names.Part})
                """);
            source = $"""
                SELECT split.* REPLACE (CASE WHEN {Names.Part} < straddling.last_part THEN NULL ELSE {Names.Part} END AS {Names.Part})
                FROM ({source}) AS split LEFT JOIN straddling ON split.{Names.Group} = straddling.straddler
                """;
        }

        var stratum = plan.Stratify is { } name
            ? $"coalesce(CAST({Sql.Name(name)} AS VARCHAR), {PartCounts.MissingStratum})"
            : "''";
        session.Run($"""
            CREATE OR REPLACE TEMP VIEW parted AS
            SELECT *, CASE WHEN {Names.Part} = {Part.Train} THEN {stratum} END AS {Names.Stratum} FROM ({source})
            """);
    }
}
