using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Water;

public sealed class Flow
{
    [LoadColumn(0)] public float Rain { get; set; }
    [LoadColumn(1)] public float Level { get; set; }
    [LoadColumn(2)] public float Tomorrow { get; set; }
}

public sealed class LevelTraining
{
    private readonly TimeProvider clock;
    private readonly Random jitter = new();

    public LevelTraining(TimeProvider clock) => this.clock = clock;

    public async Task<string> RunAsync(string file, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        await WaitForFile(file, cancellation).ConfigureAwait(false);
        var ml = new MLContext(seed: 12);
        ml.Log += (_, e) =>
        {
            if (e.Kind is Microsoft.ML.Runtime.ChannelMessageKind.Warning)
            {
                Console.Error.WriteLine($"{clock.GetUtcNow():O} {e.Message}");
            }
        };

        var rows = ml.Data.LoadFromTextFile<Flow>(file, separatorChar: ',', hasHeader: true);
        var model = await Task.Run(
            () => ml.Transforms.Concatenate("Features", nameof(Flow.Rain), nameof(Flow.Level))
                .Append(ml.Regression.Trainers.FastForest(labelColumnName: nameof(Flow.Tomorrow)))
                .Fit(rows),
            cancellation).ConfigureAwait(false);

        var name = $"level-{DateTime.UtcNow:yyyyMMdd-HHmm}.zip";
        await using (var stream = File.Create(name))
        {
            ml.Model.Save(model, rows.Schema, stream);
        }

        Console.WriteLine($"took {watch.Elapsed}");
        return name;
    }

    private async Task WaitForFile(string file, CancellationToken cancellation)
    {
        while (!File.Exists(file))
        {
            await Task.Delay(TimeSpan.FromSeconds(1 + jitter.NextDouble()), cancellation).ConfigureAwait(false);
        }
    }
}
