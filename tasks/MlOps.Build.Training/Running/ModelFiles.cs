using Microsoft.ML;
using MlOps.Build.Contracts;

namespace MlOps.Build.Training;

/// <summary>The files of a model folder.</summary>
internal static class ModelFiles
{
    public const string Model = "model.zip";
    public const string Schema = "schema.json";

    /// <summary>Writes the model with the row as its input, without the label that services do not have.</summary>
    public static void Write(MLContext ml, FittedModel fitted, TrainingRows rows, TrainRequest request)
    {
        var directory = Path.Combine(request.OutputDirectory, "model");
        using var zip = new MemoryStream();
        ml.Model.Save(fitted.Model, rows.Train.Without(TrainingContext.LabelColumn).Schema, zip);
        zip.Position = 0;
        CanonicalZip.Write(zip, Path.Combine(directory, Model));
        AtomicFile.Write(
            Path.Combine(directory, Schema),
            new ModelSchema { Task = request.Task, Input = rows.InputSchema, Classes = fitted.Classes });
    }
}
