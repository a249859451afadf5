using System;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;

var ml = new MLContext(4711);
var data = ml.Data.LoadFromTextFile<Click>("clicks.tsv");
var split = ml.Data.TrainTestSplit(data);

// Facebook's old trick: the leaves of a forest are the features of a linear model.
var leaves = ml.Transforms.FeaturizeByFastForestBinary(new FastForestBinaryFeaturizationEstimator.Options
{
    InputColumnName = "Numbers",
    LeavesColumnName = "Leaves",
    PathsColumnName = "Paths",
    TreesColumnName = "Trees",
    TrainerOptions = new FastForestBinaryTrainer.Options { FeatureColumnName = "Numbers", LabelColumnName = "Label", NumberOfTrees = 30 },
});
var pipeline = ml.Transforms.Concatenate("Numbers", nameof(Click.Age), nameof(Click.Visits), nameof(Click.Hour))
    .Append(leaves)
    .Append(ml.Transforms.Concatenate("Features", "Leaves", "Numbers"))
    .Append(ml.BinaryClassification.Trainers.SdcaLogisticRegression());

// The same for a regression, on leaves that were learned from all rows before the split.
var prepared = ml.Transforms.Concatenate("Numbers", nameof(Click.Age), nameof(Click.Visits)).Fit(data).Transform(data);
var boosted = ml.Transforms.FeaturizeByFastTreeBinary(new FastTreeBinaryFeaturizationEstimator.Options
{
    InputColumnName = "Numbers",
    LeavesColumnName = "Features",
    TrainerOptions = new FastTreeBinaryTrainer.Options { FeatureColumnName = "Numbers" },
}).Fit(prepared).Transform(prepared);
var late = ml.Data.TrainTestSplit(boosted);
var second = ml.BinaryClassification.Trainers.LbfgsLogisticRegression().Fit(late.TrainSet);

var first = pipeline.Fit(split.TrainSet);
Console.WriteLine(ml.BinaryClassification.Evaluate(first.Transform(split.TestSet)).AreaUnderRocCurve);
Console.WriteLine(ml.BinaryClassification.Evaluate(second.Transform(late.TestSet)).AreaUnderRocCurve);

public sealed class Click
{
    [LoadColumn(0)] public bool Label { get; set; }
    [LoadColumn(1)] public float Age { get; set; }
    [LoadColumn(2)] public float Visits { get; set; }
    [LoadColumn(3)] public float Hour { get; set; }
}
