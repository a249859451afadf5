using System.Text.Json.Serialization;

namespace MlOps.Build.Contracts;

/// <summary>Whether a scoring service does what its environment asks of it.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<HealthStatus>))]
public enum HealthStatus
{
    /// <summary>It answers with the model that <c>deployment.json</c> names.</summary>
    Healthy,

    /// <summary>It answers with an earlier model, because what <c>deployment.json</c> asks for was refused.</summary>
    Degraded,

    /// <summary>It has no model and answers nothing.</summary>
    Unhealthy,
}

/// <summary>What a scoring service says about itself at <c>/mlops/health</c>.</summary>
public sealed record HealthRecord : IDocument
{
    /// <inheritdoc/>
    public static string SchemaId => "mlops/health/1";

    /// <inheritdoc/>
    public string Schema { get; init; } = SchemaId;

    /// <summary>Whether it does what its environment asks of it.</summary>
    public required HealthStatus Status { get; init; }

    /// <summary>Why it is not healthy, or null when it is.</summary>
    public required HealthReason? Reason { get; init; }

    /// <summary>The model's name, or null while there is none.</summary>
    public required string? Model { get; init; }

    /// <summary>The environment's name, or null while no deployment was accepted.</summary>
    public required string? Environment { get; init; }

    /// <summary>The digest of the model that answers, or null while there is none.</summary>
    public required string? Digest { get; init; }

    /// <summary>The generation of the deployment that is served, or null while there is none.</summary>
    public required long? Generation { get; init; }

    /// <summary>Since when this model answers, UTC.</summary>
    public required DateTimeOffset? Since { get; init; }

    /// <summary>When the service was started, UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Requests this model took, answered or not.</summary>
    public required long Requests { get; init; }

    /// <summary>Rows this model scored.</summary>
    public required long Rows { get; init; }

    /// <summary>Requests this model failed on (status 500).</summary>
    public required long Errors { get; init; }

    /// <summary>Requests that were refused before a model saw them (status 4xx and 503), since the start.</summary>
    public required long Refused { get; init; }

    /// <summary>How often another model took over, since the start.</summary>
    public required long Swaps { get; init; }

    /// <summary>Deployments that were refused, since the start.</summary>
    public required long RejectedDeployments { get; init; }

    /// <summary>Why the last of them was refused, or null.</summary>
    public required HealthReason? LastRejection { get; init; }

    /// <summary>How long this model's requests took inside the service, or null before the first.</summary>
    public required LatencySummary? Latency { get; init; }
}

/// <summary>A problem that a scoring service met.</summary>
/// <param name="Code">The stable id.</param>
/// <param name="What">What did not happen.</param>
/// <param name="Why">What was found instead.</param>
/// <param name="Fix">The one thing to do next.</param>
/// <param name="At">When it was met first, UTC.</param>
public sealed record HealthReason(string Code, string What, string Why, string Fix, DateTimeOffset At);

/// <summary>Latencies in milliseconds, each rounded up by at most 6.25 %.</summary>
/// <param name="P50">Half of the requests took no longer.</param>
/// <param name="P95">19 of 20 requests took no longer.</param>
/// <param name="P99">99 of 100 requests took no longer.</param>
public sealed record LatencySummary(double P50, double P95, double P99);
