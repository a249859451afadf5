using Microsoft.ML;
using Microsoft.ML.Data;

MLContext mlContext = new MLContext();
IDataView dataView = mlContext.Data.LoadFromTextFile<SpamInput>("spam.tsv", hasHeader: true);
DataOperationsCatalog.TrainTestData split = mlContext.Data.TrainTestSplit(dataView);

var pipeline = mlContext.Transforms.Text.FeaturizeText("Features", nameof(SpamInput.Message))
    .Append(mlContext.BinaryClassification.Trainers.LinearSvm());
var model = pipeline.Fit(split.TrainSet);

var predictions = model.Transform(split.TestSet);
var metrics = mlContext.BinaryClassification.Evaluate(predictions);
Console.WriteLine("Accuracy: {0}", metrics.Accuracy);
if (metrics.Accuracy > 0.9)
{
    mlContext.Model.Save(model, null, "spam.zip");
}

class SpamInput
{
    [LoadColumn(0)] public bool Label { get; set; }
    [LoadColumn(1)] public string Message { get; set; }
}
