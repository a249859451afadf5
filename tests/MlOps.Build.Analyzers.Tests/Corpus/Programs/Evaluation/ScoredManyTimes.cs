using Microsoft.ML;
using Microsoft.ML.Data;

namespace Roads;

public sealed class Segment
{
    [LoadColumn(0)] public float Traffic { get; set; }
    [LoadColumn(1)] public float Curvature { get; set; }
    [LoadColumn(2)] public float Accidents { get; set; }
}

public static class Report
{
    public static void Write(MLContext ml, ITransformer model, string file, TextWriter output)
    {
        var test = ml.Data.LoadFromTextFile<Segment>(file, hasHeader: true);
        var scored = model.Transform(test);
        var metrics = ml.Regression.Evaluate(scored, nameof(Segment.Accidents));
        output.WriteLine($"RMSE {metrics.RootMeanSquaredError:F2}");

        var actual = scored.GetColumn<float>(nameof(Segment.Accidents)).ToArray();
        var predicted = scored.GetColumn<float>("Score").ToArray();
        var worst = actual.Zip(predicted, (one, other) => Math.Abs(one - other)).Max();
        output.WriteLine($"worst {worst:F1}");
    }
}
