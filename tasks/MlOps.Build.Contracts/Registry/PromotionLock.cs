namespace MlOps.Build.Contracts;

/// <summary>
/// A wish to put exactly these bytes, judged this way, into this environment: <c>mlops/promote/&lt;environment&gt;.lock.json</c>.
/// It counts as an approval once it stands on the protected branch, where code owners merged it.
/// </summary>
public sealed record PromotionLock : IDocument
{
    /// <inheritdoc/>
    public static string SchemaId => "mlops/promotion-lock/1";

    /// <inheritdoc/>
    public string Schema { get; init; } = SchemaId;

    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>The model.</summary>
    public required string ModelDigest { get; init; }

    /// <summary>The verdict it relies on.</summary>
    public required string VerdictDigest { get; init; }

    /// <summary>The champion at that moment, or null when there was none.</summary>
    public required string? ChampionDigest { get; init; }

    /// <summary>The environment.</summary>
    public required string Environment { get; init; }

    /// <summary>Digest of the environment's terms: see <see cref="EnvironmentTerms"/>.</summary>
    public required string EnvironmentDigest { get; init; }

    /// <summary>Digest of the registry's last event at that moment.</summary>
    public required string RegistryHead { get; init; }

    /// <summary>Until when it counts, UTC.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Who wrote it.</summary>
    public required string RequestedBy { get; init; }
}
