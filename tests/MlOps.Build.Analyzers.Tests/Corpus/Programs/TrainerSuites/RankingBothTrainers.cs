using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;

namespace Search;

public sealed class Hit
{
    [LoadColumn(0), KeyType(5)] public uint Label { get; set; }
    [LoadColumn(1), KeyType(100_000)] public uint GroupId { get; set; }
    [LoadColumn(2, 47), VectorType(46)] public float[] Features { get; set; }
}

public static class Ranking
{
    private static readonly int[] Gains = [0, 1, 3, 7, 15];

    public static IEnumerable<double> Ndcg(MLContext ml, IDataView train, IDataView test)
    {
        IEstimator<ITransformer>[] rankers =
        [
            ml.Ranking.Trainers.FastTree(new FastTreeRankingTrainer.Options { CustomGains = Gains.Select(gain => (double)gain).ToArray(), NumberOfTrees = 200 }),
            ml.Ranking.Trainers.LightGbm(new LightGbmRankingTrainer.Options
            {
                CustomGains = Gains,
                LearningRate = 0.1,
                NumberOfLeaves = 31,
                MinimumExampleCountPerLeaf = 20,
                UseCategoricalSplit = false,
            }),
        ];
        return rankers.Select(ranker => ml.Ranking.Evaluate(ranker.Fit(train).Transform(test)).NormalizedDiscountedCumulativeGains[^1]);
    }

    public static void Main(string[] args)
    {
        var ml = new MLContext(seed: 1);
        var loader = ml.Data.CreateTextLoader<Hit>();
        var gains = Ndcg(ml, loader.Load(args[0]), loader.Load(args[1]));
        Console.WriteLine(string.Join(" ", gains.Select(gain => gain.ToString("F4"))));

        var together = loader.Load(args[0], args[1]);
        var split = ml.Data.TrainTestSplit(together, testFraction: 0.1, samplingKeyColumnName: nameof(Hit.GroupId));
        Console.WriteLine(Ndcg(ml, split.TrainSet, split.TestSet).Max());
    }
}
