using Microsoft.ML;
using Microsoft.ML.Data;

var mlContext = new MLContext();
var logins = mlContext.Data.LoadFromTextFile<Login>("logins.csv", hasHeader: true, separatorChar: ',');

var pipeline = mlContext.Transforms.Concatenate("Features", "Hour", "Failures", "Distance")
    .Append(mlContext.Transforms.NormalizeMinMax("Features"))
    .Append(mlContext.AnomalyDetection.Trainers.RandomizedPca(rank: 2));
var model = pipeline.Fit(logins);
var strict = mlContext.AnomalyDetection.ChangeModelThreshold(model.LastTransformer, 0.7f);

var results = mlContext.Data.CreateEnumerable<LoginScore>(strict.Transform(model.Transform(logins)), reuseRowObject: false);
foreach (var result in results.Where(r => r.PredictedLabel))
{
    Console.WriteLine(result.Score);
}

class Login
{
    [LoadColumn(0)] public float Hour { get; set; }
    [LoadColumn(1)] public float Failures { get; set; }
    [LoadColumn(2)] public float Distance { get; set; }
}

class LoginScore
{
    public bool PredictedLabel { get; set; }
    public float Score { get; set; }
}
