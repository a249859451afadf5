using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Energy.Tuning;

public sealed class HourRow
{
    [LoadColumn(0)] public float Hour { get; set; }
    [LoadColumn(1)] public float Temperature { get; set; }
    [LoadColumn(2)] public float Load { get; set; }
}

public sealed record Setting(int Leaves, int Trees, double Rate);

public static class Program
{
    private static IEnumerable<Setting> Grid() =>
        from leaves in new[] { 8, 32 }
        from trees in new[] { 50, 200 }
        from rate in new[] { 0.05, 0.2 }
        select new Setting(leaves, trees, rate);

    public static int Main(string[] args)
    {
        if (args is not [var file, ..])
        {
            Console.Error.WriteLine("usage: tune <file>");
            return 2;
        }

        var ml = new MLContext(seed: 2);
        var data = ml.Data.LoadFromTextFile<HourRow>(file, separatorChar: ',', hasHeader: true);
        var (train, test) = ml.Data.TrainTestSplit(data, testFraction: 0.2) is var split ? (split.TrainSet, split.TestSet) : default;

        var (chosen, error) = Grid()
            .Select(setting => (setting, Error(ml, train, setting)))
            .MinBy(pair => pair.Item2);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{chosen}: {error:F2}"));

        var model = Pipeline(ml, chosen).Fit(train);
        var metrics = ml.Regression.Evaluate(model.Transform(test), nameof(HourRow.Load));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"on new rows: {metrics.RootMeanSquaredError:F2}"));
        return 0;
    }

    private static double Error(MLContext ml, IDataView train, Setting setting) =>
        ml.Regression.CrossValidate(train, Pipeline(ml, setting), numberOfFolds: 5, labelColumnName: nameof(HourRow.Load))
            .Average(fold => fold.Metrics.RootMeanSquaredError);

    private static IEstimator<ITransformer> Pipeline(MLContext ml, Setting setting) =>
        ml.Transforms.Concatenate("Features", nameof(HourRow.Hour), nameof(HourRow.Temperature))
            .Append(ml.Regression.Trainers.FastTree(nameof(HourRow.Load), numberOfLeaves: setting.Leaves, numberOfTrees: setting.Trees, learningRate: setting.Rate));
}
