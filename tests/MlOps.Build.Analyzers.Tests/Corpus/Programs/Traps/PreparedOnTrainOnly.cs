using System;
using System.Collections.Generic;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Loans.Prepared;

public class Loan
{
    [LoadColumn(0)] public float Amount { get; set; }
    [LoadColumn(1)] public float Rate { get; set; }
    [LoadColumn(2)] public string Purpose { get; set; }
    [LoadColumn(3)] public bool Default { get; set; }
}

public static class Program
{
    public static void Main(string[] args)
    {
        var ml = new MLContext(seed: 6);
        var all = ml.Data.LoadFromTextFile<Loan>(args[0], hasHeader: true, allowQuoting: true);
        var split = ml.Data.TrainTestSplit(all, testFraction: 0.2);

        var preparation = ml.Transforms.NormalizeMeanVariance(nameof(Loan.Amount))
            .Append(ml.Transforms.Categorical.OneHotEncoding("Kind", nameof(Loan.Purpose)))
            .Append(ml.Transforms.Concatenate("Features", nameof(Loan.Amount), nameof(Loan.Rate), "Kind"))
            .Fit(split.TrainSet);
        var train = preparation.Transform(split.TrainSet);
        var test = preparation.Transform(split.TestSet);

        // Stateless steps may see all rows; the inner split judges the trees only.
        var stateless = ml.Transforms.Concatenate("Numbers", nameof(Loan.Amount), nameof(Loan.Rate)).Fit(all).Transform(all);
        var inner = ml.Data.TrainTestSplit(stateless, testFraction: 0.1);
        Console.WriteLine(inner.TestSet.Schema.Count);

        var trainer = ml.BinaryClassification.Trainers.FastTree(nameof(Loan.Default));
        var predictor = trainer.Fit(train);
        var (learned, judged) = (predictor.Transform(train), predictor.Transform(test));
        var trainAuc = ml.BinaryClassification.Evaluate(learned, nameof(Loan.Default)).AreaUnderRocCurve;
        var testAuc = ml.BinaryClassification.Evaluate(judged, nameof(Loan.Default)).AreaUnderRocCurve;
        Console.WriteLine($"overfit by {trainAuc - testAuc:F3}");
    }
}
