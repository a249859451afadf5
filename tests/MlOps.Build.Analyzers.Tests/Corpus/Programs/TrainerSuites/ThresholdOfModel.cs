using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace Disease.Screening;

public sealed class Sample
{
    [LoadColumn(0)] public float Marker { get; set; }
    [LoadColumn(1)] public float Volume { get; set; }
    [LoadColumn(2)] public bool Label { get; set; }
}

public static class Program
{
    public static void Main(string[] args)
    {
        var ml = new MLContext(seed: 77);
        var all = ml.Data.LoadFromTextFile<Sample>(args[0], hasHeader: true);
        var outer = ml.Data.TrainTestSplit(all, testFraction: 0.2);
        var inner = ml.Data.TrainTestSplit(outer.TrainSet, testFraction: 0.25);

        var prepared = ml.Transforms.Concatenate("Features", nameof(Sample.Marker), nameof(Sample.Volume))
            .Append(ml.Transforms.NormalizeMeanVariance("Features"))
            .Fit(inner.TrainSet);
        var trainer = ml.BinaryClassification.Trainers.LbfgsLogisticRegression(new LbfgsLogisticRegressionBinaryTrainer.Options { NumberOfThreads = 1 });
        var predictor = trainer.Fit(prepared.Transform(inner.TrainSet));

        // The threshold is chosen on the inner part, and judged by the outer one.
        var chosen = Enumerable.Range(1, 19).Select(step => step / 20f).MaxBy(threshold => F1At(ml, predictor, prepared.Transform(inner.TestSet), threshold));
        var final = ml.BinaryClassification.ChangeModelThreshold(predictor, chosen);
        var metrics = ml.BinaryClassification.Evaluate(final.Transform(prepared.Transform(outer.TestSet)));
        Console.WriteLine($"{chosen}: F1 {metrics.F1Score:F3}, AUC {metrics.AreaUnderRocCurve:F3}");
    }

    private static double F1At(
        MLContext ml,
        BinaryPredictionTransformer<CalibratedModelParametersBase<LinearBinaryModelParameters, PlattCalibrator>> predictor,
        IDataView rows,
        float threshold) =>
        ml.BinaryClassification.Evaluate(ml.BinaryClassification.ChangeModelThreshold(predictor, threshold).Transform(rows)).F1Score;
}
