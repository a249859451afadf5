namespace MlOps.Build.Contracts;

/// <summary>
/// <c>mlops.lock.json</c> in the project root: the digest of each dataset that a branch was built on, a line each, so that
/// two branches that change different datasets merge cleanly.
/// </summary>
public sealed record DataLock : IDocument
{
    /// <inheritdoc/>
    public static string SchemaId => "mlops/lock/1";

    /// <inheritdoc/>
    public string Schema { get; init; } = SchemaId;

    /// <summary>Snapshot digests by the source as written in mlops.yml.</summary>
    public required IReadOnlyDictionary<string, string> Datasets { get; init; }
}
