using Microsoft.ML;
using Microsoft.ML.Data;

namespace Screening;

public class Scan
{
    [LoadColumn(0, 63), VectorType(64)] public float[] Features { get; set; }
    [LoadColumn(64)] public bool Label { get; set; }
}

public class Scored
{
    public bool Label { get; set; }
    public float Score { get; set; }
}

public class ThresholdSearch
{
    private readonly MLContext _ml = new(seed: 15);

    public double Recall(string path)
    {
        var all = _ml.Data.LoadFromTextFile<Scan>(path);
        var outer = _ml.Data.TrainTestSplit(all, 0.2);
        var inner = _ml.Data.TrainTestSplit(outer.TrainSet, 0.25);

        var model = _ml.BinaryClassification.Trainers.FastForest().Fit(inner.TrainSet);
        var validation = _ml.Data.CreateEnumerable<Scored>(model.Transform(inner.TestSet), reuseRowObject: false).ToList();
        var threshold = validation.Where(row => row.Label).Select(row => row.Score).Order().ElementAt((int)(validation.Count(row => row.Label) * 0.05));

        var strict = _ml.BinaryClassification.ChangeModelThreshold(model, threshold);
        var metrics = _ml.BinaryClassification.EvaluateNonCalibrated(strict.Transform(outer.TestSet));
        return metrics.PositiveRecall;
    }
}
