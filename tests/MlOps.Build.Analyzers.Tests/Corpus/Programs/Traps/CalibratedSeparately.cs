using System;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Calibration;

public sealed class Case
{
    [LoadColumn(0)] public float A { get; set; }
    [LoadColumn(1)] public float B { get; set; }
    [LoadColumn(2)] public bool Label { get; set; }
}

public static class Program
{
    public static void Main(string[] args)
    {
        var ml = new MLContext(seed: 1);
        var split = ml.Data.TrainTestSplit(ml.Data.LoadFromTextFile<Case>(args[0]), 0.2);
        var inner = ml.Data.TrainTestSplit(split.TrainSet, 0.3);
        var forest = ml.Transforms.Concatenate("Features", nameof(Case.A), nameof(Case.B))
            .Append(ml.BinaryClassification.Trainers.FastForest())
            .Fit(inner.TrainSet);

        var scored = forest.Transform(split.TestSet);
        var calibrator = ml.BinaryClassification.Calibrators.Platt().Fit(forest.Transform(inner.TestSet));
        Console.WriteLine(ml.BinaryClassification.Evaluate(calibrator.Transform(scored)).LogLoss);

        var squashed = ml.Transforms.Expression("Probability", "s => 1 / (1 + exp(-s))", "Score").Fit(scored).Transform(scored);
        Console.WriteLine(ml.BinaryClassification.Evaluate(squashed).LogLoss);

        var own = ml.Transforms.CopyColumns("P", "Score").Fit(scored).Transform(scored);
        Console.WriteLine(ml.BinaryClassification.Evaluate(own, probabilityColumnName: "P").AreaUnderRocCurve);
    }
}
