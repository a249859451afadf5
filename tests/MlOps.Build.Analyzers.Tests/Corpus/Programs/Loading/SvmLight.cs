using Microsoft.ML;
using Microsoft.ML.Data;

var ml = new MLContext(seed: 1);
var train = ml.Data.LoadFromSvmLightFile("rcv1-train.svm", inputSize: 47236);
var loader = ml.Data.CreateSvmLightLoader(inputSize: 47236);
var test = loader.Load(new MultiFileSource("rcv1-test.svm"));

var toBoolean = ml.Transforms.Conversion.ConvertType("Positive", "Label", DataKind.Boolean);
var pipeline = toBoolean.Append(ml.BinaryClassification.Trainers.LinearSvm("Positive"));
var metrics = ml.BinaryClassification.EvaluateNonCalibrated(pipeline.Fit(train).Transform(test), "Positive");
Console.WriteLine(metrics.AreaUnderRocCurve);

using var stream = File.Create("rcv1.svm");
ml.Data.SaveInSvmLightFormat(train, stream, binaryLabel: true);
