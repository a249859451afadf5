using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;

namespace MlOps.Build.Engine.Data;

/// <summary>The parts of a split as numbers in SQL; what was left out has none.</summary>
internal static class Part
{
    public const int Train = 0;
    public const int Validation = 1;
    public const int Holdout = 2;
}

/// <summary>
/// Which part a row belongs to, as a function of the row alone. Everything that depends on other rows (the boundaries of
/// a time split) is settled, so the split can be made again at any time without being kept.
/// </summary>
/// <param name="Method">How rows are divided.</param>
/// <param name="Configuration">The shares.</param>
/// <param name="ValidationFrom">For a time split: the first microsecond of the validation part.</param>
/// <param name="HoldoutFrom">For a time split: the first microsecond of the holdout.</param>
internal sealed record SplitRule(
    SplitMethod Method, SplitConfiguration Configuration, long ValidationFrom, long HoldoutFrom)
{
    /// <summary>The part in SQL.</summary>
    public string Expression => Method is SplitMethod.Time ? ByTime : ByHash;

    /// <summary>Whether groups that stand on both sides of a boundary are left out of the earlier side.</summary>
    public bool Purges => Method is SplitMethod.Time && Configuration.Purge;

    /// <summary>Holdout and validation together, as people add: 0.1 + 0.2 is 0.3.</summary>
    public static double NotForTraining(SplitConfiguration split)
        => (double)((decimal)split.Holdout + (decimal)split.Validation);

    private string ByHash
    {
        get
        {
            // Rows without a group are groups of their own.
            var unit = Method is SplitMethod.Group
                ? RowKey.Hash($"coalesce({Names.Group}, {Names.Key})", Seeds.Split)
                : Names.Hash;
            var holdout = BottomK.Fraction(Configuration.Holdout);
            var validation = BottomK.Fraction(NotForTraining(Configuration));
            return $"CASE WHEN {unit} < {Sql.Hash(holdout)} THEN {Part.Holdout} "
                + $"WHEN {unit} < {Sql.Hash(validation)} THEN {Part.Validation} ELSE {Part.Train} END";
        }
    }

    private string ByTime
    {
        get
        {
            var gap = Configuration.Gap.Ticks / TimeSpan.TicksPerMicrosecond;
            return $"CASE WHEN {Names.Time} >= {Sql.Number(HoldoutFrom)} THEN {Part.Holdout} "
                + $"WHEN {Names.Time} >= {Sql.Number(HoldoutFrom - gap)} THEN NULL "
                + $"WHEN {Names.Time} >= {Sql.Number(ValidationFrom)} THEN {Part.Validation} "
                + $"WHEN {Names.Time} >= {Sql.Number(ValidationFrom - gap)} THEN NULL ELSE {Part.Train} END";
        }
    }
}
