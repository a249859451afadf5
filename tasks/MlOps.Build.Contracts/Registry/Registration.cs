namespace MlOps.Build.Contracts;

/// <summary>The answer of <c>mlops register</c>.</summary>
public sealed record Registration : IDocument
{
    /// <inheritdoc/>
    public static string SchemaId => "mlops/register/1";

    /// <inheritdoc/>
    public string Schema { get; init; } = SchemaId;

    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>The model.</summary>
    public required string ModelDigest { get; init; }

    /// <summary>Digest of the bytes of <c>model.json</c>.</summary>
    public required string ManifestDigest { get; init; }

    /// <summary>The verdict it was admitted with.</summary>
    public required string VerdictDigest { get; init; }

    /// <summary>That verdict's answer.</summary>
    public required VerdictKind Verdict { get; init; }

    /// <summary>The pipeline run.</summary>
    public required string RunId { get; init; }

    /// <summary>Whether it is a first model that nothing was compared with.</summary>
    public required bool Bootstrap { get; init; }

    /// <summary>Suspicious files that were accepted by name.</summary>
    public required ScanFinding[] Accepted { get; init; }

    /// <summary>Whether the registry had all of it before.</summary>
    public required bool AlreadyRegistered { get; init; }
}
