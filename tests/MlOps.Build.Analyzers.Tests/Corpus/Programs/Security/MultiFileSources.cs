using System;
using System.IO;
using System.Linq;
using Microsoft.ML;
using Microsoft.ML.Data;

var ml = new MLContext(seed: 64);
var folder = Path.Combine(AppContext.BaseDirectory, "data", "2025");
var files = Directory.GetFiles(folder, "*.tsv");

var loader = ml.Data.CreateTextLoader<Swing>(hasHeader: true);
var train = loader.Load(new MultiFileSource(files.Order(StringComparer.Ordinal).ToArray()));
var test = loader.Load(new MultiFileSource(@"\\nas\golf\test-1.tsv", @"\\nas\golf\test-2.tsv"));

var model = ml.Transforms.Concatenate("Features", nameof(Swing.Speed), nameof(Swing.Angle))
    .Append(ml.Regression.Trainers.OnlineGradientDescent(nameof(Swing.Distance)))
    .Fit(train);
var metrics = ml.Regression.Evaluate(model.Transform(test), nameof(Swing.Distance));
Console.WriteLine($"{metrics.MeanAbsoluteError:F1} m");
ml.Model.Save(model, loader, "swing.zip");

internal sealed class Swing
{
    [LoadColumn(0)] public float Speed { get; set; }
    [LoadColumn(1)] public float Angle { get; set; }
    [LoadColumn(2)] public float Distance { get; set; }
}
