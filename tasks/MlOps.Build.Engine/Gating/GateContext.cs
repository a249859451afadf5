using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Gating;

/// <summary>What a verdict depends on besides the evaluation and the policy.</summary>
public sealed record GateContext
{
    /// <summary>When the verdict is given, UTC.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Digest of the engine that gives it.</summary>
    public required string EngineDigest { get; init; }

    /// <summary>Whether the challenger is the baseline, because nothing that a trainer reads has changed.</summary>
    public bool NoChange { get; init; }

    /// <summary>Whether a first model may pass without a baseline.</summary>
    public bool Bootstrap { get; init; }

    /// <summary>What the policy of the change itself would have said, where it differs.</summary>
    public PolicyChange? PolicyChange { get; init; }
}
