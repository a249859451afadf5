using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MlOps.Build.Contracts;

namespace MlOps.Build.Serving;

/// <summary>Maps the endpoints without naming the project's types again.</summary>
internal interface IServingEndpoints
{
    IEndpointConventionBuilder Map(IEndpointRouteBuilder endpoints);
}

/// <inheritdoc/>
internal sealed class ServingEndpoints<TInput, TOutput>(
    ScoreEndpoint<TInput, TOutput> score, ServingState<TInput, TOutput> state, ServingOptions<TInput> options)
    : IServingEndpoints
    where TInput : class
    where TOutput : class
{
    public IEndpointConventionBuilder Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/mlops/health", (Delegate)HealthAsync)
            .WithName("health")
            .WithSummary("Which model answers, how, and what was refused.")
            .Produces<HealthRecord>()
            .Produces<HealthRecord>(StatusCodes.Status503ServiceUnavailable);
        return endpoints.MapPost("/score", (Delegate)score.RunAsync)
            .WithName("score")
            .WithSummary("Scores one row, or an array of rows.")
            .Produces<TOutput>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status500InternalServerError)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .AddOpenApiOperationTransformer((operation, context, cancel)
                => ScoreOperation.DescribeAsync<TInput, TOutput>(operation, context, options, cancel));
    }

    private Task HealthAsync(HttpContext context)
    {
        var health = state.Health();
        context.Response.StatusCode = health.Status == HealthStatus.Unhealthy
            ? StatusCodes.Status503ServiceUnavailable
            : StatusCodes.Status200OK;
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.Body.WriteAsync(Documents.Write(health), context.RequestAborted).AsTask();
    }
}
