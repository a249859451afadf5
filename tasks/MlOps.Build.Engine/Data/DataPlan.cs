using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;

namespace MlOps.Build.Engine.Data;

/// <summary>Which rows and columns a run works with. In a pull request all of it is the merge base's.</summary>
public sealed record DataPlan
{
    /// <summary>Most rows of a holdout that a pull request is judged on.</summary>
    public const long HoldoutCap = 100_000;

    public required DataConfiguration Data { get; init; }

    public required SplitConfiguration Split { get; init; }

    public required SampleConfiguration Sample { get; init; }

    public required ModelTask Task { get; init; }

    public required RunMode Mode { get; init; }

    /// <summary>The digest that the split's record names.</summary>
    public required string SnapshotDigest { get; init; }

    /// <summary>The plan of a project.</summary>
    public static DataPlan Of(ProjectConfiguration project, RunMode mode, string snapshotDigest) => new()
    {
        Data = project.Data,
        Split = project.Split,
        Sample = project.Sample,
        Task = project.Task,
        Mode = mode,
        SnapshotDigest = snapshotDigest,
    };

    /// <summary>Whether a group is never divided: by a group split, and by a hash split where a group is named.</summary>
    internal SplitMethod Method => Split.By is SplitMethod.Hash && Data.Group is not null ? SplitMethod.Group : Split.By;

    /// <summary>The column whose shares a sample keeps: what is named, or the label of a classification.</summary>
    internal string? Stratify => Sample.Stratify ?? (Task is ModelTask.Regression ? null : Data.Label);
}
