using Microsoft.ML;
using Microsoft.ML.Data;

namespace Surveys;

public sealed class Answer
{
    [LoadColumn(0)] public float Satisfaction { get; set; }
    [LoadColumn(1)] public float Wait { get; set; }
    [LoadColumn(2)] public bool Returned { get; set; }
}

public sealed class Interval(int seed)
{
    private readonly MLContext ml = new(seed);

    public (double Low, double High) OfAuc(string trainFile, string testFile, int draws)
    {
        var loader = ml.Data.CreateTextLoader<Answer>(hasHeader: true);
        var model = ml.Transforms.Concatenate("Features", nameof(Answer.Satisfaction), nameof(Answer.Wait))
            .Append(ml.BinaryClassification.Trainers.FastForest(nameof(Answer.Returned)))
            .Fit(loader.Load(trainFile));
        var scored = ml.Data.Cache(model.Transform(loader.Load(testFile)));
        var aucs = Enumerable.Range(seed, draws)
            .Select(draw => ml.Data.BootstrapSample(scored, seed: draw))
            .Select(sample => ml.BinaryClassification.EvaluateNonCalibrated(sample, nameof(Answer.Returned)).AreaUnderRocCurve)
            .Order()
            .ToArray();
        return (aucs[draws / 40], aucs[draws - 1 - (draws / 40)]);
    }
}
