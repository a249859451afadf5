using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.ML;
using Microsoft.ML.Data;

var ml = new MLContext(seed: 77);
var data = ml.Data.LoadFromTextFile<Offer>("offers.tsv", hasHeader: true);
var split = ml.Data.TrainTestSplit(data, testFraction: 0.2);

var pipeline = ml.Transforms.Conversion.MapValueToKey("Label", nameof(Offer.Clicked))
    .Append(ml.Transforms.Conversion.Hash("Group", nameof(Offer.SessionId), numberOfBits: 20))
    .Append(ml.Transforms.Concatenate("Features", nameof(Offer.Price), nameof(Offer.Rating), nameof(Offer.Distance)))
    .Append(ml.Ranking.Trainers.LightGbm(rowGroupColumnName: "Group"));

var model = pipeline.Fit(split.TrainSet);
var metrics = ml.Ranking.Evaluate(model.Transform(split.TestSet), rowGroupColumnName: "Group");
Console.WriteLine(string.Join(", ", metrics.NormalizedDiscountedCumulativeGains.Select(gain => gain.ToString("F3"))));

var keyed = ml.Data.TrainTestSplit(data, testFraction: 0.2, samplingKeyColumnName: nameof(Offer.SessionId));
var again = pipeline.Fit(keyed.TrainSet);
Console.WriteLine(ml.Ranking.Evaluate(again.Transform(keyed.TestSet), rowGroupColumnName: "Group").DiscountedCumulativeGains[0]);

internal sealed class Offer
{
    [LoadColumn(0)] public string SessionId { get; set; }
    [LoadColumn(1)] public float Clicked { get; set; }
    [LoadColumn(2)] public float Price { get; set; }
    [LoadColumn(3)] public float Rating { get; set; }
    [LoadColumn(4)] public float Distance { get; set; }
}
