using System.Text.Json;
using System.Text.Json.Serialization;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>The digest of a policy: what it says, not where in the file it says it.</summary>
public static class PolicyDigest
{
    public static string Of(GateConfiguration policy)
    {
        var placeless = policy with { Rules = [.. policy.Rules.Select(rule => rule with { Place = null })] };
        using var document = JsonDocument.Parse(
            JsonSerializer.SerializeToUtf8Bytes(placeless, PolicyContext.Default.GateConfiguration));
        return Digest.Of(CanonicalJson.Of(document.RootElement));
    }
}

[JsonSerializable(typeof(GateConfiguration))]
internal sealed partial class PolicyContext : JsonSerializerContext;
