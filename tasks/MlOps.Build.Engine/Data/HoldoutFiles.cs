using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Data;

/// <summary>A part whose labels scorers do not see, such as the holdout: rows for scorers, labels for the evaluation.</summary>
internal sealed class HoldoutFiles(DataSession session, TableWriter writer, SplitWork work, ScoredPart part)
{
    private long Available => part.Part == Part.Holdout ? work.Counts.Holdout.Rows : work.Counts.Validation.Rows;

    /// <summary>Writes both files.</summary>
    public PreparedHoldout Write()
    {
        var dataset = DatasetReader.Describe(session, "data");
        var wanted = work.Plan.Mode is RunMode.Pr
            ? Math.Min(Available, DataPlan.HoldoutCap)
            : Available;
        for (var slack = BottomK.Slack; !Pick(wanted, slack); slack *= 8)
        {
            // As for samples: only rows that are repeated very often hash so unevenly.
        }

        var found = session.Row($"SELECT count(*), {RowSet.Columns} FROM holdout", row => RowSet.Read(row, 0));
        if (found.Rows != wanted)
        {
            throw new InvalidOperationException(FormattableString.Invariant(
                $"The file {part.Data} has {found.Rows} rows; {wanted} were planned."));
        }

        return new PreparedHoldout(
            writer.Write(
                part.Data,
                "SELECT * FROM holdout",
                DataColumns.ForScorer(work.Plan.Data, dataset).Select(column => column.Sql)),
            writer.Write(
                part.Labels,
                "SELECT * FROM holdout",
                DataColumns.ForEvaluation(work.Plan.Data, dataset).Select(column =>
                    column.Name == work.Plan.Data.Label ? $"{work.Label.Value} AS {column.Sql}" : column.Sql)),
            found.Rows,
            found.Digest);
    }

    private bool Pick(long wanted, double slack)
    {
        var order = RowKey.Hash(Names.Key, Seeds.Holdout);
        var cutoff = wanted == Available ? ulong.MaxValue : BottomK.Cutoff(wanted, Available, slack);
        var rowId = RowKey.RowId(work.Plan.Data.Id.Count > 0);
        session.Run($"""
            CREATE OR REPLACE TEMP TABLE holdout AS
            SELECT *, {rowId} AS {Names.RowId} FROM (
                SELECT * FROM parted WHERE {Names.Part} = {part.Part}{(cutoff == ulong.MaxValue ? string.Empty : $" AND {order} <= {Sql.Hash(cutoff)}")}
                {(wanted == Available ? string.Empty : $"ORDER BY {order}, {Names.Key} LIMIT {Sql.Number(wanted)}")}
            )
            """);
        return session.Count("SELECT count(*) FROM holdout") == wanted || cutoff == ulong.MaxValue;
    }
}

/// <summary>A part of the split and the files that are made of it.</summary>
internal sealed record ScoredPart(int Part, string Data, string Labels)
{
    public static ScoredPart Holdout { get; } = new(MlOps.Build.Engine.Data.Part.Holdout, "holdout.parquet", "holdout-labels.parquet");

    /// <summary>The rows that a threshold is chosen on; trainers have them too, with their label.</summary>
    public static ScoredPart Validation { get; } = new(MlOps.Build.Engine.Data.Part.Validation, "validation-rows.parquet", "validation-labels.parquet");
}
