using System.Text.Json;
using System.Text.Json.Serialization;

namespace MlOps.Build.Contracts;

/// <summary>What happened to a model.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<RegistryEventType>))]
public enum RegistryEventType
{
    /// <summary>A package entered the registry.</summary>
    Registered,

    /// <summary>A verdict was recorded.</summary>
    Judged,

    /// <summary>Somebody approved a package for an environment.</summary>
    Approved,

    /// <summary>Somebody refused a package for an environment.</summary>
    Rejected,

    /// <summary>A rule was waived.</summary>
    Waived,

    /// <summary>A package was put into an environment.</summary>
    Deployed,

    /// <summary>Shares of traffic changed.</summary>
    Traffic,

    /// <summary>A package became the champion of an environment.</summary>
    Promoted,

    /// <summary>A monitor raised an alarm.</summary>
    Alarm,

    /// <summary>An environment went back to an earlier package.</summary>
    RolledBack,

    /// <summary>A package is no longer to be used.</summary>
    Retired,

    /// <summary>A package was given a tag.</summary>
    Tagged,
}

/// <summary>One entry of the registry's hash chain: <c>models/&lt;name&gt;/events/&lt;seq&gt;.json</c>.</summary>
public sealed record RegistryEvent : IDocument
{
    /// <inheritdoc/>
    public static string SchemaId => "mlops/registry-event/1";

    /// <inheritdoc/>
    public string Schema { get; init; } = SchemaId;

    /// <summary>The number of the event, from 1 without gaps.</summary>
    public required long Seq { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who.</summary>
    public required string Actor { get; init; }

    /// <summary>Where the pipeline ran.</summary>
    public required HostState Host { get; init; }

    /// <summary>What happened.</summary>
    public required RegistryEventType Type { get; init; }

    /// <summary>The details, by type.</summary>
    public required JsonElement Body { get; init; }

    /// <summary>Digest of the previous event, or null for the first.</summary>
    public required string? Prev { get; init; }

    /// <summary>Digest of the canonical form of this event without this field.</summary>
    public required string Digest { get; init; }
}

/// <summary>The last event of a model's chain: <c>head.json</c>.</summary>
public sealed record RegistryHead : IDocument
{
    /// <inheritdoc/>
    public static string SchemaId => "mlops/registry-head/1";

    /// <inheritdoc/>
    public string Schema { get; init; } = SchemaId;

    /// <summary>The number of the last event; 0 before the first.</summary>
    public required long Seq { get; init; }

    /// <summary>Its digest, or null before the first.</summary>
    public required string? Digest { get; init; }
}
