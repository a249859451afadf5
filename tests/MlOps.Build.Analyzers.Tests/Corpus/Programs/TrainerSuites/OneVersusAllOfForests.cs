using System;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Sorting
{
    class Item
    {
        [LoadColumn(0)] public float Weight;
        [LoadColumn(1)] public float Length;
        [LoadColumn(2)] public string Bin;
    }

    class Program
    {
        static void Main(string[] args)
        {
            var context = new MLContext();
            var items = context.Data.LoadFromTextFile<Item>(args[0], ';', hasHeader: true);
            var split = context.Data.TrainTestSplit(items, testFraction: 0.2, samplingKeyColumnName: "Label");

            var pipeline = context.Transforms.Conversion.MapValueToKey("Label", nameof(Item.Bin))
                .Append(context.Transforms.Concatenate("Features", nameof(Item.Weight), nameof(Item.Length)))
                .Append(context.MulticlassClassification.Trainers.OneVersusAll(
                    context.BinaryClassification.Trainers.FastForest(numberOfTrees: 50), useProbabilities: false))
                .Append(context.Transforms.Conversion.MapKeyToValue("PredictedLabel"));

            var model = pipeline.Fit(split.TrainSet);
            var metrics = context.MulticlassClassification.Evaluate(model.Transform(split.TestSet));
            Console.WriteLine(metrics.ConfusionMatrix.GetFormattedConfusionTable());
        }
    }
}
