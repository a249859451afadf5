using System.Text.Json.Serialization;

namespace MlOps.Build.Engine.Storage;

/// <summary>The last holder of a lease, as it lies in a folder.</summary>
internal sealed record LeaseRecord
{
    public required long Token { get; init; }

    public required string Owner { get; init; }

    /// <summary>The machine: only there can a holder be seen to have died.</summary>
    public required string Machine { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public required bool Released { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(LeaseRecord))]
internal sealed partial class LeaseContext : JsonSerializerContext;
