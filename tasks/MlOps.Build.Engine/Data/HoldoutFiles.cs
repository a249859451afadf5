using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Data;

/// <summary>The holdout: rows without labels for scorers, labels for the evaluation.</summary>
internal sealed class HoldoutFiles(DataSession session, TableWriter writer, SplitWork work)
{
    /// <summary>Writes both files.</summary>
    public PreparedHoldout Write()
    {
        var dataset = DatasetReader.Describe(session, "data");
        var wanted = work.Plan.Mode is RunMode.Pr
            ? Math.Min(work.Counts.Holdout.Rows, DataPlan.HoldoutCap)
            : work.Counts.Holdout.Rows;
        for (var slack = BottomK.Slack; !Pick(wanted, slack); slack *= 8)
        {
            // As for samples: only rows that are repeated very often hash so unevenly.
        }

        var found = session.Row($"SELECT count(*), {RowSet.Columns} FROM holdout", row => RowSet.Read(row, 0));
        if (found.Rows != wanted)
        {
            throw new InvalidOperationException(FormattableString.Invariant(
                $"The holdout has {found.Rows} rows; {wanted} were planned."));
        }

        return new PreparedHoldout(
            writer.Write(
                "holdout.parquet",
                "SELECT * FROM holdout",
                DataColumns.ForScorer(work.Plan.Data, dataset).Select(column => column.Sql)),
            writer.Write(
                "holdout-labels.parquet",
                "SELECT * FROM holdout",
                DataColumns.ForEvaluation(work.Plan.Data, dataset).Select(column =>
                    column.Name == work.Plan.Data.Label ? $"{work.Label.Value} AS {column.Sql}" : column.Sql)),
            found.Rows,
            found.Digest);
    }

    private bool Pick(long wanted, double slack)
    {
        var available = work.Counts.Holdout.Rows;
        var order = RowKey.Hash(Names.Key, Seeds.Holdout);
        var cutoff = wanted == available ? ulong.MaxValue : BottomK.Cutoff(wanted, available, slack);
        var rowId = RowKey.RowId(work.Plan.Data.Id.Count > 0);
        session.Run($"""
            CREATE OR REPLACE TEMP TABLE holdout AS
            SELECT *, {rowId} AS {Names.RowId} FROM (
                SELECT * FROM parted WHERE {Names.Part} = {Part.Holdout}{(cutoff == ulong.MaxValue ? string.Empty : $" AND {order} <= {Sql.Hash(cutoff)}")}
                {(wanted == available ? string.Empty : $"ORDER BY {order}, {Names.Key} LIMIT {Sql.Number(wanted)}")}
            )
            """);
        return session.Count("SELECT count(*) FROM holdout") == wanted || cutoff == ulong.MaxValue;
    }
}
