using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mailroom;

public sealed class Letter
{
    public string Text { get; set; }
}

public sealed class Department
{
    public string PredictedLabel { get; set; }
}

/// <summary>One loop, one reader: nobody else touches the engine.</summary>
public sealed class Sorter(ChannelReader<Letter> inbox, MLContext ml) : BackgroundService
{
    private readonly PredictionEngine<Letter, Department> engine =
        ml.Model.CreatePredictionEngine<Letter, Department>(ml.Model.Load("letters.zip", out _));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var letter in inbox.ReadAllAsync(stoppingToken))
        {
            System.Console.WriteLine(engine.Predict(letter).PredictedLabel);
        }
    }
}

public static class Registration
{
    public static void AddSorter(this IServiceCollection services)
    {
        services.AddSingleton(new MLContext());
        services.AddSingleton(Channel.CreateUnbounded<Letter>());
        services.AddSingleton<Sorter>();
        services.AddHostedService(provider => provider.GetRequiredService<Sorter>());
    }
}
