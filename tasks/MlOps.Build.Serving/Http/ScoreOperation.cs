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

        // Not by Accepts(): with it, routing answers other content types itself, without a word.
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                ["application/json"] = new()
                {
                    Schema = OneOrMany(input, options.MaximumRows),
                    Example = Example(options.Sample, services),
                },
            },
        };
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

    /// <summary>What a converter of ours reads, the framework cannot see through.</summary>
    public static Task DescribeConverted(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancel)
    {
        if (context.JsonPropertyInfo?.CustomConverter is MissingSingleConverter or MissingDoubleConverter)
        {
            schema.Type = JsonSchemaType.Number | JsonSchemaType.Null;
            schema.Format = context.JsonPropertyInfo.PropertyType == typeof(float) ? "float" : "double";
        }

        if (context.JsonPropertyInfo?.CustomConverter is ZonelessTimeConverter)
        {
            schema.Type = JsonSchemaType.String;
            schema.Description = "A time without a zone, as the clock showed it: 2026-01-31T08:00:00";
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
