using System.Globalization;
using MlOps.Build.Contracts;

namespace MlOps.Build.Training;

/// <summary>The rows of a training: loaded, their labels checked.</summary>
internal sealed record TrainingRows
{
    public required ColumnarView Train { get; init; }

    public required ColumnarView? Validation { get; init; }

    /// <summary>Training rows of the file, with or without label.</summary>
    public required long TrainRowsRead { get; init; }

    public required long ValidationRowsRead { get; init; }

    public required ColumnSchema[] InputSchema { get; init; }

    public long WithoutLabel => TrainRowsRead - Train.Rows;

    /// <summary>Reads both files of a request.</summary>
    /// <exception cref="ProblemException">MLO2230: there is nothing to tell apart.</exception>
    public static TrainingRows Load(TrainRequest request, Type rowType, CancellationToken cancellationToken)
    {
        using var file = ParquetFile.Open(request.TrainData, request.Threads);
        var label = LabelPlan.For(request.Task, request.Columns.Label, file);
        var loader = new RowLoader(rowType, file);
        var train = loader.Read([label.Column], label.Where, cancellationToken: cancellationToken).Single();
        RefuseHopeless(train, request);
        var (validation, read) = LoadValidation(request, rowType, train, cancellationToken);
        return new TrainingRows
        {
            Train = train,
            Validation = validation,
            TrainRowsRead = file.Rows,
            ValidationRowsRead = read,
            InputSchema = loader.InputSchema,
        };
    }

    private static (ColumnarView? View, long Read) LoadValidation(
        TrainRequest request, Type rowType, ColumnarView train, CancellationToken cancellationToken)
    {
        if (request.ValidationData is null)
        {
            return (null, 0);
        }

        using var file = ParquetFile.Open(request.ValidationData, request.Threads);
        var label = LabelPlan.For(request.Task, request.Columns.Label, file);
        if (train.Columns[^1] is TextColumn classes)
        {
            label = label.OnlyClasses(classes.Texts);
        }

        var view = new RowLoader(rowType, file)
            .Read([label.Column], label.Where, cancellationToken: cancellationToken)
            .Single();
        return (view.Rows == 0 ? null : view, file.Rows);
    }

    private static void RefuseHopeless(ColumnarView train, TrainRequest request)
    {
        var classes = train.Columns[^1] switch
        {
            TextColumn texts => texts.Texts.Count,
            ValueColumn<bool> flags => ((bool[])flags.Values).Distinct().Count(),
            _ => 2,
        };
        var why = (train.Rows, classes) switch
        {
            (0, _) => "No training row has a label.",
            (_, < 2) => $"All {train.Rows.ToString(CultureInfo.InvariantCulture)} training rows have the same class.",
            _ => null,
        };
        if (why is not null)
        {
            throw new ProblemException(new Problem(
                "MLO2230",
                $"There is nothing to learn about '{request.Columns.Label}'.",
                why,
                "Check data.source, data.label, split and sample in mlops.yml; `mlops data validate` checks the label."));
        }
    }
}
