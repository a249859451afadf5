using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.LightGbm;

var ml = new MLContext(seed: 2);
var train = ml.Data.LoadFromTextFile<Posting>("postings-train.tsv");
var test = ml.Data.LoadFromTextFile<Posting>("postings-test.tsv");

var plain = ml.Ranking.Trainers.LightGbm(nameof(Posting.Grade), nameof(Posting.Signals), nameof(Posting.Query), numberOfIterations: 50);
var tuned = ml.Ranking.Trainers.LightGbm(new LightGbmRankingTrainer.Options
{
    LabelColumnName = nameof(Posting.Grade),
    FeatureColumnName = nameof(Posting.Signals),
    RowGroupColumnName = nameof(Posting.Query),
    CustomGains = [0, 1, 3, 7, 15],
    NumberOfLeaves = 63,
    MinimumExampleCountPerLeaf = 100,
    LearningRate = 0.08,
    UseCategoricalSplit = false,
});

// The query is text in the file and has to be a key.
var key = ml.Transforms.Conversion.MapValueToKey(nameof(Posting.Query));
var options = new RankingEvaluatorOptions { DcgTruncationLevel = 10 };
var first = ml.Ranking.Evaluate(key.Append(plain).Fit(train).Transform(test), options, nameof(Posting.Grade), nameof(Posting.Query));
var second = ml.Ranking.Evaluate(key.Append(tuned).Fit(train).Transform(test), options, nameof(Posting.Grade), nameof(Posting.Query));
Console.WriteLine($"NDCG@10: {first.NormalizedDiscountedCumulativeGains[9]:F3} and {second.NormalizedDiscountedCumulativeGains[9]:F3}");

public sealed class Posting
{
    [LoadColumn(0)] public float Grade { get; set; }
    [LoadColumn(1)] public string Query { get; set; }
    [LoadColumn(2, 21), VectorType(20)] public float[] Signals { get; set; }
}
