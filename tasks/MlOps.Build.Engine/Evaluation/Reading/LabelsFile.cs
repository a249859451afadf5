using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>Where the labels of a holdout are and what its columns mean.</summary>
public sealed record LabelsFile
{
    /// <summary>A Parquet or CSV file with <c>row_id</c>, the label, and the columns named here.</summary>
    public required string Path { get; init; }

    public required ModelTask Task { get; init; }

    /// <summary>The column of the label.</summary>
    public string Label { get; init; } = "label";

    /// <summary>Binary: the label that counts as positive; null: 1, true or yes. A column of truth values is taken as it is.</summary>
    public string? Positive { get; init; }

    public IReadOnlyList<string> Slices { get; init; } = [];

    public IReadOnlyList<string> Sensitive { get; init; } = [];

    /// <summary>Which of these columns are cut into bands.</summary>
    public IReadOnlyDictionary<string, BandConfiguration> Bands { get; init; } = new Dictionary<string, BandConfiguration>();

    /// <summary>The column whose equal values belong together, or null when rows are independent.</summary>
    public string? Group { get; init; }

    /// <summary>Rows in the holdout before it was capped; null: those of the file.</summary>
    public long? TotalRows { get; init; }

    /// <summary>A Parquet file with the features of the same rows, in which weak slices are looked for; null: nowhere.</summary>
    public string? Features { get; init; }

    /// <summary>The columns to look in; empty: all of <see cref="Features"/> and those cut by.</summary>
    public IReadOnlyList<string> Searched { get; init; } = [];

    /// <summary>A file with the columns that a project names.</summary>
    public static LabelsFile Of(string path, ProjectConfiguration project) => new()
    {
        Path = path,
        Task = project.Task,
        Label = project.Data.Label,
        Positive = project.Data.Positive,
        Slices = project.Data.Slices,
        Sensitive = project.Data.Sensitive,
        Bands = project.Data.Bands,
        Group = project.Data.Group,
    };
}
