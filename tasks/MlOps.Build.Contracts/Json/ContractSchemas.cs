using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;

namespace MlOps.Build.Contracts;

/// <summary>The JSON Schema of every document, generated from its record.</summary>
public static class ContractSchemas
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private static readonly JsonSchemaExporterOptions Exporter = new()
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = Transform,
    };

    /// <summary>Every document type of this assembly, by its schema id.</summary>
    public static IReadOnlyDictionary<string, Type> Types { get; } = typeof(IDocument).Assembly
        .GetTypes()
        .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IDocument)))
        .ToDictionary(SchemaIdOf, type => type, StringComparer.Ordinal);

    /// <summary>The schema of a document as indented JSON with a line feed at the end.</summary>
    public static string Of(string schemaId)
    {
        var type = Types[schemaId];
        var schema = ContractContext.Default.Options.GetJsonSchemaAsNode(type, Exporter).AsObject();
        var properties = schema["properties"]!.AsObject();
        properties["schema"] = new JsonObject { ["type"] = "string", ["enum"] = new JsonArray(schemaId) };
        if (!schema.ContainsKey("required"))
        {
            schema["required"] = new JsonArray();
        }

        schema["required"]!.AsArray().Insert(0, "schema");
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", schemaId);
        return schema.ToJsonString(Indented).ReplaceLineEndings("\n") + "\n";
    }

    /// <summary>The file name of a schema, such as <c>run.1.schema.json</c>.</summary>
    public static string FileName(string schemaId)
    {
        var parts = schemaId.Split('/');
        return $"{parts[1]}.{parts[2]}.schema.json";
    }

    private static string SchemaIdOf(Type type)
        => (string)type.GetProperty(nameof(IDocument.SchemaId), BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;

    /// <summary>The exporter cannot look into a converter; these are the two that the contracts use.</summary>
    private static JsonNode Transform(JsonSchemaExporterContext context, JsonNode schema)
    {
        var type = context.TypeInfo.Type;
        if (type == typeof(double))
        {
            return new JsonObject { ["type"] = "number" };
        }

        if (type == typeof(double?))
        {
            return new JsonObject { ["type"] = new JsonArray("number", "null") };
        }

        return type == typeof(ParameterValue)
            ? new JsonObject { ["type"] = new JsonArray("number", "string", "boolean") }
            : schema;
    }
}
