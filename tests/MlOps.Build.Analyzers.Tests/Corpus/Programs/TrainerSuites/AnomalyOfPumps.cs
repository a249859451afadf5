using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace Pumps;

public sealed class Cycle
{
    [VectorType(24)] public float[] Current { get; set; }
    public float Label { get; set; }
}

public sealed class CycleVerdict
{
    public bool PredictedLabel { get; set; }
    public float Score { get; set; }
}

public static class Watch
{
    public static IEnumerable<int> Suspicious(IReadOnlyList<Cycle> normal, IReadOnlyList<Cycle> today)
    {
        var ml = new MLContext();
        var train = ml.Data.LoadFromEnumerable(normal);
        var seeded = ml.AnomalyDetection.Trainers.RandomizedPca(nameof(Cycle.Current), rank: 4, seed: 3);
        var model = ml.AnomalyDetection.ChangeModelThreshold(seeded.Fit(train), 0.6f);
        return ml.Data.CreateEnumerable<CycleVerdict>(model.Transform(ml.Data.LoadFromEnumerable(today)), reuseRowObject: false)
            .Select((verdict, at) => (verdict, at))
            .Where(pair => pair.verdict.PredictedLabel)
            .Select(pair => pair.at);
    }

    public static double Auc(IReadOnlyList<Cycle> normal, IReadOnlyList<Cycle> labelled)
    {
        var ml = new MLContext();
        var pca = ml.Transforms.NormalizeLpNorm("Features", nameof(Cycle.Current))
            .Append(ml.AnomalyDetection.Trainers.RandomizedPca(new RandomizedPcaTrainer.Options { Rank = 4 }));
        var model = pca.Fit(ml.Data.LoadFromEnumerable(normal));
        return ml.AnomalyDetection.Evaluate(model.Transform(ml.Data.LoadFromEnumerable(labelled))).AreaUnderRocCurve;
    }
}
