using Microsoft.ML;
using Microsoft.ML.Data;

var context = new MLContext();
var customers = context.Data.LoadFromTextFile<Customer>("customers.csv");
var features = context.Transforms.Concatenate("Features", "Spend", "Visits", "Age")
    .Append(context.Transforms.NormalizeMinMax("Features"));

for (int k = 2; k <= 8; k++)
{
    var pipeline = features.Append(context.Clustering.Trainers.KMeans(numberOfClusters: k));
    var model = pipeline.Fit(customers);
    var metrics = context.Clustering.Evaluate(model.Transform(customers), featureColumnName: "Features");
    System.Console.WriteLine($"{k}: {metrics.AverageDistance} / {metrics.DaviesBouldinIndex}");
}

class Customer
{
    [LoadColumn(0)] public float Spend { get; set; }
    [LoadColumn(1)] public float Visits { get; set; }
    [LoadColumn(2)] public float Age { get; set; }
    public string Segment { get; set; }
}
