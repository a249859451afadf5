using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.LightGbm;

namespace Ads;

public class Impression
{
    [LoadColumn(0)] public bool Clicked { get; set; }
    [LoadColumn(1, 39), VectorType(39)] public float[] Signals { get; set; }
}

internal static class ClickModel
{
    internal static void Run(string train, string test, string target)
    {
        var ctx = new MLContext();
        var loader = ctx.Data.CreateTextLoader<Impression>(separatorChar: '\t');
        var rows = loader.Load(train);

        var model = ctx.BinaryClassification.Trainers.LightGbm(new LightGbmBinaryTrainer.Options
        {
            LabelColumnName = nameof(Impression.Clicked),
            FeatureColumnName = nameof(Impression.Signals),
            EarlyStoppingRound = 50,
            NumberOfIterations = 2000,
            Seed = 3,
        }).Fit(rows);

        var metrics = ctx.BinaryClassification.Evaluate(model.Transform(loader.Load(test)), nameof(Impression.Clicked));
        Console.WriteLine(metrics.AreaUnderRocCurve);
        ctx.Model.Save(model, loader, target);
    }
}
