using System.Text.Json.Serialization;

namespace MlOps.Build.Contracts;

/// <summary>Whether a champion has seen rows it is judged on.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<ContaminationResult>))]
public enum ContaminationResult
{
    /// <summary>No row of the holdout was in its training or validation part.</summary>
    Clean,

    /// <summary>Rows of the holdout were.</summary>
    Contaminated,

    /// <summary>What is recorded of its training does not tell.</summary>
    Unknown,
}

/// <summary>The finding "contaminated": the champion's training rows against the holdout.</summary>
public sealed record Contamination
{
    /// <summary>The answer.</summary>
    public required ContaminationResult Result { get; init; }

    /// <summary>Rows of the holdout that the champion was trained on; where it is not known, the most it can be, or null.</summary>
    public required long? Rows { get; init; }

    /// <summary>Rows of the holdout.</summary>
    public required long HoldoutRows { get; init; }

    /// <summary>Whether the champion's parts came out again to the row; else rows were added, changed or removed since.</summary>
    public required bool Exact { get; init; }

    /// <summary>The same in one sentence.</summary>
    public required string Sentence { get; init; }
}
