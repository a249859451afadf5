using Microsoft.ML;
using Microsoft.ML.Trainers.FastTree;
using MlOps.Build.Contracts;

namespace MlOps.Build.Training;

public static partial class Learners
{
    /// <summary>Gradient-boosted trees of ML.NET itself (FastTree) for two classes.</summary>
    /// <remarks>
    /// Reads <c>trees</c> (100), <c>leaves</c> (20), <c>learningRate</c> (0.2), <c>minimumRowsPerLeaf</c> (10) and <c>featureFraction</c>
    /// (1). Leaves out rows with a missing feature, which the training record then counts: impute them first. With validation
    /// rows it keeps the number of trees that did best on them.
    /// </remarks>
    public static Learner FastTreeBinary(TrainingContext context, Action<FastTreeBinaryTrainer.Options>? options = null)
    {
        var pinned = new FastTreeBinaryTrainer.Options();
        PinFastTree(context, pinned);
        options?.Invoke(pinned);
        RecordedOptions.Keep(context, "fastTree", pinned);
        var trainer = context.Ml.BinaryClassification.Trainers.FastTree(pinned);
        return FastTreeLearner(trainer, trainer.Fit, ModelTask.BinaryClassification);
    }

    /// <summary>Gradient-boosted trees of ML.NET itself (FastTree) for a number; as <see cref="FastTreeBinary"/>.</summary>
    public static Learner FastTreeRegression(
        TrainingContext context, Action<FastTreeRegressionTrainer.Options>? options = null)
    {
        var pinned = new FastTreeRegressionTrainer.Options();
        PinFastTree(context, pinned);
        options?.Invoke(pinned);
        RecordedOptions.Keep(context, "fastTree", pinned);
        var trainer = context.Ml.Regression.Trainers.FastTree(pinned);
        return FastTreeLearner(trainer, trainer.Fit, ModelTask.Regression);
    }

    private static Learner FastTreeLearner(
        IEstimator<ITransformer> trainer, Func<IDataView, IDataView, ITransformer> fitWithValidation, ModelTask task)
        => new("FastTree", trainer)
        {
            Task = task,
            Fit = (train, valid) => valid is null ? trainer.Fit(train) : fitWithValidation(train, valid),
        };

    private static void PinFastTree(TrainingContext context, BoostedTreeOptions options)
    {
        var parameters = context.Parameters;
        options.FeatureColumnName = TrainingContext.FeatureColumn;
        options.LabelColumnName = TrainingContext.LabelColumn;
        options.NumberOfTrees = parameters.Integer("trees", 100, 1, 100_000);
        options.NumberOfLeaves = parameters.Integer("leaves", 20, 2, 131_072);
        options.LearningRate = parameters.Number("learningRate", 0.2, 1e-6, 10);
        options.MinimumExampleCountPerLeaf = parameters.Integer("minimumRowsPerLeaf", 10, 1);
        options.FeatureFraction = parameters.Number("featureFraction", 1, 1e-3, 1);
        options.NumberOfThreads = context.Threads;
        options.Seed = context.Seed;
        options.FeatureSelectionSeed = context.Seed;
        options.EnablePruning = context.HasValidation;
    }
}
