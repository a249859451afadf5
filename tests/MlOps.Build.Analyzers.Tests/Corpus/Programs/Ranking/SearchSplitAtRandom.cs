using Microsoft.ML;
using Microsoft.ML.Data;

namespace Search;

public class Hit
{
    [LoadColumn(0)] public float Label { get; set; }
    [LoadColumn(1)] public uint QueryId { get; set; }
    [LoadColumn(2, 47)] [VectorType(46)] public float[] Features { get; set; }
}

class Program
{
    static void Main()
    {
        var mlContext = new MLContext();
        var data = mlContext.Data.LoadFromTextFile<Hit>("mslr.csv", ',');
        var split = mlContext.Data.TrainTestSplit(data, testFraction: 0.2);

        var pipeline = mlContext.Transforms.Conversion.Hash("GroupId", "QueryId")
            .Append(mlContext.Ranking.Trainers.FastTree());
        var model = pipeline.Fit(split.TrainSet);
        var metrics = mlContext.Ranking.Evaluate(model.Transform(split.TestSet));
        Console.WriteLine(string.Join(", ", metrics.NormalizedDiscountedCumulativeGains));
    }
}
