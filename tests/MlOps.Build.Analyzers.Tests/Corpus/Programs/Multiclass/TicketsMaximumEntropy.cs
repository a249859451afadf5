using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Helpdesk;

public class Ticket
{
    [LoadColumn(0)] public string Subject { get; set; }
    [LoadColumn(1)] public string Body { get; set; }
    [LoadColumn(2)] public string Queue { get; set; }
}

public class Routed
{
    [ColumnName("PredictedLabel")] public string Queue { get; set; }
    public float[] Score { get; set; }
}

public static class Trainer
{
    public static void Main(string[] args)
    {
        var ml = new MLContext(seed: 31);
        var tickets = ml.Data.LoadFromTextFile<Ticket>(args[0], hasHeader: true);
        var split = ml.Data.TrainTestSplit(tickets, testFraction: 0.2);

        var pipeline = ml.Transforms.Conversion.MapValueToKey(
                "Label", nameof(Ticket.Queue), keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
            .Append(ml.Transforms.Text.FeaturizeText("SubjectWords", nameof(Ticket.Subject)))
            .Append(ml.Transforms.Text.FeaturizeText("BodyWords", nameof(Ticket.Body)))
            .Append(ml.Transforms.Concatenate("Features", "SubjectWords", "BodyWords"))
            .AppendCacheCheckpoint(ml)
            .Append(ml.MulticlassClassification.Trainers.SdcaMaximumEntropy())
            .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"));

        var model = pipeline.Fit(split.TrainSet);
        var metrics = ml.MulticlassClassification.Evaluate(model.Transform(split.TestSet), topKPredictionCount: 3);
        Console.WriteLine($"macro {metrics.MacroAccuracy:P1}, log loss {metrics.LogLoss:F2}, top 3 {metrics.TopKAccuracy:P1}");
        ml.Model.Save(model, split.TrainSet.Schema, "tickets.zip");
    }
}
