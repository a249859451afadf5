using Microsoft.ML;
using Microsoft.ML.Data;

var ml = new MLContext(seed: 1);

TextLoader.Column[] columns =
[
    new("Pixels", DataKind.Single, 0, 63),
    new("Number", DataKind.Single, 64),
];
var train = ml.Data.LoadFromTextFile("digits-train.csv", columns, separatorChar: ',');
var test = ml.Data.LoadFromTextFile("digits-test.csv", columns, separatorChar: ',');

var pipeline = ml.Transforms.Conversion.MapValueToKey("Label", "Number")
    .Append(ml.Transforms.NormalizeMinMax("Features", "Pixels"))
    .AppendCacheCheckpoint(ml)
    .Append(ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy());

var model = pipeline.Fit(train);
var scored = model.Transform(test);
var metrics = ml.MulticlassClassification.Evaluate(scored);

Console.WriteLine(metrics.ConfusionMatrix.GetFormattedConfusionTable());
Console.WriteLine($"micro {metrics.MicroAccuracy:F3} macro {metrics.MacroAccuracy:F3}");
ml.Model.Save(model, train.Schema, "digits.zip");
