using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Curves;

public sealed class Point
{
    [LoadColumn(0)] public float X { get; set; }
    [LoadColumn(1)] public float Y { get; set; }
}

public sealed record Step(long Rows, double Learned, double Held);

public static class LearningCurve
{
    public static IEnumerable<Step> Draw(MLContext ml, string file)
    {
        var data = ml.Data.ShuffleRows(ml.Data.LoadFromTextFile<Point>(file), seed: 1);
        var test = ml.Data.TakeRows(data, 500);
        var rest = ml.Data.SkipRows(data, 500);
        var pipeline = ml.Transforms.Concatenate("Features", nameof(Point.X)).Append(ml.Regression.Trainers.FastTree(nameof(Point.Y)));
        foreach (var count in new long[] { 100, 300, 1000, 3000 })
        {
            var part = ml.Data.TakeRows(rest, count);
            var model = pipeline.Fit(part);
            yield return new Step(
                count,
                ml.Regression.Evaluate(model.Transform(part), nameof(Point.Y)).RootMeanSquaredError,
                ml.Regression.Evaluate(model.Transform(test), nameof(Point.Y)).RootMeanSquaredError);
        }
    }

    public static double Outside(MLContext ml, IDataView data)
    {
        var low = ml.Data.FilterRowsByColumn(data, nameof(Point.X), upperBound: 10);
        var high = ml.Data.FilterRowsByColumn(data, nameof(Point.X), lowerBound: 10);
        var model = ml.Transforms.Concatenate("Features", nameof(Point.X)).Append(ml.Regression.Trainers.FastForest(nameof(Point.Y))).Fit(low);
        return ml.Regression.Evaluate(model.Transform(high), nameof(Point.Y)).RSquared;
    }
}
