using System;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mail.Filter;

public class Message
{
    public string Subject { get; set; }
    public string Body { get; set; }
}

public class SpamAnswer
{
    public bool PredictedLabel { get; set; }
    public float Score { get; set; }
}

public static class ServiceCollectionExtensions
{
    /// <summary>Registers everything the filter needs.</summary>
    public static IServiceCollection AddSpamFilter(this IServiceCollection services, string modelPath)
    {
        services.AddSingleton(_ => new MLContext(seed: 1));
        services.AddSingleton(provider => provider.GetRequiredService<MLContext>().Model.Load(modelPath, out DataViewSchema _));
        services.AddScoped(provider =>
        {
            var ml = provider.GetRequiredService<MLContext>();
            return ml.Model.CreatePredictionEngine<Message, SpamAnswer>(provider.GetRequiredService<ITransformer>());
        });
        services.AddTransient<SpamFilter>();
        return services;
    }
}

public sealed class SpamFilter(PredictionEngine<Message, SpamAnswer> engine)
{
    public bool IsSpam(Message message) => engine.Predict(message).Score > 0.8f;
}
