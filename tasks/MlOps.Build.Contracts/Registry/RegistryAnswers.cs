namespace MlOps.Build.Contracts;

/// <summary>The answer of <c>mlops models list</c>.</summary>
public sealed record ModelsAnswer : IDocument
{
    /// <inheritdoc/>
    public static string SchemaId => "mlops/models-list/1";

    /// <inheritdoc/>
    public string Schema { get; init; } = SchemaId;

    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>The packages, newest first.</summary>
    public required ModelSummary[] Packages { get; init; }
}

/// <summary>A package in a list.</summary>
public sealed record ModelSummary
{
    /// <summary>The model.</summary>
    public required string ModelDigest { get; init; }

    /// <summary>When it was registered, UTC.</summary>
    public required DateTimeOffset RegisteredAt { get; init; }

    /// <summary>Who registered it.</summary>
    public required string Actor { get; init; }

    /// <summary>The pipeline run.</summary>
    public required string RunId { get; init; }

    /// <summary>Its last verdict, or null.</summary>
    public required VerdictKind? Verdict { get; init; }

    /// <summary>Until when that may be approved, UTC.</summary>
    public required DateTimeOffset? VerdictExpiresAt { get; init; }

    /// <summary>The aliases that name it, sorted.</summary>
    public required string[] Aliases { get; init; }
}

/// <summary>The answer of <c>mlops models show</c>.</summary>
public sealed record ModelAnswer : IDocument
{
    /// <inheritdoc/>
    public static string SchemaId => "mlops/models-show/1";

    /// <inheritdoc/>
    public string Schema { get; init; } = SchemaId;

    /// <summary>The package in short.</summary>
    public required ModelSummary Summary { get; init; }

    /// <summary>Its manifest.</summary>
    public required ModelManifest Manifest { get; init; }

    /// <summary>The reason of its last verdict, or null.</summary>
    public required string? VerdictSentence { get; init; }
}

/// <summary>The answer of <c>mlops models history</c>.</summary>
public sealed record HistoryAnswer : IDocument
{
    /// <inheritdoc/>
    public static string SchemaId => "mlops/models-history/1";

    /// <inheritdoc/>
    public string Schema { get; init; } = SchemaId;

    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>The moment asked for, UTC, or null for the whole history.</summary>
    public required DateTimeOffset? At { get; init; }

    /// <summary>What each environment served at that moment, or serves now.</summary>
    public required ServedModel[] Served { get; init; }

    /// <summary>The events up to that moment, oldest first.</summary>
    public required HistoryEvent[] Events { get; init; }
}

/// <summary>What an environment served.</summary>
/// <param name="Environment">The environment.</param>
/// <param name="ModelDigest">The model.</param>
/// <param name="Since">Since when, UTC.</param>
public sealed record ServedModel(string Environment, string ModelDigest, DateTimeOffset Since);

/// <summary>An event in words.</summary>
/// <param name="Seq">Its number.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Actor">Who.</param>
/// <param name="Type">What happened.</param>
/// <param name="Sentence">The same in words.</param>
public sealed record HistoryEvent(long Seq, DateTimeOffset At, string Actor, RegistryEventType Type, string Sentence);

/// <summary>The answer of <c>mlops audit verify</c>.</summary>
public sealed record AuditAnswer : IDocument
{
    /// <inheritdoc/>
    public static string SchemaId => "mlops/audit/1";

    /// <inheritdoc/>
    public string Schema { get; init; } = SchemaId;

    /// <summary>The models that were checked.</summary>
    public required AuditedModel[] Models { get; init; }

    /// <summary>What does not hold; empty when all is well.</summary>
    public required AuditFault[] Faults { get; init; }

    /// <summary>What is unusual without being wrong, such as a head that the next writer will repair.</summary>
    public required string[] Notes { get; init; }
}

/// <summary>A model's chain.</summary>
/// <param name="Model">Its name.</param>
/// <param name="Events">Its events.</param>
/// <param name="Head">Digest of the last one, or null.</param>
/// <param name="Blobs">Blobs whose bytes were compared with their names.</param>
public sealed record AuditedModel(string Model, long Events, string? Head, int Blobs);

/// <summary>Something that does not hold.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Where">The event, blob or environment.</param>
/// <param name="Sentence">What is wrong.</param>
public sealed record AuditFault(string Model, string Where, string Sentence);
