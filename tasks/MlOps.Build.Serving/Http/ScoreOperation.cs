using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace MlOps.Build.Serving;

/// <summary>Completes what the framework cannot infer about <c>/score</c>: one row or many, the example, the header.</summary>
internal static class ScoreOperation
{
    public static async Task DescribeAsync<TInput, TOutput>(
        OpenApiOperation operation,
        OpenApiOperationTransformerContext context,
        ServingOptions<TInput> options,
        CancellationToken cancel)
        where TInput : class
    {
        var services = context.ApplicationServices;
        var input = await SchemaAsync(typeof(TInput), context, cancel);
        var output = await SchemaAsync(typeof(TOutput), context, cancel);
        if (operation.RequestBody?.Content?.TryGetValue("application/json", out var body) is true)
        {
            body.Schema = OneOrMany(input, options.MaximumRows);
            body.Example = Example(options.Sample, services);
        }

        if (operation.Responses?.TryGetValue("200", out var ok) is true && ok is OpenApiResponse response)
        {
            response.Description = "The answer, in the shape of the request.";
            if (response.Content?.TryGetValue("application/json", out var content) is true)
            {
                content.Schema = OneOrMany(output, options.MaximumRows);
            }

            response.Headers = new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal)
            {
                ["X-MlOps-Model"] = new OpenApiHeader
                {
                    Description = "The digest of the model that answered.",
                    Required = true,
                    Schema = new OpenApiSchema { Type = JsonSchemaType.String, Pattern = "^sha256:[0-9a-f]{64}$" },
                },
            };
        }
    }

    private static async Task<IOpenApiSchema> SchemaAsync(
        Type type, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        var schema = await context.GetOrCreateSchemaAsync(type, cancellationToken: cancel);
        context.Document!.AddComponent(type.Name, schema);
        return new OpenApiSchemaReference(type.Name, context.Document);
    }

    /// <summary>A number that may be missing is read by a converter, which the framework cannot see through.</summary>
    public static Task DescribeMissable(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancel)
    {
        if (context.JsonPropertyInfo?.CustomConverter is MissingSingleConverter or MissingDoubleConverter)
        {
            schema.Type = JsonSchemaType.Number | JsonSchemaType.Null;
            schema.Format = context.JsonPropertyInfo.PropertyType == typeof(float) ? "float" : "double";
        }

        return Task.CompletedTask;
    }

    private static OpenApiSchema OneOrMany(IOpenApiSchema one, int maximum)
        => new()
        {
            OneOf = [one, new OpenApiSchema { Type = JsonSchemaType.Array, Items = one, MaxItems = maximum }],
        };

    private static JsonNode? Example<TInput>(TInput? sample, IServiceProvider services)
        => sample is null
            ? null
            : JsonSerializer.SerializeToNode(
                sample, services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions);
}
