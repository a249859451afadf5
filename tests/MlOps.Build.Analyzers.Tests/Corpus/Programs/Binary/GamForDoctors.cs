using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;

var ml = new MLContext(1);
var stays = ml.Data.LoadFromTextFile<Stay>("data/stays.tsv", hasHeader: true);
var split = ml.Data.TrainTestSplit(stays, testFraction: 0.2, samplingKeyColumnName: nameof(Stay.PatientId));

var prepare = ml.Transforms.Concatenate("Features", nameof(Stay.Lactate), nameof(Stay.HeartRate), nameof(Stay.Creatinine));
var simple = prepare.Append(ml.BinaryClassification.Trainers.Gam(nameof(Stay.Readmitted)));
var tuned = prepare.Append(ml.BinaryClassification.Trainers.Gam(new GamBinaryTrainer.Options
{
    LabelColumnName = nameof(Stay.Readmitted),
    MaximumBinCountPerFeature = 64,
    NumberOfIterations = 3000,
    UnbalancedSets = true,
}));

foreach (var (name, pipeline) in new (string, IEstimator<ITransformer>)[] { ("simple", simple), ("tuned", tuned) })
{
    var folds = ml.BinaryClassification.CrossValidate(
        split.TrainSet, pipeline, numberOfFolds: 5, nameof(Stay.Readmitted), samplingKeyColumnName: nameof(Stay.PatientId));
    Console.WriteLine($"{name}: {folds.Average(fold => fold.Metrics.AreaUnderPrecisionRecallCurve):F3}");
}

var chosen = tuned.Fit(split.TrainSet);
var shape = chosen.LastTransformer.Model.SubModel;
for (var feature = 0; feature < shape.NumberOfShapeFunctions; feature++)
{
    Console.WriteLine(string.Join(' ', shape.GetBinEffects(feature).Select(effect => effect.ToString("F2"))));
}

Console.WriteLine(ml.BinaryClassification.Evaluate(chosen.Transform(split.TestSet), nameof(Stay.Readmitted)).LogLoss);

public sealed class Stay
{
    [LoadColumn(0)] public string PatientId { get; set; }
    [LoadColumn(1)] public float Lactate { get; set; }
    [LoadColumn(2)] public float HeartRate { get; set; }
    [LoadColumn(3)] public float Creatinine { get; set; }
    [LoadColumn(4)] public bool Readmitted { get; set; }
}
