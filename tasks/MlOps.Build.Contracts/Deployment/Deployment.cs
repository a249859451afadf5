namespace MlOps.Build.Contracts;

/// <summary>
/// What an environment serves: <c>deployment.json</c>, replaced atomically. Model files lie beside it in immutable
/// folders, <c>models/&lt;64 hex&gt;/</c>, each with <c>model.json</c> and <c>model/</c>.
/// </summary>
public sealed record DeploymentRecord : IDocument
{
    /// <inheritdoc/>
    public static string SchemaId => "mlops/deployment/1";

    /// <inheritdoc/>
    public string Schema { get; init; } = SchemaId;

    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>The environment's name.</summary>
    public required string Environment { get; init; }

    /// <summary>Grows by one with every change; a writer must have seen the number it replaces.</summary>
    public required long Generation { get; init; }

    /// <summary>The packages that answer.</summary>
    public required DeploymentSlot[] Slots { get; init; }

    /// <summary>The package that answered before, or null.</summary>
    public required string? Previous { get; init; }

    /// <summary>The step of the rollout.</summary>
    public required string Step { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Digest of the registry's last event when this was decided: a registry without it was cut or exchanged.</summary>
    public string? RegistryHead { get; init; }
}

/// <summary>A package in an environment.</summary>
/// <param name="Digest">The model digest.</param>
/// <param name="Path">Its folder, relative to <c>deployment.json</c>, with <c>/</c>.</param>
/// <param name="Weight">Its share of the requests, 0 to 1; the shares of all slots add up to 1.</param>
/// <param name="Mirror">Whether it sees copies of requests without answering.</param>
public sealed record DeploymentSlot(string Digest, string Path, double Weight, bool Mirror);
