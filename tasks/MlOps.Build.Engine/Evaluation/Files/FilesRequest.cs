using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>What <c>mlops evaluate</c> is asked about files that no project knows.</summary>
public sealed record FilesRequest
{
    /// <summary>What the paths of files are relative to; answers name files as they are given.</summary>
    public string Folder { get; init; } = Directory.GetCurrentDirectory();

    /// <summary>The challenger's predictions, Parquet or CSV.</summary>
    public required string Predictions { get; init; }

    /// <summary>The baseline's predictions; may be the same file with another column of scores.</summary>
    public string? Baseline { get; init; }

    /// <summary>A file with the labels; null: they are in a file of predictions.</summary>
    public string? Labels { get; init; }

    /// <summary>The column of the label.</summary>
    public required string Label { get; init; }

    /// <summary>The column that rows are matched by; null: row_id where every file has it, else the place of the row.</summary>
    public string? RowId { get; init; }

    /// <summary>The challenger's column of scores, or the beginning of one column a class; null: it is found.</summary>
    public string? Score { get; init; }

    /// <summary>The baseline's; null: as <see cref="Score"/>.</summary>
    public string? BaselineScore { get; init; }

    /// <summary>Null: it follows from labels and scores.</summary>
    public ModelTask? Task { get; init; }

    /// <summary>Binary: the label that counts as positive; null: 1, true or yes.</summary>
    public string? Positive { get; init; }

    public double Threshold { get; init; } = 0.5;

    /// <summary>How a threshold is chosen on <see cref="Validation"/>; null: <see cref="Threshold"/> is it.</summary>
    public ThresholdRule? Choose { get; init; }

    /// <summary>The challenger's predictions of validation rows, with their label.</summary>
    public string? Validation { get; init; }

    /// <summary>The baseline's; null: in the same file, where its predictions are in the challenger's file as well.</summary>
    public string? BaselineValidation { get; init; }

    /// <summary>Margins of non-inferiority; without a metric, of the primary one.</summary>
    public IReadOnlyList<(string? Metric, Margin Margin)> Margins { get; init; } = [];

    /// <summary>Columns, or two joined by &amp;, that cut the rows into slices.</summary>
    public IReadOnlyList<string> Slices { get; init; } = [];

    /// <summary>Columns, or two joined by &amp;, whose values are groups of people.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>Columns of numbers among these that are cut into bands.</summary>
    public IReadOnlyDictionary<string, BandConfiguration> Bands { get; init; } = new Dictionary<string, BandConfiguration>();

    /// <summary>The column whose equal values belong together.</summary>
    public string? Blocks { get; init; }

    /// <summary>Metrics by name; empty: all of the task.</summary>
    public IReadOnlyList<string> Metrics { get; init; } = [];

    /// <summary>The level of the intervals.</summary>
    public double Confidence { get; init; } = 0.95;

    public int Resamples { get; init; } = 2000;

    public long Seed { get; init; } = 42;

    /// <summary>Groups with fewer rows are left out of fairness metrics.</summary>
    public int MinimumRows { get; init; } = 100;
}
