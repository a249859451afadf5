namespace MlOps.Build.Engine.Data;

/// <summary>The files of a release: all rows.</summary>
internal sealed class TrainingFiles(DataSession session, TableWriter writer, SplitWork work)
{
    /// <summary>Writes training and validation rows.</summary>
    public PreparedTraining WriteAll()
    {
        var dataset = DatasetReader.Describe(session, "data");
        var columns = Columns(work, dataset);
        var rowId = RowKey.RowId(work.Plan.Data.Id.Count > 0);
        return new PreparedTraining(
            writer.Write("train.parquet", Rows(Part.Train), columns),
            work.Counts.Validation.Rows > 0 ? writer.Write("validation.parquet", Rows(Part.Validation), columns) : null,
            []);

        string Rows(int part) => $"SELECT *, {rowId} AS {Names.RowId} FROM parted WHERE {Names.Part} = {part}";
    }

    /// <summary>The columns of a trainer's file, with the label as trainers get it.</summary>
    public static IEnumerable<string> Columns(SplitWork work, IEnumerable<DatasetColumn> dataset)
        => DataColumns.ForTrainer(work.Plan.Data, dataset).Select(column =>
            column.Name == work.Plan.Data.Label ? $"{work.Label.Value} AS {column.Sql}" : column.Sql);
}
