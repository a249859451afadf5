using System;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

var ml = new MLContext(seed: 14);
var visits = ml.Data.LoadFromTextFile<Hour>("visits.tsv", hasHeader: true);
var split = ml.Data.TrainTestSplit(visits, testFraction: 0.25);

var model = ml.Transforms.Categorical.OneHotEncoding("WeekdayKind", nameof(Hour.Weekday))
    .Append(ml.Transforms.Concatenate("Features", "WeekdayKind", nameof(Hour.Temperature), nameof(Hour.Rain)))
    .Append(ml.Regression.Trainers.LbfgsPoissonRegression(new LbfgsPoissonRegressionTrainer.Options
    {
        LabelColumnName = nameof(Hour.Visitors),
        ExampleWeightColumnName = nameof(Hour.Weight),
        NumberOfThreads = 1,
        EnforceNonNegativity = true,
    }))
    .Fit(split.TrainSet);

var metrics = ml.Regression.Evaluate(model.Transform(split.TestSet), nameof(Hour.Visitors));
Console.WriteLine($"{metrics.LossFunction:F3} {metrics.MeanAbsoluteError:F1}");

public sealed record Hour
{
    [LoadColumn(0)] public string Weekday { get; init; }
    [LoadColumn(1)] public float Temperature { get; init; }
    [LoadColumn(2)] public float Rain { get; init; }
    [LoadColumn(3)] public float Weight { get; init; }
    [LoadColumn(4)] public float Visitors { get; init; }
}
