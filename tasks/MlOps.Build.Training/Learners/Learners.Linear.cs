using Microsoft.ML;
using Microsoft.ML.Trainers;
using MlOps.Build.Contracts;

namespace MlOps.Build.Training;

public static partial class Learners
{
    /// <summary>Logistic regression by stochastic dual coordinate ascent, for two classes.</summary>
    /// <remarks>
    /// Reads <c>iterations</c> (20), <c>l1</c> (0) and <c>l2</c> (0.0001). Always one thread: with more, every run gives another
    /// model. Scale the features and impute missing values first (<see cref="FeatureSteps.EncodeScaled{TInput}"/>).
    /// </remarks>
    public static Learner SdcaBinary(
        TrainingContext context, Action<SdcaLogisticRegressionBinaryTrainer.Options>? options = null)
    {
        var pinned = new SdcaLogisticRegressionBinaryTrainer.Options();
        PinSdca(context, pinned);
        options?.Invoke(pinned);
        RecordedOptions.Keep(context, "sdca", pinned);
        return Linear(
            "SDCA", context.Ml.BinaryClassification.Trainers.SdcaLogisticRegression(pinned), ModelTask.BinaryClassification);
    }

    /// <summary>Maximum entropy by stochastic dual coordinate ascent, for several classes; as <see cref="SdcaBinary"/>.</summary>
    public static Learner SdcaMulticlass(
        TrainingContext context, Action<SdcaMaximumEntropyMulticlassTrainer.Options>? options = null)
    {
        var pinned = new SdcaMaximumEntropyMulticlassTrainer.Options();
        PinSdca(context, pinned);
        options?.Invoke(pinned);
        RecordedOptions.Keep(context, "sdca", pinned);
        return Linear(
            "SDCA",
            context.Ml.MulticlassClassification.Trainers.SdcaMaximumEntropy(pinned),
            ModelTask.MulticlassClassification);
    }

    /// <summary>Linear regression by stochastic dual coordinate ascent; as <see cref="SdcaBinary"/>.</summary>
    public static Learner SdcaRegression(
        TrainingContext context, Action<SdcaRegressionTrainer.Options>? options = null)
    {
        var pinned = new SdcaRegressionTrainer.Options();
        PinSdca(context, pinned);
        options?.Invoke(pinned);
        RecordedOptions.Keep(context, "sdca", pinned);
        return Linear("SDCA", context.Ml.Regression.Trainers.Sdca(pinned), ModelTask.Regression);
    }

    /// <summary>Logistic regression by L-BFGS, for two classes.</summary>
    /// <remarks>
    /// Reads <c>iterations</c> (100), <c>l1</c> (0) and <c>l2</c> (1). Always one thread: the sums, and so the model, depend on
    /// their number. Scale the features and impute missing values first (<see cref="FeatureSteps.EncodeScaled{TInput}"/>).
    /// </remarks>
    public static Learner LbfgsBinary(
        TrainingContext context, Action<LbfgsLogisticRegressionBinaryTrainer.Options>? options = null)
    {
        var pinned = new LbfgsLogisticRegressionBinaryTrainer.Options();
        PinLbfgs(context, pinned);
        options?.Invoke(pinned);
        RecordedOptions.Keep(context, "lbfgs", pinned);
        return Linear(
            "L-BFGS", context.Ml.BinaryClassification.Trainers.LbfgsLogisticRegression(pinned), ModelTask.BinaryClassification);
    }

    /// <summary>Maximum entropy by L-BFGS, for several classes; as <see cref="LbfgsBinary"/>.</summary>
    public static Learner LbfgsMulticlass(
        TrainingContext context, Action<LbfgsMaximumEntropyMulticlassTrainer.Options>? options = null)
    {
        var pinned = new LbfgsMaximumEntropyMulticlassTrainer.Options();
        PinLbfgs(context, pinned);
        options?.Invoke(pinned);
        RecordedOptions.Keep(context, "lbfgs", pinned);
        return Linear(
            "L-BFGS",
            context.Ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(pinned),
            ModelTask.MulticlassClassification);
    }

    private static Learner Linear(string name, IEstimator<ITransformer> trainer, ModelTask task)
        => new(name, trainer) { Task = task, ReadsRowsOften = true };

    // Regularization and iterations are chosen by ML.NET from the row count when null, threads from the core count.
    private static void PinSdca<TOptions, TTransformer, TModel>(
        TrainingContext context, SdcaTrainerBase<TOptions, TTransformer, TModel>.OptionsBase options)
        where TOptions : SdcaTrainerBase<TOptions, TTransformer, TModel>.OptionsBase, new()
        where TTransformer : ISingleFeaturePredictionTransformer<TModel>
        where TModel : class
    {
        var parameters = context.Parameters;
        options.FeatureColumnName = TrainingContext.FeatureColumn;
        options.LabelColumnName = TrainingContext.LabelColumn;
        options.MaximumNumberOfIterations = parameters.Integer("iterations", 20, 1);
        options.L1Regularization = (float)parameters.Number("l1", 0, 0);
        options.L2Regularization = (float)parameters.Number("l2", 1e-4, 1e-12);
        options.NumberOfThreads = 1;
        options.ConvergenceCheckFrequency = 1;
    }

    private static void PinLbfgs<TOptions, TTransformer, TModel>(
        TrainingContext context, LbfgsTrainerBase<TOptions, TTransformer, TModel>.OptionsBase options)
        where TOptions : LbfgsTrainerBase<TOptions, TTransformer, TModel>.OptionsBase, new()
        where TTransformer : ISingleFeaturePredictionTransformer<TModel>
        where TModel : class
    {
        var parameters = context.Parameters;
        options.FeatureColumnName = TrainingContext.FeatureColumn;
        options.LabelColumnName = TrainingContext.LabelColumn;
        options.MaximumNumberOfIterations = parameters.Integer("iterations", 100, 1);
        options.L1Regularization = (float)parameters.Number("l1", 0, 0);
        options.L2Regularization = (float)parameters.Number("l2", 1, 0);
        options.NumberOfThreads = 1;
    }
}
