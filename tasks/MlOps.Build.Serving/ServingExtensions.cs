using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace MlOps.Build.Serving;

/// <summary>Adds scoring to a web application: two calls in <c>Program.cs</c>.</summary>
/// <example>
/// <code>
/// var builder = WebApplication.CreateSlimBuilder(args);
/// builder.AddMlOpsServing&lt;FlightRow, FlightPrediction&gt;(options => options.Sample = FlightRow.Example);
/// var app = builder.Build();
/// app.MapMlOps();
/// app.Run();
/// </code>
/// </example>
public static class ServingExtensions
{
    /// <summary>Serves a model whose ML.NET row is what clients send and whose prediction is what they get.</summary>
    /// <typeparam name="TRow">The ML.NET input row; also the JSON a client sends.</typeparam>
    /// <typeparam name="TPrediction">The ML.NET output row; also the JSON a client gets.</typeparam>
    public static IHostApplicationBuilder AddMlOpsServing<TRow, TPrediction>(
        this IHostApplicationBuilder builder, Action<ServingOptions<TRow>>? configure = null)
        where TRow : class
        where TPrediction : class, new()
        => builder.AddMlOpsServing<TRow, TRow, TPrediction, TPrediction>(
            static row => row, static prediction => prediction, configure);

    /// <summary>
    /// Serves a model between two steps of your own: <paramref name="prepare"/> makes the ML.NET row from what a
    /// client sends, <paramref name="answer"/> makes what the client gets from the prediction. Share both with the
    /// trainer, or training and serving drift apart.
    /// </summary>
    /// <typeparam name="TInput">The JSON a client sends.</typeparam>
    /// <typeparam name="TRow">The ML.NET input row.</typeparam>
    /// <typeparam name="TPrediction">The ML.NET output row.</typeparam>
    /// <typeparam name="TOutput">The JSON a client gets.</typeparam>
    public static IHostApplicationBuilder AddMlOpsServing<TInput, TRow, TPrediction, TOutput>(
        this IHostApplicationBuilder builder,
        Func<TInput, TRow> prepare,
        Func<TPrediction, TOutput> answer,
        Action<ServingOptions<TInput>>? configure = null)
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
                prepare, answer, provider.GetRequiredService<ServingOptions<TInput>>()));
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

    private static void Harden<TInput>(KestrelServerOptions kestrel, ServingOptions<TInput> options)
        where TInput : class
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = options.MaximumBodyBytes;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
    }
}
