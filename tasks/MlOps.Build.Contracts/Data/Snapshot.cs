using System.Text.Json.Serialization;

namespace MlOps.Build.Contracts;

/// <summary>A dataset at one digest.</summary>
public sealed record Snapshot : IDocument
{
    /// <inheritdoc/>
    public static string SchemaId => "mlops/snapshot/1";

    /// <inheritdoc/>
    public string Schema { get; init; } = SchemaId;

    /// <summary>Merkle root over <see cref="Files"/>, row count, columns and column digests.</summary>
    public required string Digest { get; init; }

    /// <summary>The source as written in mlops.yml.</summary>
    public required string Source { get; init; }

    /// <summary>The files, sorted by path.</summary>
    public required FileDigest[] Files { get; init; }

    /// <summary>Rows in all files.</summary>
    public required long Rows { get; init; }

    /// <summary>The columns in file order.</summary>
    public required SnapshotColumn[] Columns { get; init; }
}

/// <summary>A column of a snapshot.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Type">The type as DuckDB names it, such as <c>BIGINT</c> or <c>VARCHAR</c>.</param>
/// <param name="Nulls">Missing values.</param>
/// <param name="Minimum">The least value as text, or null when all are missing.</param>
/// <param name="Maximum">The greatest value as text, or null when all are missing.</param>
/// <param name="ProfileDigest">Digest of type, counts and extremes.</param>
public sealed record SnapshotColumn(
    string Name, string Type, long Nulls, string? Minimum, string? Maximum, string ProfileDigest);

/// <summary>How rows are divided.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<SplitMethod>))]
public enum SplitMethod
{
    /// <summary>By the hash of the row key.</summary>
    Hash,

    /// <summary>By quantiles of the time column: the holdout is the latest part.</summary>
    Time,

    /// <summary>By the hash of the group: a group is never divided.</summary>
    Group,
}

/// <summary>A split of a snapshot: how many rows went where, and the digest of each part's row keys.</summary>
public sealed record SplitRecord : IDocument
{
    /// <inheritdoc/>
    public static string SchemaId => "mlops/split/1";

    /// <inheritdoc/>
    public string Schema { get; init; } = SchemaId;

    /// <summary>The snapshot that was split.</summary>
    public required string SnapshotDigest { get; init; }

    /// <summary>How.</summary>
    public required SplitMethod Method { get; init; }

    /// <summary>The rows a model is trained on.</summary>
    public required SplitPart Train { get; init; }

    /// <summary>The rows early stopping and thresholds look at.</summary>
    public required SplitPart Validation { get; init; }

    /// <summary>The rows a model is judged on.</summary>
    public required SplitPart Holdout { get; init; }

    /// <summary>For a time split: the first time of the validation part, ISO 8601; else null.</summary>
    public required string? ValidationFrom { get; init; }

    /// <summary>For a time split: the first time of the holdout, ISO 8601; else null.</summary>
    public required string? HoldoutFrom { get; init; }

    /// <summary>Rows left out because they stand in the gap or their group straddles the parts.</summary>
    public required long PurgedRows { get; init; }

    /// <summary>What settled it, so that the part of a row can be told again later; null in records of earlier versions.</summary>
    public SplitPlan? Plan { get; init; }
}

/// <summary>What a split was settled from, besides the boundaries in its record.</summary>
public sealed record SplitPlan
{
    /// <summary>How row keys are hashed; without an id also the digest of the columns that make up a key.</summary>
    public required string Keys { get; init; }

    /// <summary>The columns of the id; empty: the content of a row is its key.</summary>
    public required string[] Id { get; init; }

    /// <summary>The group's column, or null.</summary>
    public required string? Group { get; init; }

    /// <summary>The time's column, or null.</summary>
    public required string? Time { get; init; }

    /// <summary>The share of the holdout.</summary>
    public required double Holdout { get; init; }

    /// <summary>The share of the validation part.</summary>
    public required double Validation { get; init; }

    /// <summary>For a time split: the gap before a boundary.</summary>
    public required long GapMicroseconds { get; init; }

    /// <summary>For a time split: whether rows of groups that straddle a boundary were left out.</summary>
    public required bool Purge { get; init; }
}

/// <summary>A part of a split.</summary>
/// <param name="Rows">How many rows it has.</param>
/// <param name="Digest">Digest of the set of its row keys, whatever their order.</param>
public sealed record SplitPart(long Rows, string Digest);

/// <summary>A sample of the training rows.</summary>
public sealed record SampleRecord : IDocument
{
    /// <inheritdoc/>
    public static string SchemaId => "mlops/sample/1";

    /// <inheritdoc/>
    public string Schema { get; init; } = SchemaId;

    /// <summary>The seed of the keyed hash.</summary>
    public required long Seed { get; init; }

    /// <summary>Rows asked for.</summary>
    public required long RequestedRows { get; init; }

    /// <summary>Rows there were to choose from.</summary>
    public required long AvailableRows { get; init; }

    /// <summary>Rows taken.</summary>
    public required long Rows { get; init; }

    /// <summary>The column whose shares are kept, or null.</summary>
    public required string? StratifiedBy { get; init; }

    /// <summary>Rows there were and rows taken, by stratum.</summary>
    public required SampleStratum[] Strata { get; init; }

    /// <summary>Digest of the set of its row keys, whatever their order.</summary>
    public required string Digest { get; init; }
}

/// <summary>A stratum of a sample.</summary>
public sealed record SampleStratum(string? Value, long AvailableRows, long Rows);
