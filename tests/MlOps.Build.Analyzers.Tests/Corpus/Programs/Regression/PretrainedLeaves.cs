using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.FastTree;

namespace Logistics;

public sealed class Shipment
{
    [LoadColumn(0)] public float Weight { get; set; }
    [LoadColumn(1)] public float Distance { get; set; }
    [LoadColumn(2)] public float Stops { get; set; }
    [LoadColumn(3)] public float Hours { get; set; }
}

public sealed class DurationModel
{
    private readonly MLContext ml = new(seed: 404);

    public void Compare(IDataView train, IDataView test)
    {
        var numbers = ml.Transforms.Concatenate("Numbers", nameof(Shipment.Weight), nameof(Shipment.Distance), nameof(Shipment.Stops));
        var known = numbers.Fit(train);
        var ensemble = ml.Regression.Trainers.FastTree(nameof(Shipment.Hours), "Numbers", numberOfTrees: 20).Fit(known.Transform(train));

        var pretrained = ml.Transforms.FeaturizeByPretrainTreeEnsemble(new PretrainedTreeFeaturizationEstimator.Options
        {
            InputColumnName = "Numbers", LeavesColumnName = "Leaves", ModelParameters = ensemble.Model,
        });
        var forest = ml.Transforms.FeaturizeByFastForestRegression(new FastForestRegressionFeaturizationEstimator.Options
        {
            InputColumnName = "Numbers", LeavesColumnName = "Leaves",
            TrainerOptions = new FastForestRegressionTrainer.Options { LabelColumnName = nameof(Shipment.Hours), FeatureColumnName = "Numbers" },
        });
        var boosted = ml.Transforms.FeaturizeByFastTreeRegression(new FastTreeRegressionFeaturizationEstimator.Options
        {
            InputColumnName = "Numbers", LeavesColumnName = "Leaves",
            TrainerOptions = new FastTreeRegressionTrainer.Options { LabelColumnName = nameof(Shipment.Hours), FeatureColumnName = "Numbers" },
        });
        var tweedie = ml.Transforms.FeaturizeByFastTreeTweedie(new FastTreeTweedieFeaturizationEstimator.Options
        {
            InputColumnName = "Numbers", LeavesColumnName = "Leaves",
            TrainerOptions = new FastTreeTweedieTrainer.Options { LabelColumnName = nameof(Shipment.Hours), FeatureColumnName = "Numbers" },
        });

        foreach (IEstimator<ITransformer> leaves in new IEstimator<ITransformer>[] { pretrained, forest, boosted, tweedie })
        {
            var model = numbers.Append(leaves)
                .Append(ml.Transforms.Concatenate("Features", "Leaves", "Numbers"))
                .AppendCacheCheckpoint(ml)
                .Append(ml.Regression.Trainers.Sdca(new SdcaRegressionTrainer.Options { LabelColumnName = nameof(Shipment.Hours), NumberOfThreads = 1 }))
                .Fit(train);
            Console.WriteLine(ml.Regression.Evaluate(model.Transform(test), nameof(Shipment.Hours)).RSquared);
        }
    }
}
