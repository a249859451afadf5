namespace MlOps.Build.Contracts;

/// <summary>The answer of <c>mlops approve</c>.</summary>
public sealed record ApprovalAnswer : IDocument
{
    /// <inheritdoc/>
    public static string SchemaId => "mlops/approve/1";

    /// <inheritdoc/>
    public string Schema { get; init; } = SchemaId;

    /// <summary>What was approved.</summary>
    public required Approval Approval { get; init; }

    /// <summary>The signature, or null.</summary>
    public required ApprovalSignature? Signature { get; init; }
}

/// <summary>The answer of <c>mlops reject</c>.</summary>
public sealed record Rejection : IDocument
{
    /// <inheritdoc/>
    public static string SchemaId => "mlops/reject/1";

    /// <inheritdoc/>
    public string Schema { get; init; } = SchemaId;

    /// <summary>The model.</summary>
    public required string ModelDigest { get; init; }

    /// <summary>Where it must not go.</summary>
    public required string Environment { get; init; }

    /// <summary>Why.</summary>
    public required string Comment { get; init; }
}
