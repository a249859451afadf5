using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;

namespace MlOps.Build.Training;

/// <summary>How many steps a model consists of, where it is made in steps.</summary>
internal static class BestStep
{
    /// <summary>The number of trees of a boosted model of one output; null for anything else.</summary>
    public static int? Of(ITransformer fitted)
    {
        var predictor = fitted is IEnumerable<ITransformer> chain
            ? chain.OfType<ISingleFeaturePredictionTransformer<object>>().LastOrDefault()?.Model
            : null;
        var trees = predictor switch
        {
            CalibratedModelParametersBase<LightGbmBinaryModelParameters, PlattCalibrator> model => model.SubModel,
            CalibratedModelParametersBase<FastTreeBinaryModelParameters, PlattCalibrator> model => model.SubModel,
            _ => predictor as TreeEnsembleModelParametersBasedOnRegressionTree,
        };
        return trees?.TrainedTreeEnsemble.Trees.Count;
    }
}
