using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace Bank.Marketing;

public sealed class Contact
{
    [LoadColumn(0)] public float Age { get; set; }
    [LoadColumn(1)] public float Balance { get; set; }
    [LoadColumn(2)] public float Duration { get; set; }
    [LoadColumn(3)] public bool Subscribed { get; set; }
}

/// <summary>Every linear trainer with the options the team has settled on.</summary>
public sealed class LinearSuite(int seed, float l2, int iterations)
{
    private const string Label = nameof(Contact.Subscribed);
    private readonly MLContext ml = new(seed);

    public IReadOnlyList<(string Name, double Auc)> Run(string file)
    {
        var rows = ml.Data.Cache(ml.Data.LoadFromTextFile<Contact>(file, separatorChar: ';', hasHeader: true));
        var split = ml.Data.TrainTestSplit(rows, 0.2, seed: seed);
        var features = ml.Transforms.Concatenate("Features", nameof(Contact.Age), nameof(Contact.Balance), nameof(Contact.Duration))
            .Append(ml.Transforms.NormalizeMeanVariance("Features"))
            .AppendCacheCheckpoint(ml);
        var catalog = ml.BinaryClassification.Trainers;

        var calibrated = new Dictionary<string, IEstimator<ITransformer>>(StringComparer.Ordinal)
        {
            ["sdca"] = catalog.SdcaLogisticRegression(new SdcaLogisticRegressionBinaryTrainer.Options
            {
                LabelColumnName = Label, L2Regularization = l2, MaximumNumberOfIterations = iterations, NumberOfThreads = 1,
            }),
            ["lbfgs"] = catalog.LbfgsLogisticRegression(new LbfgsLogisticRegressionBinaryTrainer.Options
            {
                LabelColumnName = Label, L2Regularization = l2, NumberOfThreads = 1,
            }),
            ["sgd"] = catalog.SgdCalibrated(new SgdCalibratedTrainer.Options
            {
                LabelColumnName = Label, L2Regularization = l2, NumberOfIterations = iterations, NumberOfThreads = 1,
            }),
        };
        var raw = new Dictionary<string, IEstimator<ITransformer>>(StringComparer.Ordinal)
        {
            ["perceptron"] = catalog.AveragedPerceptron(Label, numberOfIterations: iterations),
            ["svm"] = catalog.LinearSvm(Label, numberOfIterations: iterations),
            ["hinge"] = catalog.SdcaNonCalibrated(new SdcaNonCalibratedBinaryTrainer.Options
            {
                LabelColumnName = Label, LossFunction = new HingeLoss(), NumberOfThreads = 1,
            }),
        };

        return calibrated.Select(pair => (pair.Key, Evaluate(pair.Value, probability: true)))
            .Concat(raw.Select(pair => (pair.Key, Evaluate(pair.Value, probability: false))))
            .OrderByDescending(pair => pair.Item2)
            .ToList();

        double Evaluate(IEstimator<ITransformer> trainer, bool probability)
        {
            var scored = features.Append(trainer).Fit(split.TrainSet).Transform(split.TestSet);
            return (probability ? ml.BinaryClassification.Evaluate(scored, Label) : ml.BinaryClassification.EvaluateNonCalibrated(scored, Label)).AreaUnderRocCurve;
        }
    }
}
