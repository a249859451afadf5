using System;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlOps.Build.Annotations;

namespace Gate;

public static class Promotion
{
    public static bool Naive(BinaryClassificationMetrics metrics) => metrics.Accuracy > 0.9;

    public static string Decide(CalibratedBinaryClassificationMetrics metrics)
    {
        if (metrics.Accuracy >= 0.95)
        {
            return "promote";
        }

        return metrics switch
        {
            { F1Score: > 0.8 } => "look again",
            _ => "refuse",
        };
    }

    public static bool Several(CalibratedBinaryClassificationMetrics candidate, CalibratedBinaryClassificationMetrics current) =>
        candidate.AreaUnderRocCurve > current.AreaUnderRocCurve && candidate.LogLoss <= current.LogLoss && candidate.Accuracy > 0.5;

    public static void Watch(MulticlassClassificationMetrics metrics)
    {
        // for the log only: nothing is decided by it
        Console.WriteLine($"micro {metrics.MicroAccuracy:P1}, macro {metrics.MacroAccuracy:P1}");
        var colour = metrics.MicroAccuracy < 0.5 ? ConsoleColor.Red : ConsoleColor.Green;
        Console.ForegroundColor = colour;
    }

    public static double Best(params BinaryClassificationMetrics[] all)
    {
        var best = double.NegativeInfinity;
        foreach (var one in all)
        {
            if (one.PositiveRecall > best)
            {
                best = one.PositiveRecall;
            }
        }

        return best;
    }
}
