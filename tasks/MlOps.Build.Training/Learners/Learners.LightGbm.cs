using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.LightGbm;
using MlOps.Build.Contracts;

using BinaryModel = Microsoft.ML.Calibrators.CalibratedModelParametersBase<
    Microsoft.ML.Trainers.LightGbm.LightGbmBinaryModelParameters, Microsoft.ML.Calibrators.PlattCalibrator>;

namespace MlOps.Build.Training;

/// <summary>
/// The algorithms of ML.NET with every option pinned that would otherwise depend on the number of rows, the number of
/// cores or the clock, so that a sample and the full data train the same algorithm and a second run gives the same bytes.
/// Options as used are recorded in <c>training.json</c>.
/// </summary>
public static partial class Learners
{
    /// <summary>Gradient-boosted trees (LightGBM) for the task of the request.</summary>
    /// <remarks>
    /// Reads <c>trees</c> (100), <c>leaves</c> (31), <c>learningRate</c> (0.1), <c>minimumRowsPerLeaf</c> (20),
    /// <c>featureFraction</c> (1), <c>rowFraction</c> (1), <c>l1</c> (0), <c>l2</c> (0.01) and <c>patience</c> (20 trees without
    /// a better validation loss; 0: never stop early). Handles missing values.
    /// </remarks>
    public static Learner LightGbm(TrainingContext context) => context.Task switch
    {
        ModelTask.BinaryClassification => LightGbmBinary(context),
        ModelTask.MulticlassClassification => LightGbmMulticlass(context),
        _ => LightGbmRegression(context),
    };

    /// <summary>Gradient-boosted trees (LightGBM) for two classes; parameters as for <see cref="LightGbm"/>.</summary>
    public static Learner LightGbmBinary(
        TrainingContext context, Action<LightGbmBinaryTrainer.Options>? options = null)
    {
        var pinned = new LightGbmBinaryTrainer.Options();
        PinLightGbm<LightGbmBinaryTrainer.Options, float, BinaryPredictionTransformer<BinaryModel>, BinaryModel>(
            context, pinned);
        options?.Invoke(pinned);
        RecordedOptions.Keep(context, "lightGbm", pinned);
        var trainer = context.Ml.BinaryClassification.Trainers.LightGbm(pinned);
        return LightGbmLearner(trainer, trainer.Fit, ModelTask.BinaryClassification);
    }

    /// <summary>Gradient-boosted trees (LightGBM) for several classes; parameters as for <see cref="LightGbm"/>.</summary>
    public static Learner LightGbmMulticlass(
        TrainingContext context, Action<LightGbmMulticlassTrainer.Options>? options = null)
    {
        var pinned = new LightGbmMulticlassTrainer.Options { UseSoftmax = true };
        PinLightGbm<
            LightGbmMulticlassTrainer.Options,
            VBuffer<float>,
            MulticlassPredictionTransformer<OneVersusAllModelParameters>,
            OneVersusAllModelParameters>(context, pinned);
        options?.Invoke(pinned);
        RecordedOptions.Keep(context, "lightGbm", pinned);
        var trainer = context.Ml.MulticlassClassification.Trainers.LightGbm(pinned);
        return LightGbmLearner(trainer, trainer.Fit, ModelTask.MulticlassClassification);
    }

    /// <summary>Gradient-boosted trees (LightGBM) for a number; parameters as for <see cref="LightGbm"/>.</summary>
    public static Learner LightGbmRegression(
        TrainingContext context, Action<LightGbmRegressionTrainer.Options>? options = null)
    {
        var pinned = new LightGbmRegressionTrainer.Options();
        PinLightGbm<
            LightGbmRegressionTrainer.Options,
            float,
            RegressionPredictionTransformer<LightGbmRegressionModelParameters>,
            LightGbmRegressionModelParameters>(context, pinned);
        options?.Invoke(pinned);
        RecordedOptions.Keep(context, "lightGbm", pinned);
        var trainer = context.Ml.Regression.Trainers.LightGbm(pinned);
        return LightGbmLearner(trainer, trainer.Fit, ModelTask.Regression);
    }

    private static Learner LightGbmLearner(
        IEstimator<ITransformer> trainer, Func<IDataView, IDataView, ITransformer> fitWithValidation, ModelTask task)
        => new("LightGBM", trainer)
        {
            Task = task,
            Fit = (train, valid) => valid is null ? trainer.Fit(train) : fitWithValidation(train, valid),
        };

    // UseCategoricalSplit, LearningRate, NumberOfLeaves and MinimumExampleCountPerLeaf are chosen by ML.NET from the row count when null.
    private static void PinLightGbm<TOptions, TOutput, TTransformer, TModel>(
        TrainingContext context, LightGbmTrainerBase<TOptions, TOutput, TTransformer, TModel>.OptionsBase options)
        where TOptions : LightGbmTrainerBase<TOptions, TOutput, TTransformer, TModel>.OptionsBase, new()
        where TTransformer : ISingleFeaturePredictionTransformer<TModel>
        where TModel : class
    {
        var parameters = context.Parameters;
        options.FeatureColumnName = TrainingContext.FeatureColumn;
        options.LabelColumnName = TrainingContext.LabelColumn;
        options.NumberOfIterations = parameters.Integer("trees", 100, 1, 100_000);
        options.NumberOfLeaves = parameters.Integer("leaves", 31, 2, 131_072);
        options.LearningRate = parameters.Number("learningRate", 0.1, 1e-6, 10);
        options.MinimumExampleCountPerLeaf = parameters.Integer("minimumRowsPerLeaf", 20, 1);
        options.UseCategoricalSplit = false;
        options.Seed = context.Seed;
        options.NumberOfThreads = context.Threads;
        options.Deterministic = true;
        options.ForceColumnWise = true;
        options.HandleMissingValue = true;
        options.Silent = true;
        options.Booster = Booster(parameters);
        var patience = parameters.Integer("patience", 20, 0);
        options.EarlyStoppingRound = context.HasValidation ? patience : 0;
    }

    private static GradientBooster.Options Booster(TrainingParameters parameters)
    {
        var rows = parameters.Number("rowFraction", 1, 1e-3, 1);
        return new()
        {
            FeatureFraction = parameters.Number("featureFraction", 1, 1e-3, 1),
            SubsampleFraction = rows,
            SubsampleFrequency = rows < 1 ? 1 : 0,
            L1Regularization = parameters.Number("l1", 0, 0),
            L2Regularization = parameters.Number("l2", 0.01, 0),
        };
    }
}
