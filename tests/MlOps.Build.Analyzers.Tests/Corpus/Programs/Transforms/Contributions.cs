using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;

namespace Credit.Explain;

public class Application
{
    public float Income { get; set; }
    public float Debt { get; set; }
    public float YearsEmployed { get; set; }
    public float Rate { get; set; }
}

public class Explained : Application
{
    public float Score { get; set; }
    [VectorType(3)] public float[] FeatureContributions { get; set; }
}

public static class Explainer
{
    private static readonly string[] Inputs = { nameof(Application.Income), nameof(Application.Debt), nameof(Application.YearsEmployed) };

    public static IEnumerable<string> Explain(IEnumerable<Application> past, IEnumerable<Application> open)
    {
        var ml = new MLContext(seed: 6);
        var history = ml.Data.LoadFromEnumerable(past);
        var prepared = ml.Transforms.Concatenate("Features", Inputs).Fit(history);
        var trainer = ml.Regression.Trainers.FastTree(labelColumnName: nameof(Application.Rate), numberOfTrees: 50);
        RegressionPredictionTransformer<FastTreeRegressionModelParameters> predictor = trainer.Fit(prepared.Transform(history));

        var importance = ml.Regression.PermutationFeatureImportance(
            predictor, prepared.Transform(history), labelColumnName: nameof(Application.Rate), permutationCount: 5);
        foreach (var (slot, at) in importance.Select((slot, at) => (slot, at)))
        {
            Console.WriteLine($"{Inputs[at]}: {slot.RSquared.Mean:F3}");
        }

        var requests = prepared.Transform(ml.Data.LoadFromEnumerable(open));
        var explained = ml.Transforms.CalculateFeatureContribution(predictor, normalize: false)
            .Fit(requests)
            .Transform(predictor.Transform(requests));
        foreach (var row in ml.Data.CreateEnumerable<Explained>(explained, reuseRowObject: false))
        {
            yield return $"{row.Score:F2} because of {Inputs[Array.IndexOf(row.FeatureContributions, row.FeatureContributions.Max())]}";
        }
    }
}
