using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Data;
using MlOps.Build.Engine.Processes;
using MlOps.Build.Engine.Training;

namespace MlOps.Build.Engine.Pipeline;

/// <summary>A trained model that takes part in a comparison.</summary>
internal sealed record ComparedModel(string RunId, int Seed, string Folder, string Digest)
{
    /// <summary>How its training ended and what it took, as the engine saw it; null where it was not of this run.</summary>
    public ProcessResult? Training { get; init; }

    public static ComparedModel Of(TrainedRun run) => new(run.RunId, run.Record.Seed, run.ModelFolder, run.ModelDigest)
    {
        Training = run.Process,
    };
}

/// <summary>One side of a comparison, trained and ready to be scored.</summary>
internal sealed record ComparedSide
{
    /// <summary>How people call it, such as <c>main@4f2c9e1</c>.</summary>
    public required string Name { get; init; }

    public required IReadOnlyList<ComparedModel> Models { get; init; }

    public required BuiltProgram Scorer { get; init; }

    /// <summary>What tells its scorer from that of the other side.</summary>
    public required string ScorerDigest { get; init; }

    /// <summary>The settings it is scored with.</summary>
    public required ProjectConfiguration Configuration { get; init; }

    /// <summary>The split that knows which columns this side may see.</summary>
    public required PreparedSplit Split { get; init; }
}

/// <summary>What is judged.</summary>
internal sealed record Comparison
{
    /// <summary>The settings of the change.</summary>
    public required ProjectConfiguration Head { get; init; }

    /// <summary>The settings that bind.</summary>
    public required ProjectConfiguration Binding { get; init; }

    /// <summary>What the change would judge otherwise, in words; empty where nothing.</summary>
    public required IReadOnlyList<string> PolicyDifferences { get; init; }

    public required ComparedSide Challenger { get; init; }

    public required ComparedSide? Baseline { get; init; }

    /// <summary>Whether both sides are the same model of the same, unchanged trainer.</summary>
    public required bool NoChange { get; init; }

    /// <summary>Whether the champion has seen rows it is judged on; null where there is none.</summary>
    public Contamination? Contamination { get; init; }
}
