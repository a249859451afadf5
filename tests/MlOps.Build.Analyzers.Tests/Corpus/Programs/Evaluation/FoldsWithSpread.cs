using Microsoft.ML;
using Microsoft.ML.Data;

namespace Trials;

public sealed class Visit
{
    [LoadColumn(0)] public string PatientId { get; set; }
    [LoadColumn(1)] public float Dose { get; set; }
    [LoadColumn(2)] public float Weight { get; set; }
    [LoadColumn(3)] public bool Responded { get; set; }
}

public sealed record Estimate(double Mean, double StandardError);

public static class ResponseStudy
{
    public static Estimate Auc(MLContext ml, IDataView visits, int folds)
    {
        var pipeline = ml.Transforms.Concatenate("Features", nameof(Visit.Dose), nameof(Visit.Weight))
            .Append(ml.Transforms.NormalizeMeanVariance("Features"))
            .Append(ml.BinaryClassification.Trainers.FastTree(nameof(Visit.Responded)));
        var results = ml.BinaryClassification.CrossValidate(
            visits, pipeline, folds, nameof(Visit.Responded), samplingKeyColumnName: nameof(Visit.PatientId), seed: 1);
        var values = results.Select(result => result.Metrics.AreaUnderRocCurve).ToArray();
        var mean = values.Average();
        var variance = values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1);
        return new(mean, Math.Sqrt(variance / values.Length));
    }
}
