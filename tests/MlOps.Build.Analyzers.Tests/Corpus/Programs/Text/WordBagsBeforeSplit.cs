using System;
using System.Linq;
using Microsoft.ML;
using Microsoft.ML.Data;

var ctx = new MLContext(seed: 1);
var lines = ctx.Data.LoadFromTextFile<Line>("spam.csv", separatorChar: ',', hasHeader: true);

// bag of words once, reuse for all models
var bag = ctx.Transforms.Text.ProduceWordBags("Features", nameof(Line.Message));
IDataView vectors = bag.Fit(lines).Transform(lines);
vectors = ctx.Data.Cache(vectors);

var results = ctx.MulticlassClassification.CrossValidate(
    vectors,
    ctx.Transforms.Conversion.MapValueToKey("Label", nameof(Line.Kind)).Append(ctx.MulticlassClassification.Trainers.NaiveBayes()),
    numberOfFolds: 5);
Console.WriteLine($"micro accuracy {results.Average(r => r.Metrics.MicroAccuracy):P1}");

var best = results.OrderByDescending(r => r.Metrics.MicroAccuracy).First();
if (best.Metrics.MicroAccuracy > 0.95)
{
    ctx.Model.Save(best.Model, null, "spam.zip");
}

public class Line
{
    [LoadColumn(0)] public string Kind { get; set; }
    [LoadColumn(1)] public string Message { get; set; }
}
