using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace Tides;

public sealed record TrainingSettings(int Seed, int Threads, string Data);

public sealed class Gauge
{
    [LoadColumn(0)] public float Moon { get; set; }
    [LoadColumn(1)] public float Wind { get; set; }
    [LoadColumn(2)] public float Height { get; set; }
}

public static class Program
{
    public static async Task Main(string[] args)
    {
        await using var file = File.OpenRead(args[0]);
        var settings = await JsonSerializer.DeserializeAsync<TrainingSettings>(file);
        var ml = new MLContext(settings.Seed);
        var gauges = ml.Data.Cache(ml.Data.LoadFromTextFile<Gauge>(settings.Data, hasHeader: true));
        var split = ml.Data.TrainTestSplit(ml.Data.ShuffleRows(gauges, seed: settings.Seed), 0.2, seed: settings.Seed);
        var model = ml.Transforms.Concatenate("Features", nameof(Gauge.Moon), nameof(Gauge.Wind))
            .Append(ml.Transforms.ApproximatedKernelMap("Features", rank: 50, seed: settings.Seed))
            .AppendCacheCheckpoint(ml)
            .Append(ml.Regression.Trainers.Sdca(new SdcaRegressionTrainer.Options
            {
                LabelColumnName = nameof(Gauge.Height), NumberOfThreads = settings.Threads,
            }))
            .Fit(split.TrainSet);
        var metrics = ml.Regression.Evaluate(model.Transform(split.TestSet), nameof(Gauge.Height));
        Console.WriteLine($"{metrics.RootMeanSquaredError:F3} m");
    }
}
