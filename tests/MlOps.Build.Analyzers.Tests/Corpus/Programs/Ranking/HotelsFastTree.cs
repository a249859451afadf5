using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;

namespace Hotels.Ranking;

public class Result
{
    [LoadColumn(0)] public float Relevance { get; set; }
    [LoadColumn(1)] public string SearchId { get; set; }
    [LoadColumn(2)] public float Price { get; set; }
    [LoadColumn(3)] public float Stars { get; set; }
    [LoadColumn(4)] public float Distance { get; set; }
}

public class HotelRanker
{
    private readonly MLContext _ml = new MLContext(seed: 10);

    public RankingMetrics TrainAndTest(string path)
    {
        var data = _ml.Data.LoadFromTextFile<Result>(path, separatorChar: ',', hasHeader: true);
        var split = _ml.Data.TrainTestSplit(data, 0.2, samplingKeyColumnName: nameof(Result.SearchId));
        var pipeline = _ml.Transforms.Conversion.Hash("Group", nameof(Result.SearchId), numberOfBits: 20)
            .Append(_ml.Transforms.Concatenate("Features", nameof(Result.Price), nameof(Result.Stars), nameof(Result.Distance)))
            .Append(_ml.Ranking.Trainers.FastTree(new FastTreeRankingTrainer.Options
            {
                LabelColumnName = nameof(Result.Relevance),
                RowGroupColumnName = "Group",
                NumberOfTrees = 100,
                NdcgTruncationLevel = 5,
            }));
        var model = pipeline.Fit(split.TrainSet);
        return _ml.Ranking.Evaluate(model.Transform(split.TestSet), nameof(Result.Relevance), "Group");
    }
}
