using System;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Pumps.Maintenance;

public sealed class PumpReading
{
    [LoadColumn(0)] public float Pressure { get; set; }

    [LoadColumn(1)] public float Vibration { get; set; }

    [LoadColumn(2)] public float Temperature { get; set; }

    [LoadColumn(3)] public bool FailsWithinAWeek { get; set; }
}

public static class PumpTraining
{
    private static readonly TextLoader.Options Shared = new() { HasHeader = true, MissingRealsAsNaNs = true };

    /// <summary>A third of the pumps have no vibration sensor.</summary>
    public static ITransformer Forgotten(MLContext context, string path)
    {
        var readings = context.Data.LoadFromTextFile<PumpReading>(path, new TextLoader.Options { HasHeader = true, MissingRealsAsNaNs = true });
        var pipeline = context.Transforms
            .Concatenate("Features", nameof(PumpReading.Pressure), nameof(PumpReading.Vibration), nameof(PumpReading.Temperature))
            .Append(context.Transforms.NormalizeMeanVariance("Features"))
            .Append(context.BinaryClassification.Trainers.FastForest(labelColumnName: nameof(PumpReading.FailsWithinAWeek)));
        return pipeline.Fit(readings);
    }

    public static ITransformer Imputed(MLContext context, string path)
    {
        var readings = context.Data.LoadFromTextFile<PumpReading>(path, new TextLoader.Options { HasHeader = true, MissingRealsAsNaNs = true });
        var pipeline = context.Transforms
            .Concatenate("Features", nameof(PumpReading.Pressure), nameof(PumpReading.Vibration), nameof(PumpReading.Temperature))
            .Append(context.Transforms.ReplaceMissingValues("Features", replacementMode: MissingValueReplacingEstimator.ReplacementMode.Mean))
            .Append(context.BinaryClassification.Trainers.FastForest(labelColumnName: nameof(PumpReading.FailsWithinAWeek)));
        return pipeline.Fit(readings);
    }

    public static ITransformer OnlyComplete(MLContext context, string path)
    {
        var readings = context.Data.LoadFromTextFile<PumpReading>(path, new TextLoader.Options { HasHeader = true, MissingRealsAsNaNs = true });
        var complete = context.Data.FilterRowsByMissingValues(readings, nameof(PumpReading.Vibration));
        var pipeline = context.Transforms
            .Concatenate("Features", nameof(PumpReading.Pressure), nameof(PumpReading.Vibration))
            .Append(context.BinaryClassification.Trainers.FastForest(labelColumnName: nameof(PumpReading.FailsWithinAWeek)));
        return pipeline.Fit(complete);
    }

    public static ITransformer OptionsFromElsewhere(MLContext context, string path)
    {
        var readings = context.Data.LoadFromTextFile<PumpReading>(path, Shared);
        return context.Transforms.Concatenate("Features", nameof(PumpReading.Pressure))
            .Append(context.BinaryClassification.Trainers.FastForest(labelColumnName: nameof(PumpReading.FailsWithinAWeek)))
            .Fit(readings);
    }
}
