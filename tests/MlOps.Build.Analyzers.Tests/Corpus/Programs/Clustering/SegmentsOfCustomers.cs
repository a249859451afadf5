using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace Segments;

public class Buyer
{
    [LoadColumn(0)] public float Recency { get; set; }
    [LoadColumn(1)] public float Frequency { get; set; }
    [LoadColumn(2)] public float Monetary { get; set; }
}

public class Segment
{
    [ColumnName("PredictedLabel")] public uint Number { get; set; }
    [ColumnName("Score")] public float[] Distances { get; set; }
}

public static class Segmentation
{
    private const int Seed = 21;

    public static ITransformer Choose(string csv, int most)
    {
        var ml = new MLContext(Seed);
        var all = ml.Data.LoadFromTextFile<Buyer>(csv, separatorChar: ',', hasHeader: true);
        var split = ml.Data.TrainTestSplit(all, 0.3);
        var prepared = ml.Transforms.NormalizeLogMeanVariance(
                [new("R", nameof(Buyer.Recency)), new("F", nameof(Buyer.Frequency)), new("M", nameof(Buyer.Monetary))])
            .Append(ml.Transforms.Concatenate("Features", "R", "F", "M"))
            .AppendCacheCheckpoint(ml);

        return Enumerable.Range(2, most - 1)
            .Select(count => prepared.Append(ml.Clustering.Trainers.KMeans(new KMeansTrainer.Options
            {
                NumberOfClusters = count,
                InitializationAlgorithm = KMeansTrainer.InitializationAlgorithm.KMeansPlusPlus,
                NumberOfThreads = 1,
            })).Fit(split.TrainSet))
            .MinBy(model => ml.Clustering.Evaluate(model.Transform(split.TestSet), featureColumnName: "Features").DaviesBouldinIndex);
    }
}
