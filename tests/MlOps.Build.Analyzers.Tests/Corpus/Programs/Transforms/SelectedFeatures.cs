using System;
using System.Linq;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Genes;

internal sealed class Sample
{
    [LoadColumn(0)] public bool Label;
    [LoadColumn(1, 500), VectorType(500)] public float[] Expression;
}

internal static class SelectedFeatures
{
    private static void Main(string[] args)
    {
        var ml = new MLContext(seed: 42);
        var samples = ml.Data.Cache(ml.Data.LoadFromTextFile<Sample>(args[0], separatorChar: ','));

        // The whole selection looks at the label of every sample, also of those that judge.
        var selection = ml.Transforms.FeatureSelection.SelectFeaturesBasedOnCount("Used", nameof(Sample.Expression), count: 20)
            .Append(ml.Transforms.FeatureSelection.SelectFeaturesBasedOnMutualInformation("Features", "Used", slotsInOutput: 40));
        var selected = selection.Fit(samples).Transform(samples);

        var trainer = ml.BinaryClassification.Trainers.AveragedPerceptron();
        var results = ml.BinaryClassification.CrossValidateNonCalibrated(selected, trainer, numberOfFolds: 10);
        Console.WriteLine($"AUC {results.Average(r => r.Metrics.AreaUnderRocCurve):F3}");

        // The same, selected inside of each fold.
        var honest = ml.BinaryClassification.CrossValidateNonCalibrated(samples, selection.Append(trainer), numberOfFolds: 10);
        Console.WriteLine($"AUC {honest.Average(r => r.Metrics.AreaUnderRocCurve):F3}");
    }
}
