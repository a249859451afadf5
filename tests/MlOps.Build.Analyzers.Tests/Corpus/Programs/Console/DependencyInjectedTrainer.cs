using System;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Credit.Training;

public sealed class CreditRow
{
    [LoadColumn(0)] public float Amount { get; set; }
    [LoadColumn(1)] public float Income { get; set; }
    [LoadColumn(2)] public string Purpose { get; set; }
    [LoadColumn(3)] public bool Defaulted { get; set; }
}

public sealed class TrainingOptions
{
    public int Seed { get; set; } = 1;
    public string Data { get; set; } = "credit.tsv";
    public string Output { get; set; } = "credit.zip";
    public double TestFraction { get; set; } = 0.2;
    public int Trees { get; set; } = 200;
}

public interface IModelTrainer
{
    Task<double> TrainAsync(CancellationToken cancellation);
}

public sealed class CreditTrainer(MLContext ml, IOptions<TrainingOptions> options, ILogger<CreditTrainer> logger) : IModelTrainer
{
    public Task<double> TrainAsync(CancellationToken cancellation) => Task.Run(Train, cancellation);

    private double Train()
    {
        var settings = options.Value;
        var data = ml.Data.LoadFromTextFile<CreditRow>(settings.Data, hasHeader: true);
        var split = ml.Data.TrainTestSplit(data, settings.TestFraction, seed: settings.Seed);
        var model = ml.Transforms.Categorical.OneHotEncoding("PurposeKind", nameof(CreditRow.Purpose))
            .Append(ml.Transforms.Concatenate("Features", "PurposeKind", nameof(CreditRow.Amount), nameof(CreditRow.Income)))
            .Append(ml.BinaryClassification.Trainers.FastTree(nameof(CreditRow.Defaulted), numberOfTrees: settings.Trees))
            .Fit(split.TrainSet);
        var metrics = ml.BinaryClassification.Evaluate(model.Transform(split.TestSet), nameof(CreditRow.Defaulted));
        logger.LogInformation("AUC {Auc}, log loss {LogLoss}", metrics.AreaUnderRocCurve, metrics.LogLoss);
        ml.Model.Save(model, split.TrainSet.Schema, settings.Output);
        return metrics.AreaUnderRocCurve;
    }
}

public static class Program
{
    public static async Task<int> Main()
    {
        await using var services = new ServiceCollection()
            .AddLogging()
            .Configure<TrainingOptions>(_ => { })
            .AddSingleton(provider => new MLContext(provider.GetRequiredService<IOptions<TrainingOptions>>().Value.Seed))
            .AddSingleton<IModelTrainer, CreditTrainer>()
            .BuildServiceProvider();
        return await services.GetRequiredService<IModelTrainer>().TrainAsync(CancellationToken.None) > 0.75 ? 0 : 1;
    }
}
