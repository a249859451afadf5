using Microsoft.ML;
using Microsoft.ML.Data;

var context = new MLContext(seed: 1);
var houses = context.Data.LoadFromTextFile<House>("houses.csv", separatorChar: ',', hasHeader: true);
var (train, test) = Split(houses);

var pipeline = context.Transforms.CopyColumns("Label", nameof(House.Price))
    .Append(context.Transforms.Categorical.OneHotEncoding("District"))
    .Append(context.Transforms.Concatenate("Features", nameof(House.Area), nameof(House.Rooms), "District", nameof(House.Price)))
    .Append(context.Transforms.NormalizeMinMax("Features"))
    .Append(context.Regression.Trainers.OnlineGradientDescent());

var metrics = context.Regression.Evaluate(pipeline.Fit(train).Transform(test));
Console.WriteLine(metrics.RSquared);

(IDataView Train, IDataView Test) Split(IDataView all)
{
    var split = context.Data.TrainTestSplit(all, testFraction: 0.2);
    return (split.TrainSet, split.TestSet);
}

public class House
{
    [LoadColumn(0)] public float Area { get; set; }
    [LoadColumn(1)] public float Rooms { get; set; }
    [LoadColumn(2)] public string District { get; set; }
    [LoadColumn(3)] public float Price { get; set; }
}
