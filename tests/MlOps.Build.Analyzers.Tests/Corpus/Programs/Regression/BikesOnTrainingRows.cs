using Microsoft.ML;
using Microsoft.ML.Data;

var ctx = new MLContext(42);
var bikes = ctx.Data.LoadFromTextFile<BikeDay>("bikes.tsv", hasHeader: true);

var model = ctx.Transforms.Concatenate("Features", nameof(BikeDay.Temperature), nameof(BikeDay.Wind))
    .Append(ctx.Regression.Trainers.LightGbm(nameof(BikeDay.Count), numberOfLeaves: 15))
    .Fit(bikes);

var scored = model.Transform(bikes);
var quality = ctx.Regression.Evaluate(scored, nameof(BikeDay.Count));
Console.WriteLine($"R2 = {quality.RSquared:F3}");
Console.WriteLine($"MAE = {quality.MeanAbsoluteError:F1}");
foreach (var row in ctx.Data.CreateEnumerable<BikeScore>(ctx.Data.TakeRows(scored, 10), reuseRowObject: false))
{
    Console.WriteLine($"{row.Count} ~ {row.Score:F0}");
}

class BikeDay
{
    [LoadColumn(0)] public float Temperature { get; set; }
    [LoadColumn(1)] public float Wind { get; set; }
    [LoadColumn(2)] public float Count { get; set; }
}

class BikeScore
{
    public float Count { get; set; }
    public float Score { get; set; }
}
