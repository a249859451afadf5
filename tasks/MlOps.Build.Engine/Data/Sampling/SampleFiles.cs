using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Data;

/// <summary>
/// The files of a pull request. One pass over the data picks the rows that may be in a sample or among the validation
/// rows; only those are sorted, so memory does not grow with the data.
/// </summary>
internal sealed class SampleFiles(DataSession session, TableWriter writer, SplitWork work)
{
    private readonly DatasetColumn[] dataset = DatasetReader.Describe(session, "data");

    /// <summary>Writes validation rows and samples.</summary>
    public PreparedTraining Write(long firstSeed)
    {
        var plan = work.Plan;
        var seeds = Enumerable.Range(0, plan.Sample.Seeds).Select(replicate => firstSeed + replicate).ToArray();

        // At most half of the training rows, so that replicates differ.
        var rows = Math.Clamp(work.Counts.Train.Rows / 2, 1, plan.Sample.Rows);
        var shares = LargestRemainder.Allocate(work.Counts.Strata, rows);
        var validation = Math.Min(work.Counts.Validation.Rows, plan.Sample.Rows);
        for (var slack = BottomK.Slack; !Pick(seeds, shares, validation, slack); slack *= 8)
        {
            // Only rows whose content is repeated very often, without an id, hash so unevenly.
        }

        var columns = TrainingFiles.Columns(work, dataset).ToArray();
        return new PreparedTraining(
            null,
            validation > 0 ? writer.Write("validation.parquet", Validation(validation), columns) : null,
            [.. seeds.Select((seed, replicate) => Replicate(seed, replicate, shares, columns))]);
    }

    private bool Pick(long[] seeds, IReadOnlyList<SampleShare> shares, long validation, double slack)
    {
        session.Run($"CREATE OR REPLACE TEMP TABLE shares ({Names.Share} VARCHAR, {Names.Taken} BIGINT, {Names.Cutoff} UBIGINT)");
        foreach (var chunk in shares.Chunk(500))
        {
            session.Run("INSERT INTO shares VALUES " + string.Join(", ", chunk.Select(share =>
                $"({Stratum(share)}, {Sql.Number(share.Taken)}, {Sql.Hash(BottomK.Cutoff(share.Taken, share.Available, slack))})")));
        }

        var hashes = seeds.Select(seed => RowKey.Hash(Names.Key, Seeds.Sample(seed))).ToArray();
        var needed = dataset.Select(column => column.Sql).Append(Names.Key).Append(Names.Hash).Append(Names.Part);
        var cutoff = Sql.Hash(BottomK.Cutoff(validation, work.Counts.Validation.Rows, slack));
        var order = RowKey.Hash(Names.Key, Seeds.Validation);
        session.Run($"""
            CREATE OR REPLACE TEMP TABLE picked AS
            SELECT {string.Join(", ", needed)}, {Names.Stratum}, {Names.Taken}, {Names.Cutoff}, {order} AS {Names.Order}
                {string.Concat(hashes.Select((hash, replicate) => $", {hash} AS {Order(replicate)}"))}
            FROM parted LEFT JOIN shares ON {Names.Stratum} = {Names.Share}
            WHERE {Names.Part} = {Part.Validation} AND {order} <= {cutoff}
                OR {Names.Taken} > 0 AND ({string.Join(" OR ", hashes.Select(hash => $"{hash} <= {Names.Cutoff}"))})
            """);
        return Enough($"{Names.Part} = {Part.Validation}", validation) && Enumerable.Range(0, seeds.Length).All(
            replicate => session.Count($"""
                SELECT count(*) FROM shares
                WHERE {Names.Taken} > (SELECT count(*) FROM picked
                    WHERE {Names.Stratum} = {Names.Share} AND {Order(replicate)} <= shares.{Names.Cutoff})
                """) == 0);
    }

    private bool Enough(string condition, long rows)
        => session.Count($"SELECT count(*) FROM picked WHERE {condition}") >= rows;

    private PreparedReplicate Replicate(
        long seed, int replicate, IReadOnlyList<SampleShare> shares, IEnumerable<string> columns)
    {
        var name = FormattableString.Invariant($"sample-{replicate}");
        session.Run($"""
            CREATE OR REPLACE TEMP TABLE sample AS
            SELECT *, {RowId} AS {Names.RowId} FROM (
                SELECT *, row_number() OVER (PARTITION BY {Names.Stratum} ORDER BY {Order(replicate)}, {Names.Key}) AS {Names.Place}
                FROM picked WHERE {Names.Part} = {Part.Train}
            ) WHERE {Names.Place} <= {Names.Taken}
            """);
        var found = session.Row($"SELECT count(*), {RowSet.Columns} FROM sample", row => RowSet.Read(row, 0));
        var record = new SampleRecord
        {
            Seed = seed,
            RequestedRows = work.Plan.Sample.Rows,
            AvailableRows = work.Counts.Train.Rows,
            Rows = found.Rows,
            StratifiedBy = work.Plan.Stratify,
            Strata = work.Plan.Stratify is null
                ? []
                : [.. shares.Select(share => new SampleStratum(share.Name, share.Available, share.Taken))],
            Digest = found.Digest,
        };
        var path = writer.Write(Path.Combine(name, "train.parquet"), "SELECT * FROM sample", columns);
        writer.Write(Path.Combine(name, "sample.json"), record);
        return new PreparedReplicate(seed, path, record);
    }

    private string Validation(long rows) => $"""
        SELECT *, {RowId} AS {Names.RowId} FROM (
            SELECT * FROM picked WHERE {Names.Part} = {Part.Validation}
            ORDER BY {Names.Order}, {Names.Key} LIMIT {Sql.Number(rows)}
        )
        """;

    private string RowId => RowKey.RowId(work.Plan.Data.Id.Count > 0);

    private string Stratum(SampleShare share)
        => work.Plan.Stratify is null ? "''" : share.Name is null ? PartCounts.MissingStratum : Sql.Text(share.Name);

    private static string Order(int replicate) => FormattableString.Invariant($"\"mlops:order-{replicate}\"");
}
