using Microsoft.ML;
using Microsoft.ML.Data;

var mlContext = new MLContext();
var all = mlContext.Data.LoadFromTextFile<Trip>("trips.tsv", hasHeader: true);
var half = mlContext.Data.TakeRows(mlContext.Data.ShuffleRows(all), 50_000);
var split = mlContext.Data.TrainTestSplit(half, 0.2);
var model = mlContext.Transforms.Concatenate("Features", nameof(Trip.Minutes), nameof(Trip.Kilometres))
    .Append(mlContext.Regression.Trainers.FastTree(nameof(Trip.Fare)))
    .Fit(split.TrainSet);
Console.WriteLine(mlContext.Regression.Evaluate(model.Transform(split.TestSet), nameof(Trip.Fare)).RSquared);

class Trip
{
    [LoadColumn(0)] public float Minutes { get; set; }
    [LoadColumn(1)] public float Kilometres { get; set; }
    [LoadColumn(2)] public float Fare { get; set; }
}
