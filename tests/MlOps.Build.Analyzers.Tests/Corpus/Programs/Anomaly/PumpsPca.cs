using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace Pumps.Monitoring;

public sealed class Reading
{
    [LoadColumn(0, 15), VectorType(16)] public float[] Sensors { get; set; }
    [LoadColumn(16)] public bool Broken { get; set; }
}

public sealed class PumpMonitor
{
    private readonly MLContext ml = new(seed: 5);

    public (ITransformer Model, AnomalyDetectionMetrics Metrics) Learn(string healthyFile, string labelledFile)
    {
        var loader = ml.Data.CreateTextLoader<Reading>(separatorChar: ',', hasHeader: true);
        var healthy = loader.Load(healthyFile);
        var labelled = loader.Load(labelledFile);

        var pipeline = ml.Transforms.NormalizeMeanVariance("Features", nameof(Reading.Sensors))
            .Append(ml.AnomalyDetection.Trainers.RandomizedPca(new RandomizedPcaTrainer.Options { Rank = 4, EnsureZeroMean = true, Seed = 5 }));
        var model = pipeline.Fit(healthy);
        var metrics = ml.AnomalyDetection.Evaluate(model.Transform(labelled), nameof(Reading.Broken), falsePositiveCount: 20);
        return (model, metrics);
    }
}
