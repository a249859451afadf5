using System;
using System.Linq;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;

namespace Energy
{
    public class HourRow
    {
        [LoadColumn(0)] public float Hour;
        [LoadColumn(1)] public float Temperature;
        [LoadColumn(2)] public float Holiday;
        [LoadColumn(3)] public float Load;
    }

    public static class Program
    {
        public static void Main(string[] args)
        {
            var ml = new MLContext(seed: 2);
            var data = ml.Data.LoadFromTextFile<HourRow>("load.csv", separatorChar: ',', hasHeader: true);
            var split = ml.Data.TrainTestSplit(data, testFraction: 0.2);
            var prep = ml.Transforms.Concatenate("Features", nameof(HourRow.Hour), nameof(HourRow.Temperature), nameof(HourRow.Holiday));

            var best = double.MaxValue;
            ITransformer bestModel = null;
            foreach (var leaves in new[] { 8, 16, 32, 64 })
            {
                for (var rate = 0.05; rate < 0.5; rate *= 2)
                {
                    var trainer = ml.Regression.Trainers.FastTree(new FastTreeRegressionTrainer.Options
                    {
                        LabelColumnName = nameof(HourRow.Load),
                        NumberOfLeaves = leaves,
                        LearningRate = rate,
                    });
                    var model = prep.Append(trainer).Fit(split.TrainSet);
                    var rmse = ml.Regression.Evaluate(model.Transform(split.TestSet), nameof(HourRow.Load)).RootMeanSquaredError;
                    Console.WriteLine($"{leaves} {rate:0.00} {rmse:0.000}");
                    if (rmse < best)
                    {
                        (best, bestModel) = (rmse, model);
                    }
                }
            }

            ml.Model.Save(bestModel, split.TrainSet.Schema, "load.zip");
        }
    }
}
