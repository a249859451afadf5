namespace MlOps.Build.Contracts;

/// <summary>The answer of <c>mlops ci release</c>: a judged and registered model that waits for people.</summary>
public sealed record ReleaseAnswer : IDocument
{
    /// <inheritdoc/>
    public static string SchemaId => "mlops/release/1";

    /// <inheritdoc/>
    public string Schema { get; init; } = SchemaId;

    /// <summary>The run and its verdict.</summary>
    public required RunResult Run { get; init; }

    /// <summary>The package in the registry; null where the verdict or the job did not allow it.</summary>
    public required Registration? Registration { get; init; }

    /// <summary>Why nothing was registered, or null.</summary>
    public required string? NotRegistered { get; init; }

    /// <summary>What each environment waits for, in the order of mlops.yml; empty when nothing was registered.</summary>
    public required AwaitedDeployment[] Environments { get; init; }
}

/// <summary>What a model waits for before an environment. Nothing is deployed by itself.</summary>
/// <param name="Environment">The environment.</param>
/// <param name="Approvals">How many approvals it asks for.</param>
/// <param name="Waits">What is missing, as a sentence; null where the next step may be done at once.</param>
/// <param name="Next">The exact next step.</param>
public sealed record AwaitedDeployment(string Environment, int Approvals, string? Waits, NextStep Next);
