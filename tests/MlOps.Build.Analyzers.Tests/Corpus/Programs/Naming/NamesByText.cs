using System;
using Microsoft.ML;
using Microsoft.ML.Data;

var mlContext = new MLContext(seed: 0);
var data = mlContext.Data.LoadFromTextFile<Wine>("wine.csv", separatorChar: ';', hasHeader: true);
const string sugar = "Sugar";
var pipeline = mlContext.Transforms.Concatenate("Features", "Alcohol", sugar, $"{nameof(Wine.Acid)}", "Aci" + "d")
    .Append(mlContext.Transforms.NormalizeLpNorm("Features"))
    .Append(mlContext.Transforms.CopyColumns("Color", "Alcohol"))
    .Append(mlContext.Regression.Trainers.OnlineGradientDescent("Quality"));
var results = mlContext.Regression.CrossValidate(data, pipeline, labelColumnName: "Quality", samplingKeyColumnName: "Color");
foreach (var r in results)
    Console.WriteLine(r.Metrics.RSquared);

public class Wine
{
    [LoadColumn(0)] public float Alcohol { get; set; }
    [LoadColumn(1)] public float Sugar { get; set; }
    [LoadColumn(2)] public float Acid { get; set; }
    [LoadColumn(3)] public float Color { get; set; }
    [LoadColumn(4)] public float Quality { get; set; }
}
