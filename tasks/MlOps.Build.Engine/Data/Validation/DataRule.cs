using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Data;

/// <summary>A check that looks at one row at a time.</summary>
/// <param name="Check">Its name in the answer.</param>
/// <param name="Column">The column.</param>
/// <param name="Severity">What a bad row means.</param>
/// <param name="Bound">What was asked for, as text.</param>
/// <param name="IsBad">Whether a row is bad, in SQL.</param>
/// <param name="Observed">What to report, as an aggregate in SQL that is text.</param>
/// <param name="Fix">What to do about bad rows.</param>
internal sealed record DataRule(
    string Check, DatasetColumn Column, CheckResult Severity, string? Bound, string IsBad, string Observed, string Fix)
{
    /// <summary>How many bad rows there may be.</summary>
    public long Allowed { get; init; }

    /// <summary>How many bad rows make the check complain: some for most checks, all for a few.</summary>
    public bool OnlyIfAll { get; init; }

    /// <summary>Rows that the check looks at, in SQL; null: all.</summary>
    public string? Applies { get; init; }

    /// <summary>What a bad row is, after "12 rows ".</summary>
    public required string Complaint { get; init; }
}
