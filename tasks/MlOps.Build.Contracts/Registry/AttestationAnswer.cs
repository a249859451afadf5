namespace MlOps.Build.Contracts;

/// <summary>The answer of <c>mlops ci attest</c>.</summary>
public sealed record AttestationAnswer : IDocument
{
    /// <inheritdoc/>
    public static string SchemaId => "mlops/attest/1";

    /// <inheritdoc/>
    public string Schema { get; init; } = SchemaId;

    /// <summary>The model.</summary>
    public required string ModelDigest { get; init; }

    /// <summary>The package in the registry.</summary>
    public required string ManifestDigest { get; init; }

    /// <summary>The verdict that is attested.</summary>
    public required string VerdictDigest { get; init; }

    /// <summary>Digest of the public key.</summary>
    public required string KeyId { get; init; }

    /// <summary>The bundle in the registry.</summary>
    public required string AttestationDigest { get; init; }

    /// <summary>Whether it was there before, signed with the same key.</summary>
    public required bool AlreadyAttested { get; init; }
}
