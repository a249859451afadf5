using System;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Stacked;

public sealed class Visit
{
    [LoadColumn(0)] public float Age { get; set; }
    [LoadColumn(1)] public float Minutes { get; set; }
    [LoadColumn(2)] public float Spend { get; set; }
    [LoadColumn(3)] public bool Returns { get; set; }
}

/// <summary>What one model predicts is what the next one reads.</summary>
public static class Stack
{
    public static ITransformer Fit(MLContext ml, IDataView visits)
    {
        var spend = ml.Transforms.Concatenate("Features", nameof(Visit.Age), nameof(Visit.Minutes))
            .Append(ml.Regression.Trainers.FastTree(nameof(Visit.Spend)))
            .Append(ml.Transforms.CopyColumns("ExpectedSpend", "Score"));
        var returns = ml.Transforms.Concatenate("Features", nameof(Visit.Age), nameof(Visit.Spend), "ExpectedSpend")
            .Append(ml.BinaryClassification.Trainers.FastTree(nameof(Visit.Returns)));
        return spend.Append(returns).Fit(visits);
    }

    public static ITransformer Lagged(MLContext ml, IDataView visits) =>
        ml.Transforms.CopyColumns("Before", nameof(Visit.Spend))
            .Append(ml.Transforms.Expression("Label", "(s, m) => s * m", nameof(Visit.Spend), nameof(Visit.Minutes)))
            .Append(ml.Transforms.Concatenate("Features", "Before", nameof(Visit.Age)))
            .Append(ml.Regression.Trainers.FastForest())
            .Fit(visits);

    public static ITransformer Renamed(MLContext ml, IDataView visits) =>
        ml.Transforms.CopyColumns("Label", nameof(Visit.Spend))
            .Append(ml.Transforms.CopyColumns(nameof(Visit.Spend), nameof(Visit.Minutes)))
            .Append(ml.Transforms.Concatenate("Features", nameof(Visit.Spend), nameof(Visit.Age)))
            .Append(ml.Regression.Trainers.FastForest())
            .Fit(visits);

    public static double AfterTheFact(MLContext ml, IDataView visits, ITransformer model)
    {
        var split = ml.Data.TrainTestSplit(model.Transform(visits), testFraction: 0.2);
        return ml.Regression.Evaluate(split.TestSet, nameof(Visit.Spend)).RSquared;
    }
}
