using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;

namespace Music.Playlists;

public sealed class Listen
{
    [LoadColumn(0)] public float Rating { get; set; }
    [LoadColumn(1)] public string SessionId { get; set; }
    [LoadColumn(2)] public float Tempo { get; set; }
    [LoadColumn(3)] public float Age { get; set; }
}

public sealed class PlaylistRanker(MLContext ml, string file)
{
    public double Ndcg(int folds)
    {
        var listens = ml.Data.LoadFromTextFile<Listen>(file, hasHeader: true);
        var pipeline = ml.Transforms.Conversion.MapValueToKey("GroupId", nameof(Listen.SessionId))
            .Append(ml.Transforms.Concatenate("Features", nameof(Listen.Tempo), nameof(Listen.Age)))
            .Append(ml.Ranking.Trainers.FastTree(nameof(Listen.Rating)));
        var results = ml.Ranking.CrossValidate(listens, pipeline, folds, nameof(Listen.Rating), "GroupId");
        return results.Average(result => result.Metrics.NormalizedDiscountedCumulativeGains[2]);
    }

    public ITransformer Leaves(IDataView train) => ml.Transforms.FeaturizeByFastTreeRanking(new FastTreeRankingFeaturizationEstimator.Options
    {
        InputColumnName = "Features",
        TrainerOptions = new FastTreeRankingTrainer.Options { LabelColumnName = nameof(Listen.Rating), RowGroupColumnName = "GroupId" },
    }).Fit(train);
}
