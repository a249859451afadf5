using Microsoft.ML;
using Microsoft.ML.Data;

namespace Water.Quality;

public sealed class Well
{
    [LoadColumn(0)] public float Ph { get; set; }
    [LoadColumn(1)] public float Nitrate { get; set; }
    [LoadColumn(2)] public float Depth { get; set; }
    [LoadColumn(3)] public bool Potable { get; set; }
}

public static class Folds
{
    public static double Loss(string file)
    {
        var ml = new MLContext(seed: 9);
        var wells = ml.Data.LoadFromTextFile<Well>(file, hasHeader: true);
        var losses = new List<double>();
        foreach (var fold in ml.Data.CrossValidationSplit(wells, numberOfFolds: 10))
        {
            var model = ml.Transforms.Concatenate("Features", nameof(Well.Ph), nameof(Well.Nitrate), nameof(Well.Depth))
                .Append(ml.Transforms.NormalizeMinMax("Features"))
                .Append(ml.BinaryClassification.Trainers.Gam(nameof(Well.Potable)))
                .Fit(fold.TrainSet);
            losses.Add(ml.BinaryClassification.Evaluate(model.Transform(fold.TestSet), nameof(Well.Potable)).LogLoss);
        }

        return losses.Average();
    }
}
