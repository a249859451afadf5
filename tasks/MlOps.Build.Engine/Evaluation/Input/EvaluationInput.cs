using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>Everything an evaluation depends on; equal inputs give equal bytes.</summary>
public sealed record EvaluationInput
{
    public required string Model { get; init; }

    public required RunMode Mode { get; init; }

    public required ModelTask Task { get; init; }

    /// <summary>The policy that binds.</summary>
    public required GateConfiguration Policy { get; init; }

    /// <summary>The seed of the bootstrap.</summary>
    public long Seed { get; init; } = 42;

    public required HoldoutColumns Holdout { get; init; }

    /// <summary>Binary: the labels of the rows that thresholds are chosen on, none of them in the holdout; null where none are scored.</summary>
    public double[]? ValidationLabels { get; init; }

    public required SideInput Challenger { get; init; }

    /// <summary>Null when there is nothing to compare with yet.</summary>
    public SideInput? Baseline { get; init; }

    /// <summary>
    /// Whether both sides are known to be the same model, because nothing that a trainer reads has changed. Otherwise
    /// two sides with the same run are refused.
    /// </summary>
    public bool NoChange { get; init; }

    /// <summary>What is wrong with the data, by the rule that forbids it; null: nobody looked.</summary>
    public IReadOnlyList<DataFinding>? Data { get; init; }

    /// <summary>What the files of predictions say against them; null: nobody looked, or a run made them itself.</summary>
    public IReadOnlyList<DataFinding>? FoundInFiles { get; init; }

    /// <summary>What the models of both sides cost; null: it was not measured.</summary>
    public IReadOnlyList<FootprintSample>? Footprint { get; init; }

    /// <summary>Whether the champion has seen rows it is judged on; null where no champion is judged.</summary>
    public Contamination? Contamination { get; init; }
}

/// <summary>One side of a comparison with its trainings: one in full mode, one a seed in a pull request.</summary>
public sealed record SideInput(string Name, IReadOnlyList<ReplicateInput> Replicates);

/// <summary>One training of a side and what it predicted.</summary>
public sealed record ReplicateInput(EvaluatedReplicate Identity, Predictions Predictions)
{
    /// <summary>Binary: its scores of the validation rows; null where they are not scored.</summary>
    public double[]? ValidationScores { get; init; }
}
