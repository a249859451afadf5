using System;
using System.Linq;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Racing;

/// <summary>A race here is something that horses run.</summary>
public sealed class Start
{
    [LoadColumn(0)] public string Race { get; set; }
    [LoadColumn(1)] public float Weight { get; set; }
    [LoadColumn(2)] public float Form { get; set; }
    [LoadColumn(3)] public float Position { get; set; }
}

public static class Program
{
    public static void Main(string[] args)
    {
        var ml = new MLContext(seed: 9);
        var starts = ml.Data.LoadFromTextFile<Start>(args.Single(), separatorChar: ',', hasHeader: true, allowQuoting: true);
        var split = ml.Data.TrainTestSplit(starts, 0.2, samplingKeyColumnName: nameof(Start.Race));

        var pipeline = ml.Transforms.Conversion.MapValueToKey("GroupId", nameof(Start.Race))
            .Append(ml.Transforms.Expression("Label", "(p) => p < 4 ? single(4 - p) : single(0)", nameof(Start.Position)))
            .Append(ml.Transforms.Concatenate("Features", nameof(Start.Weight), nameof(Start.Form)))
            .Append(ml.Ranking.Trainers.FastTree());
        var model = pipeline.Fit(split.TrainSet);
        Console.WriteLine(ml.Ranking.Evaluate(model.Transform(split.TestSet)).NormalizedDiscountedCumulativeGains.Last());

        // How much does a course count? Each race is a feature of its own here, and no person is meant.
        var byRace = ml.Transforms.Categorical.OneHotHashEncoding("Course", nameof(Start.Race), numberOfBits: 8)
            .Append(ml.Transforms.Concatenate("Features", "Course", nameof(Start.Weight)))
            .Append(ml.Regression.Trainers.FastForest(labelColumnName: nameof(Start.Position)))
            .Fit(split.TrainSet);
        Console.WriteLine(ml.Regression.Evaluate(byRace.Transform(split.TestSet), nameof(Start.Position)).RSquared);
    }
}
