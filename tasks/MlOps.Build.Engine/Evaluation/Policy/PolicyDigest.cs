using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>
/// The digest of a policy: what it says, not where in the file it says it. What it leaves out does not count, so that a new
/// kind of rule does not change the digest of policies without one.
/// </summary>
public static class PolicyDigest
{
    /// <summary>Compiles the serializer ahead of its use, where a second core has nothing to do.</summary>
    public static void Prepare() => PolicyContext.Default.GateConfiguration.MakeReadOnly();

    public static string Of(GateConfiguration policy)
    {
        var placeless = policy with { Rules = [.. policy.Rules.Select(rule => rule with { Place = null })], Waivers = [.. policy.Waivers.Select(waiver => waiver with { Place = null })] };
        var said = Said(JsonSerializer.SerializeToNode(placeless, PolicyContext.Default.GateConfiguration)!);
        using var document = JsonDocument.Parse(said.ToJsonString());
        return Digest.Of(CanonicalJson.Of(document.RootElement));
    }

    private static JsonNode Said(JsonNode node)
    {
        switch (node)
        {
            case JsonObject map:
                var said = new JsonObject();
                foreach (var (name, value) in map)
                {
                    if (value is not (null or JsonArray { Count: 0 }))
                    {
                        said.Add(name, Said(value));
                    }
                }

                return said;
            case JsonArray list:
                return new JsonArray([.. list.OfType<JsonNode>().Select(Said)]);
            default:
                return node.DeepClone();
        }
    }
}

[JsonSerializable(typeof(GateConfiguration))]
internal sealed partial class PolicyContext : JsonSerializerContext;
