using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using MlOps.Build.Contracts;

namespace MlOps.Build.Serving;

/// <summary>Adds scoring to a web application: two calls in <c>Program.cs</c>.</summary>
/// <example>
/// <code>
/// var builder = WebApplication.CreateSlimBuilder(args);
/// builder.AddMlOpsServing&lt;Flight&gt;(ModelTask.BinaryClassification, options => options.Sample = Flight.Example);
/// var app = builder.Build();
/// app.MapMlOps();
/// app.Run();
/// </code>
/// </example>
public static class ServingExtensions
{
    /// <summary>
    /// Serves a model that <c>MlOps.Build.Training</c> trained on the same row class, with the answers its scorer gives:
    /// <see cref="BinaryAnswer"/>, <see cref="ClassAnswer"/> or <see cref="NumberAnswer"/>.
    /// </summary>
    /// <typeparam name="TRow">The row class of the trainer; also the JSON a client sends.</typeparam>
    /// <param name="builder">The application.</param>
    /// <param name="task">What kind of model is served; another kind is refused.</param>
    /// <param name="configure">Sets options after the configuration has.</param>
    public static IHostApplicationBuilder AddMlOpsServing<TRow>(
        this IHostApplicationBuilder builder, ModelTask task, Action<ServingOptions<TRow>>? configure = null)
        where TRow : class
        => task switch
        {
            ModelTask.BinaryClassification => Add<TRow, TRow, BinaryPrediction, BinaryAnswer>(
                builder, static row => row, static (prediction, context) => Answers.Of(prediction, context.Threshold), task, configure),
            ModelTask.MulticlassClassification => Add<TRow, TRow, ClassPrediction, ClassAnswer>(
                builder, static row => row, static (prediction, context) => Answers.Of(prediction, context.Schema), task, configure),
            _ => Add<TRow, TRow, NumberPrediction, NumberAnswer>(
                builder, static row => row, static (prediction, _) => Answers.Of(prediction), task, configure),
        };

    /// <summary>Serves a model whose ML.NET row is what clients send and whose prediction is what they get.</summary>
    /// <typeparam name="TRow">The ML.NET input row; also the JSON a client sends.</typeparam>
    /// <typeparam name="TPrediction">The ML.NET output row; also the JSON a client gets.</typeparam>
    public static IHostApplicationBuilder AddMlOpsServing<TRow, TPrediction>(
        this IHostApplicationBuilder builder, Action<ServingOptions<TRow>>? configure = null)
        where TRow : class
        where TPrediction : class, new()
        => Add<TRow, TRow, TPrediction, TPrediction>(
            builder, static row => row, static (prediction, _) => prediction, task: null, configure);

    /// <summary>
    /// Serves a model between two steps of your own: <paramref name="prepare"/> makes the ML.NET row from what a
    /// client sends, <paramref name="answer"/> makes what the client gets from the prediction and from what the trainer
    /// wrote about its classes, if it did. Share both with the trainer, or training and serving drift apart.
    /// </summary>
    /// <typeparam name="TInput">The JSON a client sends.</typeparam>
    /// <typeparam name="TRow">The ML.NET input row.</typeparam>
    /// <typeparam name="TPrediction">The ML.NET output row.</typeparam>
    /// <typeparam name="TOutput">The JSON a client gets.</typeparam>
    public static IHostApplicationBuilder AddMlOpsServing<TInput, TRow, TPrediction, TOutput>(
        this IHostApplicationBuilder builder,
        Func<TInput, TRow> prepare,
        Func<TPrediction, ModelSchema?, TOutput> answer,
        Action<ServingOptions<TInput>>? configure = null)
        where TInput : class
        where TRow : class
        where TPrediction : class, new()
        where TOutput : class
        => Add<TInput, TRow, TPrediction, TOutput>(builder, prepare, (prediction, context) => answer(prediction, context.Schema), task: null, configure);

    /// <summary>
    /// Adds <c>POST /score</c>, <c>GET /mlops/health</c> and the OpenAPI document <c>/openapi/v1.json</c>. The
    /// answer is for conventions of <c>/score</c>, such as authorization.
    /// </summary>
    public static IEndpointConventionBuilder MapMlOps(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        endpoints.MapOpenApi();
        return endpoints.ServiceProvider.GetRequiredService<IServingEndpoints>().Map(endpoints);
    }

    private static IHostApplicationBuilder Add<TInput, TRow, TPrediction, TOutput>(
        IHostApplicationBuilder builder,
        Func<TInput, TRow> prepare,
        Func<TPrediction, AnswerContext, TOutput> answer,
        ModelTask? task,
        Action<ServingOptions<TInput>>? configure)
        where TInput : class
        where TRow : class
        where TPrediction : class, new()
        where TOutput : class
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        var options = services.AddOptions<ServingOptions<TInput>>();
        options.Configure(target => builder.Configuration.GetSection("Mlops").Bind(target));
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.AddSingleton(provider => provider.GetRequiredService<IOptions<ServingOptions<TInput>>>().Value);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IModelLoader<TInput, TOutput>>(provider
            => new ModelLoader<TInput, TRow, TPrediction, TOutput>(
                prepare, answer, task, provider.GetRequiredService<ServingOptions<TInput>>()));
        services.AddSingleton<ServingState<TInput, TOutput>>();
        services.AddSingleton<DeploymentCheck<TInput, TOutput>>();
        services.AddSingleton<ScoreEndpoint<TInput, TOutput>>();
        services.AddSingleton<IServingEndpoints, ServingEndpoints<TInput, TOutput>>();
        services.AddHostedService<DeploymentWatcher<TInput, TOutput>>();
        services.Configure<JsonOptions>(json => InputContract.Describe<TInput>(json.SerializerOptions));
        services.AddOpenApi(openApi => openApi.AddSchemaTransformer(ScoreOperation.DescribeConverted));
        services.AddOptions<KestrelServerOptions>().Configure<ServingOptions<TInput>>(Harden);
        return builder;
    }

    private static void Harden<TInput>(KestrelServerOptions kestrel, ServingOptions<TInput> options)
        where TInput : class
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = options.MaximumBodyBytes;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
    }
}
