using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MlOps.Build.Engine.Hosts.AzureDevOps;

/// <summary>Reads answers without trusting their shape: what is not there, or is something else, is null.</summary>
internal static class JsonText
{
    public static JsonNode? Get(this JsonNode? node, string name) => (node as JsonObject)?[name];

    public static string? Text(this JsonNode? node, string name)
        => node.Get(name) is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    public static int? Number(this JsonNode? node, string name)
        => node.Get(name) is JsonValue value && value.GetValueKind() == JsonValueKind.Number && value.TryGetValue<int>(out var number) ? number : null;

    public static bool IsTrue(this JsonNode? node, string name) => node.Get(name)?.GetValueKind() == JsonValueKind.True;

    public static DateTimeOffset? Time(this JsonNode? node, string name)
        => DateTimeOffset.TryParse(node.Text(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time.ToUniversalTime() : null;

    /// <summary>The elements of a list, or of nothing.</summary>
    public static IEnumerable<JsonNode> List(this JsonNode? node, string name) => node.Get(name) is JsonArray list ? list.OfType<JsonNode>() : [];
}
