using Microsoft.ML;
using Microsoft.ML.Data;

namespace Concrete.Strength;

public sealed class Mix
{
    [LoadColumn(0, 7), VectorType(8)] public float[] Parts { get; set; }
    [LoadColumn(8)] public float MegaPascal { get; set; }
}

public sealed class StrengthModel(MLContext ml)
{
    /// <summary>How much better the model is on what it has seen: a large gap says that it has learned by heart.</summary>
    public double Overfit(IDataView mixes)
    {
        var split = ml.Data.TrainTestSplit(mixes, 0.25);
        var model = ml.Regression.Trainers.Gam(nameof(Mix.MegaPascal), nameof(Mix.Parts)).Fit(split.TrainSet);
        var trainMetrics = ml.Regression.Evaluate(model.Transform(split.TrainSet), nameof(Mix.MegaPascal));
        var testMetrics = ml.Regression.Evaluate(model.Transform(split.TestSet), nameof(Mix.MegaPascal));
        return testMetrics.RootMeanSquaredError - trainMetrics.RootMeanSquaredError;
    }

    public IEnumerable<double> EffectsOf(int part, IDataView mixes) =>
        ml.Regression.Trainers.Gam(nameof(Mix.MegaPascal), nameof(Mix.Parts)).Fit(mixes).Model.GetBinEffects(part);
}
