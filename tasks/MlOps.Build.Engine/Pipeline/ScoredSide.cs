using MlOps.Build.Engine.Training;

namespace MlOps.Build.Engine.Pipeline;

/// <summary>A model and its checked predictions.</summary>
internal sealed record ScoredModel(ComparedModel Model, ScoredRun Predictions)
{
    /// <summary>What it says of the rows that thresholds are chosen on; null where none is chosen.</summary>
    public ScoredRun? Validation { get; init; }
}

/// <summary>A side whose models are scored.</summary>
internal sealed record ScoredSide(string Name, string ScorerDigest, IReadOnlyList<ScoredModel> Models);
