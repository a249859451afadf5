using System;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;

class MachineRow
{
    [LoadColumn(0)] public float Temperature;
    [LoadColumn(1)] public float Vibration;
    [LoadColumn(2)] public float Pressure;
    [LoadColumn(3), ColumnName("Label")] public bool FailedWithin24h;
}

class Program
{
    static void Main()
    {
        var mlContext = new MLContext(seed: 0);
        var data = mlContext.Data.LoadFromTextFile<MachineRow>("machines.csv", hasHeader: true, separatorChar: ',');
        var split = mlContext.Data.TrainTestSplit(data, testFraction: 0.2);

        var pipeline = mlContext.Transforms.Concatenate("Features", "Temperature", "Vibration", "Pressure")
            .Append(mlContext.BinaryClassification.Trainers.FastForest(new FastForestBinaryTrainer.Options
            {
                NumberOfTrees = 100,
                NumberOfLeaves = 10,
                FeatureFraction = 0.8,
            }));

        var model = pipeline.Fit(split.TrainSet);
        var metrics = mlContext.BinaryClassification.Evaluate(model.Transform(split.TestSet));

        Console.WriteLine($"Accuracy: {metrics.Accuracy:P2}");
        Console.WriteLine($"F1: {metrics.F1Score:P2}");
    }
}
