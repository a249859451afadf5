namespace MlOps.Build.Contracts;

/// <summary>The answer of <c>mlops deploy</c>.</summary>
public sealed record DeployAnswer : IDocument
{
    /// <inheritdoc/>
    public static string SchemaId => "mlops/deploy/1";

    /// <inheritdoc/>
    public string Schema { get; init; } = SchemaId;

    /// <summary>Where.</summary>
    public required string Environment { get; init; }

    /// <summary>What answers.</summary>
    public required string ModelDigest { get; init; }

    /// <summary>The verdict it relies on.</summary>
    public string? VerdictDigest { get; init; }

    /// <summary>What answered before, or null.</summary>
    public required string? Previous { get; init; }

    /// <summary>The generation of <c>deployment.json</c>.</summary>
    public required long Generation { get; init; }

    /// <summary>The aliases that name it.</summary>
    public required string[] Aliases { get; init; }

    /// <summary>Whether it answered already and nothing was done.</summary>
    public required bool AlreadyDeployed { get; init; }
}

/// <summary>The answer of <c>mlops rollback</c>.</summary>
public sealed record RollbackAnswer : IDocument
{
    /// <inheritdoc/>
    public static string SchemaId => "mlops/rollback/1";

    /// <inheritdoc/>
    public string Schema { get; init; } = SchemaId;

    /// <summary>Where.</summary>
    public required string Environment { get; init; }

    /// <summary>What no longer answers.</summary>
    public required string From { get; init; }

    /// <summary>What answers again.</summary>
    public required string To { get; init; }

    /// <summary>The generation of <c>deployment.json</c>.</summary>
    public required long Generation { get; init; }

    /// <summary>Whether an earlier call had done it.</summary>
    public required bool AlreadyRolledBack { get; init; }
}

/// <summary>The answer of <c>mlops status</c>.</summary>
public sealed record StatusAnswer : IDocument
{
    /// <inheritdoc/>
    public static string SchemaId => "mlops/status/1";

    /// <inheritdoc/>
    public string Schema { get; init; } = SchemaId;

    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>The champion, or null.</summary>
    public required string? Champion { get; init; }

    /// <summary>The challenger, or null.</summary>
    public required string? Challenger { get; init; }

    /// <summary>The environments in the order of mlops.yml.</summary>
    public required EnvironmentStatus[] Environments { get; init; }
}

/// <summary>How an environment stands.</summary>
public sealed record EnvironmentStatus
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What its <c>deployment.json</c> names, or null.</summary>
    public required string? ModelDigest { get; init; }

    /// <summary>The generation, or 0.</summary>
    public required long Generation { get; init; }

    /// <summary>Since when, UTC.</summary>
    public required DateTimeOffset? Since { get; init; }

    /// <summary>What a rollback would go back to, or null.</summary>
    public required string? RollsBackTo { get; init; }

    /// <summary>Why the challenger may not enter, or null when it may or there is none.</summary>
    public required string? ChallengerWaitsFor { get; init; }

    /// <summary>What does not fit: files, registry and journal that disagree.</summary>
    public required string[] Faults { get; init; }
}
