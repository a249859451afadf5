using Microsoft.ML;
using Microsoft.ML.Data;

namespace Parcels;

public sealed class Parcel
{
    [LoadColumn(0)] public float Weight { get; set; }
    [LoadColumn(1)] public float Volume { get; set; }
    [LoadColumn(2)] public float Distance { get; set; }
    [LoadColumn(3)] public float Cost { get; set; }
}

public sealed class ImportanceReport
{
    private static readonly string[] Inputs = [nameof(Parcel.Weight), nameof(Parcel.Volume), nameof(Parcel.Distance)];
    private readonly MLContext ml = new(seed: 1);

    public IEnumerable<(string Name, double Loss)> Of(string path)
    {
        var split = ml.Data.TrainTestSplit(ml.Data.LoadFromTextFile<Parcel>(path, hasHeader: true), testFraction: 0.3);
        var model = ml.Transforms.Concatenate("Features", Inputs)
            .Append(ml.Regression.Trainers.FastTree(nameof(Parcel.Cost)))
            .Fit(split.TrainSet);

        var scored = model.Transform(split.TestSet);
        var importance = ml.Regression.PermutationFeatureImportance(
            model.LastTransformer, scored, nameof(Parcel.Cost), permutationCount: 30);
        return Inputs.Zip(importance, (name, metric) => (name, -metric.RSquared.Mean)).OrderByDescending(pair => pair.Item2);
    }

    public IReadOnlyDictionary<string, double> ByName(ITransformer model, IDataView test) =>
        ml.BinaryClassification.PermutationFeatureImportanceNonCalibrated(model, test, permutationCount: 5)
            .ToDictionary(pair => pair.Key, pair => pair.Value.AreaUnderRocCurve.Mean);
}
