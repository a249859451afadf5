using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Tickets
{
    public record Ticket
    {
        [LoadColumn(0)] public string Area { get; init; }
        [LoadColumn(1)] public string Severity { get; init; }
        [LoadColumn(2)] public float Minutes { get; init; }
        [LoadColumn(3)] public string Team { get; init; }
    }

    public record Routed
    {
        [ColumnName("PredictedTeam")] public string Team { get; init; }
        public float[] Score { get; init; }
    }

    public static class Router
    {
        private static readonly Dictionary<string, float> Weights = new(StringComparer.Ordinal)
        {
            ["low"] = 1, ["normal"] = 2, ["high"] = 4, ["outage"] = 9,
        };

        public static (ITransformer Model, MulticlassClassificationMetrics Metrics) Train(string path)
        {
            var ml = new MLContext(seed: 99);
            var split = ml.Data.TrainTestSplit(ml.Data.LoadFromTextFile<Ticket>(path, hasHeader: true, allowQuoting: true), 0.2);

            var keys = ml.Transforms.Conversion.MapValueToKey(
                "Label", nameof(Ticket.Team), keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue);
            var features = ml.Transforms.Conversion.MapValue("Weight", Weights, nameof(Ticket.Severity))
                .Append(ml.Transforms.Conversion.MapValueToKey("AreaKey", nameof(Ticket.Area)))
                .Append(ml.Transforms.Conversion.MapKeyToVector("AreaBag", "AreaKey"))
                .Append(ml.Transforms.Conversion.Hash("SeverityHash", nameof(Ticket.Severity), numberOfBits: 6))
                .Append(ml.Transforms.Conversion.MapKeyToBinaryVector("SeverityBits", "SeverityHash"))
                .Append(ml.Transforms.Concatenate("Features", "AreaBag", "SeverityBits", "Weight", nameof(Ticket.Minutes)));
            var trainer = ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(
                new() { L2Regularization = 0.1f, NumberOfThreads = 1 });

            var model = keys.Append(features).Append(trainer)
                .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedTeam", "PredictedLabel"))
                .Fit(split.TrainSet);
            var metrics = ml.MulticlassClassification.Evaluate(model.Transform(split.TestSet));
            return (model, metrics);
        }

        public static IEnumerable<string> Answer(MLContext ml, ITransformer model, IEnumerable<Ticket> tickets) =>
            from row in ml.Data.CreateEnumerable<Routed>(model.Transform(ml.Data.LoadFromEnumerable(tickets)), reuseRowObject: false)
            where row.Score.Max() > 0.5f
            select row.Team;
    }
}
