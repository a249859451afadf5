using Microsoft.ML;
using Microsoft.ML.Data;

const string Label = "Grade";
var mlContext = new MLContext(seed: 99);
var textLoader = mlContext.Data.CreateTextLoader(new TextLoader.Options
{
    Separators = new[] { ',' },
    HasHeader = true,
    Columns = new[]
    {
        new TextLoader.Column(Label, DataKind.String, 0),
        new TextLoader.Column("Moisture", DataKind.Single, 1),
        new TextLoader.Column("Protein", DataKind.Single, 2),
        new TextLoader.Column("Grade2", DataKind.Single, 3),
    },
});
var all = textLoader.Load("grain-2023.csv", "grain-2024.csv");
var split = mlContext.Data.TrainTestSplit(all, 0.2, seed: 4);

var pipeline = mlContext.Transforms.Conversion.MapValueToKey(Label)
    .Append(mlContext.Transforms.Concatenate("Features", Label, "Moisture", "Protein"))
    .Append(mlContext.MulticlassClassification.Trainers.PairwiseCoupling(
        mlContext.BinaryClassification.Trainers.SgdNonCalibrated(), labelColumnName: Label));
var fitted = pipeline.Fit(split.TrainSet);
Console.WriteLine(mlContext.MulticlassClassification.Evaluate(fitted.Transform(split.TestSet), Label).LogLossReduction);
