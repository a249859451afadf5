using System.Numerics.Tensors;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlOps.Build.Contracts;

namespace MlOps.Build.Training;

/// <summary>A row's answer: the class if there are several, and one score or one a class.</summary>
internal delegate void PredictionHandler(string? prediction, ReadOnlySpan<float> scores);

/// <summary>A saved model, ready to score rows.</summary>
internal sealed class ScoringModel
{
    private readonly ITransformer _model;

    private ScoringModel(ITransformer model, ModelSchema schema) => (_model, Schema) = (model, schema);

    public ModelSchema Schema { get; }

    /// <summary>Loads a model folder.</summary>
    /// <exception cref="ProblemException">MLO2233: there is no model, or it cannot be loaded.</exception>
    public static ScoringModel Load(MLContext ml, string directory)
    {
        var schema = Documents.Read<ModelSchema>(Path.Combine(directory, ModelFiles.Schema));
        var path = Path.Combine(directory, ModelFiles.Model);
        try
        {
            return new ScoringModel(ml.Model.Load(path, out _), schema);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or FormatException or InvalidOperationException)
        {
            throw new ProblemException(
                new Problem(
                    "MLO2233",
                    $"The model '{path}' could not be loaded.",
                    exception.Message,
                    "Train it again with `mlops run --no-cache`, or score it with the scorer of its own package."),
                exception);
        }
    }

    public void Score(IDataView rows, PredictionHandler handle)
    {
        var scored = _model.Transform(rows);
        switch (Schema.Task)
        {
            case ModelTask.BinaryClassification:
                ScoreNumbers(scored, "Probability", handle);
                break;
            case ModelTask.Regression:
                ScoreNumbers(scored, "Score", handle);
                break;
            default:
                ScoreClasses(scored, handle);
                break;
        }
    }

    /// <summary>
    /// Times the rows one by one, as a prediction engine answers them: without a pipeline made anew for each. Null for a model
    /// that does not answer row by row.
    /// </summary>
    public ScoreTimings? TimeRows(ColumnarView rows, CancellationToken cancellationToken)
    {
        if (!_model.IsRowToRowMapper || rows.Rows == 0)
        {
            return null;
        }

        return Schema.Task == ModelTask.MulticlassClassification
            ? RowTimer.Time<VBuffer<float>>(_model, rows, "Score", cancellationToken)
            : RowTimer.Time<float>(_model, rows, Schema.Task == ModelTask.Regression ? "Score" : "Probability", cancellationToken);
    }

    private static void ScoreNumbers(IDataView scored, string column, PredictionHandler handle)
    {
        var source = Column(scored.Schema, column);
        using var cursor = scored.GetRowCursor([source]);
        var getter = cursor.GetGetter<float>(source);
        float value = 0;
        while (cursor.MoveNext())
        {
            getter(ref value);
            handle(null, [value]);
        }
    }

    private void ScoreClasses(IDataView scored, PredictionHandler handle)
    {
        var source = Column(scored.Schema, "Score");
        using var cursor = scored.GetRowCursor([source]);
        var getter = cursor.GetGetter<VBuffer<float>>(source);
        VBuffer<float> values = default;
        var scores = new float[Schema.Classes.Length];
        while (cursor.MoveNext())
        {
            getter(ref values);
            values.CopyTo(scores);
            handle(Schema.Classes[TensorPrimitives.IndexOfMax(scores)], scores);
        }
    }

    internal static DataViewSchema.Column Column(DataViewSchema schema, string name)
        => schema.GetColumnOrNull(name) ?? throw new ProblemException(new Problem(
            "MLO2234",
            $"The model gives no column '{name}'.",
            $"It gives {string.Join(", ", schema.Select(column => column.Name))}.",
            "Use a learner that gives it; for a margin without probability append ml.BinaryClassification.Calibrators.Platt()."));
}
