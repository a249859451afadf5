using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Machines.Batch;

public sealed record Measurement(float Pressure, float Temperature, float Rpm);

public sealed class Failure
{
    public float Probability { get; set; }
}

public sealed class NightlyScoring(ILogger<NightlyScoring> logger, IHostApplicationLifetime lifetime) : BackgroundService
{
    private readonly MLContext ml = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var model = ml.Model.Load(Path.Combine(AppContext.BaseDirectory, "failure.zip"), out _);
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(30));
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var file in Directory.EnumerateFiles("inbox", "*.json").Order(StringComparer.Ordinal))
            {
                await using var stream = File.OpenRead(file);
                var rows = await JsonSerializer.DeserializeAsync<List<Measurement>>(stream, cancellationToken: stoppingToken) ?? [];
                var scored = model.Transform(ml.Data.LoadFromEnumerable(rows));
                var worst = ml.Data.CreateEnumerable<Failure>(scored, reuseRowObject: true).Max(row => row.Probability);
                logger.LogInformation("{File}: {Rows} rows, worst {Worst:P0}", file, rows.Count, worst);
            }
        }

        lifetime.StopApplication();
    }
}

public static class Program
{
    public static void Main(string[] args)
    {
        var builder = Host.CreateApplicationBuilder(args);
        builder.Services.AddHostedService<NightlyScoring>();
        builder.Build().Run();
    }
}
