using System;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Parking;

public sealed class Lot
{
    [LoadColumn(0)] public float Hour { get; set; }
    [LoadColumn(1)] public float Weekday { get; set; }
    [LoadColumn(2)] public float Free { get; set; }
    [LoadColumn(3), ColumnName("w")] public float Weight { get; set; }
}

public static class Program
{
    private const string Features = "Features";

    public static void Main()
    {
        var ml = new MLContext(seed: 3);
        var data = ml.Data.LoadFromTextFile<Lot>("lots.txt");
        var split = ml.Data.TrainTestSplit(data);
        var model = ml.Transforms.Concatenate(Features, nameof(Lot.Hour), nameof(Lot.Weekday))
            .Append(ml.Regression.Trainers.FastTree(nameof(Lot.Free), Features, exampleWeightColumnName: "w"))
            .Fit(split.TrainSet);
        Console.WriteLine(ml.Regression.Evaluate(model.Transform(split.TestSet), nameof(Lot.Free)).RSquared);
    }
}
