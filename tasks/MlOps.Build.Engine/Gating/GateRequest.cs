using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;

namespace MlOps.Build.Engine.Gating;

/// <summary>What <c>mlops gate</c> is asked for.</summary>
public sealed record GateRequest
{
    /// <summary>The <c>evaluation.json</c>.</summary>
    public required string Evaluation { get; init; }

    /// <summary>The policy it was measured for.</summary>
    public required GateConfiguration Policy { get; init; }

    public bool Bootstrap { get; init; }

    public bool NoChange { get; init; }

    public PolicyChange? PolicyChange { get; init; }

    /// <summary>Where <c>verdict.json</c> is written; null: nowhere.</summary>
    public string? Output { get; init; }
}
