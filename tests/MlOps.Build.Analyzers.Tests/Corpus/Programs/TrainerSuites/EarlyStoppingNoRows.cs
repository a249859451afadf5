using System;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.LightGbm;

var ml = new MLContext(seed: 10);
var data = ml.Data.LoadFromTextFile<Sale>("sales.csv", separatorChar: ',', hasHeader: true);
var parts = ml.Data.TrainTestSplit(data, testFraction: 0.2);

var options = new LightGbmRegressionTrainer.Options
{
    LabelColumnName = nameof(Sale.Units),
    NumberOfIterations = 1000,
    EarlyStoppingRound = 30,
    LearningRate = 0.1,
    NumberOfLeaves = 63,
    MinimumExampleCountPerLeaf = 20,
    UseCategoricalSplit = false,
};
var byVariable = ml.Transforms.Concatenate("Features", nameof(Sale.Price), nameof(Sale.Week))
    .Append(ml.Regression.Trainers.LightGbm(options))
    .Fit(parts.TrainSet);

var inline = ml.Transforms.Concatenate("Features", nameof(Sale.Price), nameof(Sale.Week))
    .Append(ml.Regression.Trainers.LightGbm(new LightGbmRegressionTrainer.Options
    {
        LabelColumnName = nameof(Sale.Units),
        EarlyStoppingRound = 30,
        NumberOfIterations = 1000,
        LearningRate = 0.1,
        NumberOfLeaves = 63,
        MinimumExampleCountPerLeaf = 20,
        UseCategoricalSplit = false,
    }))
    .Fit(parts.TrainSet);

Console.WriteLine(ml.Regression.Evaluate(byVariable.Transform(parts.TestSet), nameof(Sale.Units)).RSquared);
Console.WriteLine(ml.Regression.Evaluate(inline.Transform(parts.TestSet), nameof(Sale.Units)).RSquared);

class Sale
{
    [LoadColumn(0)] public float Price { get; set; }
    [LoadColumn(1)] public float Week { get; set; }
    [LoadColumn(2)] public float Units { get; set; }
}
