using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>What <c>mlops evaluate</c> is asked for.</summary>
public sealed record EvaluateRequest
{
    public required string Model { get; init; }

    public required RunMode Mode { get; init; }

    /// <summary>The policy that binds.</summary>
    public required GateConfiguration Policy { get; init; }

    public required LabelsFile Labels { get; init; }

    public required SideFiles Challenger { get; init; }

    /// <summary>Null when there is nothing to compare with yet.</summary>
    public SideFiles? Baseline { get; init; }

    public long Seed { get; init; } = 42;

    /// <summary>Whether both sides are known to be the same model.</summary>
    public bool NoChange { get; init; }

    /// <summary>The models that made the challenger's predictions, files or folders, in their order; empty: nobody says.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>Where <c>evaluation.json</c> is written; null: nowhere.</summary>
    public string? Output { get; init; }
}

/// <summary>The predictions of one side: one file a replicate.</summary>
public sealed record SideFiles(string Name, IReadOnlyList<ReplicateFile> Replicates);

/// <summary>A predictions file and the training it comes from, as far as there is one.</summary>
public sealed record ReplicateFile(string Predictions, string? RunId = null, int Seed = 0, string? ModelDigest = null);
