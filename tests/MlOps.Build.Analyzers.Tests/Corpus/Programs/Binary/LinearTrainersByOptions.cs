using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace Insurance.Claims;

public sealed class Claim
{
    public float Amount { get; set; }
    public float DaysOpen { get; set; }
    public float PriorClaims { get; set; }
    public bool Litigated { get; set; }
}

/// <summary>All linear learners with their options side by side, on the same folds.</summary>
public sealed class LinearBenchmark
{
    private const string Label = nameof(Claim.Litigated);
    private readonly MLContext _ml;
    private readonly IDataView _rows;

    public LinearBenchmark(MLContext ml, IReadOnlyList<Claim> claims)
    {
        _ml = ml;
        _rows = ml.Data.Cache(ml.Data.LoadFromEnumerable(claims));
    }

    public IDictionary<string, double> Calibrated()
    {
        var trainers = _ml.BinaryClassification.Trainers;
        var candidates = new Dictionary<string, IEstimator<ITransformer>>
        {
            ["sdca"] = trainers.SdcaLogisticRegression(new SdcaLogisticRegressionBinaryTrainer.Options
            {
                LabelColumnName = Label, L2Regularization = 1e-4f, NumberOfThreads = 1,
            }),
            ["lbfgs"] = trainers.LbfgsLogisticRegression(new LbfgsLogisticRegressionBinaryTrainer.Options
            {
                LabelColumnName = Label, L1Regularization = 0.5f, NumberOfThreads = 1, ShowTrainingStatistics = true,
            }),
            ["sgd"] = trainers.SgdCalibrated(new SgdCalibratedTrainer.Options { LabelColumnName = Label, NumberOfIterations = 40, NumberOfThreads = 1 }),
            ["ffm"] = trainers.FieldAwareFactorizationMachine(new FieldAwareFactorizationMachineTrainer.Options
            {
                LabelColumnName = Label, FeatureColumnName = "Features", LatentDimension = 8,
            }),
        };
        return candidates.ToDictionary(
            pair => pair.Key,
            pair => _ml.BinaryClassification.CrossValidate(_rows, Prepare().Append(pair.Value), labelColumnName: Label)
                .Average(fold => fold.Metrics.AreaUnderRocCurve));
    }

    public IDictionary<string, double> NonCalibrated()
    {
        var trainers = _ml.BinaryClassification.Trainers;
        var candidates = new Dictionary<string, IEstimator<ITransformer>>
        {
            ["sdca"] = trainers.SdcaNonCalibrated(new SdcaNonCalibratedBinaryTrainer.Options
            {
                LabelColumnName = Label, LossFunction = new HingeLoss(), NumberOfThreads = 1,
            }),
            ["sgd"] = trainers.SgdNonCalibrated(new SgdNonCalibratedTrainer.Options { LabelColumnName = Label, LearningRate = 0.02, NumberOfThreads = 1 }),
            ["perceptron"] = trainers.AveragedPerceptron(new AveragedPerceptronTrainer.Options { LabelColumnName = Label, NumberOfIterations = 20 }),
            ["svm"] = trainers.LinearSvm(new LinearSvmTrainer.Options { LabelColumnName = Label, NumberOfIterations = 5 }),
            ["ldsvm"] = trainers.LdSvm(new LdSvmTrainer.Options { LabelColumnName = Label, TreeDepth = 4 }),
        };
        return candidates.ToDictionary(
            pair => pair.Key,
            pair => _ml.BinaryClassification.CrossValidateNonCalibrated(_rows, Prepare().Append(pair.Value), labelColumnName: Label)
                .Average(fold => fold.Metrics.AreaUnderRocCurve));
    }

    private IEstimator<ITransformer> Prepare() => _ml.Transforms.NormalizeMeanVariance(
            [new("A", nameof(Claim.Amount)), new("D", nameof(Claim.DaysOpen)), new("P", nameof(Claim.PriorClaims))])
        .Append(_ml.Transforms.Concatenate("Features", "A", "D", "P"));
}
