using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;

namespace Yield;

public record struct Outcome(string Trainer, double Rmse);

public class Batch
{
    public float Temperature { get; set; }
    public float Pressure { get; set; }
    public float Catalyst { get; set; }
    public float Yield { get; set; }
}

public static class TreeSuite
{
    public static Outcome[] Run(IReadOnlyCollection<Batch> batches, int seed)
    {
        var ml = new MLContext(seed);
        var data = ml.Data.LoadFromEnumerable(batches);
        var folds = ml.Data.CrossValidationSplit(data, numberOfFolds: 5, seed: seed);
        var concat = ml.Transforms.Concatenate("Features", nameof(Batch.Temperature), nameof(Batch.Pressure), nameof(Batch.Catalyst));
        var trees = ml.Regression.Trainers;

        return new (string Name, IEstimator<ITransformer> Estimator)[]
            {
                ("fast tree", concat.Append(trees.FastTree(new FastTreeRegressionTrainer.Options { LabelColumnName = nameof(Batch.Yield), NumberOfTrees = 300 }))),
                ("forest", concat.Append(trees.FastForest(nameof(Batch.Yield), numberOfTrees: 300))),
                ("tweedie", concat.Append(trees.FastTreeTweedie(nameof(Batch.Yield)))),
                ("gam", concat.Append(trees.Gam(nameof(Batch.Yield), numberOfIterations: 2000))),
            }
            .Select(one => new Outcome(one.Name, folds.Average(fold =>
                ml.Regression.Evaluate(one.Estimator.Fit(fold.TrainSet).Transform(fold.TestSet), nameof(Batch.Yield)).RootMeanSquaredError)))
            .ToArray();
    }
}
