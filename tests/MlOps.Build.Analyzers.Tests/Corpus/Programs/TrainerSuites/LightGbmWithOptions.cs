using System;
using System.IO;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.LightGbm;

namespace Flights.Delay;

public class Flight
{
    [LoadColumn(0)] public string Carrier { get; set; }
    [LoadColumn(1)] public float Hour { get; set; }
    [LoadColumn(2)] public float Distance { get; set; }
    [LoadColumn(3)] public bool Late { get; set; }
}

public static class Program
{
    public static int Main(string[] args)
    {
        var ml = new MLContext(seed: 1);
        var train = ml.Data.LoadFromTextFile<Flight>(args[0], separatorChar: ',', hasHeader: true, allowQuoting: true);
        var validation = ml.Data.LoadFromTextFile<Flight>(args[1], separatorChar: ',', hasHeader: true, allowQuoting: true);
        var test = ml.Data.LoadFromTextFile<Flight>(args[2], separatorChar: ',', hasHeader: true, allowQuoting: true);

        var prepare = ml.Transforms.Categorical.OneHotEncoding("CarrierKind", nameof(Flight.Carrier))
            .Append(ml.Transforms.Concatenate("Features", "CarrierKind", nameof(Flight.Hour), nameof(Flight.Distance)));
        var trainer = ml.BinaryClassification.Trainers.LightGbm(new LightGbmBinaryTrainer.Options
        {
            LabelColumnName = nameof(Flight.Late),
            NumberOfIterations = 500,
            NumberOfLeaves = 31,
            LearningRate = 0.05,
            MinimumExampleCountPerLeaf = 50,
            UseCategoricalSplit = false,
            EarlyStoppingRound = 25,
            Deterministic = true,
        });

        var prepared = prepare.Fit(train);
        var predictor = trainer.Fit(prepared.Transform(train), prepared.Transform(validation));
        var model = prepared.Append(predictor);
        var metrics = ml.BinaryClassification.Evaluate(model.Transform(test), nameof(Flight.Late));
        Console.WriteLine($"{metrics.AreaUnderRocCurve:F4} {metrics.AreaUnderPrecisionRecallCurve:F4}");
        ml.Model.Save(model, train.Schema, Path.Combine(AppContext.BaseDirectory, "delay.zip"));
        return 0;
    }
}
