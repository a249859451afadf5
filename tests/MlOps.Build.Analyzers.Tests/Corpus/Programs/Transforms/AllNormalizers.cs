using System;
using System.Collections.Generic;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Turbines.Scaling;

public sealed class Reading
{
    [LoadColumn(0)] public float Label { get; set; }
    [LoadColumn(1, 6), VectorType(6)] public float[] Signals { get; set; }
}

/// <summary>Compares the scalers of ML.NET on the signals of a wind turbine.</summary>
public static class ScalerComparison
{
    public static IReadOnlyDictionary<string, double> Run(MLContext ml, string file)
    {
        var rows = ml.Data.LoadFromTextFile<Reading>(file, separatorChar: ';', hasHeader: true);
        var folds = ml.Data.CrossValidationSplit(rows, numberOfFolds: 4, seed: 7);

        var scalers = new Dictionary<string, IEstimator<ITransformer>>(StringComparer.Ordinal)
        {
            ["min-max"] = ml.Transforms.NormalizeMinMax("Features", nameof(Reading.Signals)),
            ["mean-variance"] = ml.Transforms.NormalizeMeanVariance("Features", nameof(Reading.Signals), useCdf: false),
            ["log-mean-variance"] = ml.Transforms.NormalizeLogMeanVariance("Features", nameof(Reading.Signals)),
            ["binning"] = ml.Transforms.NormalizeBinning("Features", nameof(Reading.Signals), maximumBinCount: 32),
            ["supervised"] = ml.Transforms.NormalizeSupervisedBinning("Features", nameof(Reading.Signals), labelColumnName: "Label"),
            ["robust"] = ml.Transforms.NormalizeRobustScaling("Features", nameof(Reading.Signals), quantileMin: 10, quantileMax: 90),
            ["lp"] = ml.Transforms.NormalizeLpNorm("Features", nameof(Reading.Signals), LpNormNormalizingEstimatorBase.NormFunction.L1),
            ["contrast"] = ml.Transforms.NormalizeGlobalContrast("Features", nameof(Reading.Signals), ensureUnitStandardDeviation: true),
        };

        var errors = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var (name, scaler) in scalers)
        {
            var sum = 0.0;
            foreach (var fold in folds)
            {
                var model = scaler.Append(ml.Regression.Trainers.OnlineGradientDescent()).Fit(fold.TrainSet);
                sum += ml.Regression.Evaluate(model.Transform(fold.TestSet)).RootMeanSquaredError;
            }

            errors[name] = sum / folds.Count;
        }

        return errors;
    }
}
