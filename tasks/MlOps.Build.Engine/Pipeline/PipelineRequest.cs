using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Pipeline;

/// <summary>What <c>mlops run</c> was asked to do.</summary>
public sealed record PipelineRequest
{
    public required string ProjectRoot { get; init; }

    public required RunMode Mode { get; init; }

    /// <summary>For a pull request: the branch or commit to compare with; null: found by itself.</summary>
    public string? Base { get; init; }

    /// <summary>For a release: whether a first model may pass without a champion.</summary>
    public bool Bootstrap { get; init; }

    /// <summary>Whether finished trainings with the same inputs may be reused.</summary>
    public bool UseCache { get; init; } = true;
}
