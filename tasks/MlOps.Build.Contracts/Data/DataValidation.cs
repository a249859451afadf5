using System.Text.Json.Serialization;

namespace MlOps.Build.Contracts;

/// <summary>What a data check found.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<CheckResult>))]
public enum CheckResult
{
    /// <summary>The data are as asked for.</summary>
    Pass,

    /// <summary>Worth a look; nothing stops.</summary>
    Warning,

    /// <summary>The data must not be used.</summary>
    Error,
}

/// <summary>How a dataset compares with its contract and with common sense.</summary>
public sealed record DataValidation : IDocument
{
    /// <inheritdoc/>
    public static string SchemaId => "mlops/data-validation/1";

    /// <inheritdoc/>
    public string Schema { get; init; } = SchemaId;

    /// <summary>The snapshot that was looked at.</summary>
    public required string SnapshotDigest { get; init; }

    /// <summary>Rows looked at.</summary>
    public required long Rows { get; init; }

    /// <summary>Columns looked at.</summary>
    public required int Columns { get; init; }

    /// <summary>The worst result of all checks.</summary>
    public required CheckResult Result { get; init; }

    /// <summary>Every check, errors first.</summary>
    public required DataCheck[] Checks { get; init; }
}

/// <summary>A check of a dataset.</summary>
public sealed record DataCheck
{
    /// <summary>
    /// What was checked: <c>type</c>, <c>min</c>, <c>max</c>, <c>nulls</c>, <c>values</c>, <c>unique</c>, <c>column</c>,
    /// <c>id</c>, <c>label</c>, <c>constant</c>, <c>numeric-text</c>, <c>repeated-rows</c>, <c>infinite</c>,
    /// <c>split</c>, <c>overlap</c> or <c>leakage</c>.
    /// </summary>
    public required string Check { get; init; }

    /// <summary>The column, or null for the whole dataset.</summary>
    public required string? Column { get; init; }

    /// <summary>How it went.</summary>
    public required CheckResult Result { get; init; }

    /// <summary>What was asked for, as text; null where nothing was.</summary>
    public required string? Bound { get; init; }

    /// <summary>What was found, as text.</summary>
    public required string Observed { get; init; }

    /// <summary>How many rows are to blame.</summary>
    public required long BadRows { get; init; }

    /// <summary>Up to five of them.</summary>
    public required BadRow[] Examples { get; init; }

    /// <summary>The finding as a sentence with its remedy.</summary>
    public required string Sentence { get; init; }
}

/// <summary>A row that a check complains about.</summary>
/// <param name="Row">Its id; without one its number in the dataset, from 1.</param>
/// <param name="Value">The value.</param>
public sealed record BadRow(string Row, string? Value);
