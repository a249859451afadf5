using System.Globalization;

namespace MlOps.Build.Engine.Configuration;

/// <summary>A setting of a policy beside its rules.</summary>
/// <param name="Name">Its key.</param>
/// <param name="Copy">The first policy with the second one's value.</param>
/// <param name="Text">The value in words.</param>
/// <param name="Order">Greater is stricter; null where no value is stricter than another.</param>
internal sealed record PolicySetting(
    string Name,
    Func<GateConfiguration, GateConfiguration, GateConfiguration> Copy,
    Func<GateConfiguration, string> Text,
    Func<GateConfiguration, double>? Order)
{
    /// <summary>All of them. More confidence helps a rule that has to be proven and hinders an alarm, so neither way is stricter.</summary>
    public static IReadOnlyList<PolicySetting> All { get; } =
    [
        new("primary", (to, from) => to with { Primary = from.Primary }, gate => gate.Primary ?? "by task", null),
        new("confidence", (to, from) => to with { Confidence = from.Confidence }, gate => UnitText.Share(gate.Confidence), null),
        new("resamples", (to, from) => to with { Resamples = from.Resamples }, gate => Number(gate.Resamples), gate => gate.Resamples),
        new("threshold", (to, from) => to with { Threshold = from.Threshold, Choose = from.Choose }, gate => gate.Choose?.Text ?? Number(gate.Threshold), null),
        new("require-better", (to, from) => to with { RequireBetter = from.RequireBetter }, gate => gate.RequireBetter ? "true" : "false", gate => gate.RequireBetter ? 1 : 0),
        new("search", (to, from) => to with { Search = from.Search }, gate => gate.Search.Count == 0 ? "all" : string.Join(", ", gate.Search), null),
        new("minimum-support", (to, from) => to with { MinimumSupport = from.MinimumSupport }, gate => Number(gate.MinimumSupport), null),
        new("minimum-group-support", (to, from) => to with { MinimumGroupSupport = from.MinimumGroupSupport }, gate => Number(gate.MinimumGroupSupport), null),
        new("watts", (to, from) => to with { Watts = from.Watts }, gate => gate.Watts is { } watts ? Number(watts) : "default", null),
        new("grid", (to, from) => to with { Grid = from.Grid }, gate => gate.Grid is { } grid ? Number(grid) : "default", null),
        new("score-rounds", (to, from) => to with { ScoreRounds = from.ScoreRounds }, gate => Number(gate.ScoreRounds ?? 5), gate => gate.ScoreRounds ?? 5),
        new("on-inconclusive", (to, from) => to with { OnInconclusive = from.OnInconclusive }, gate => gate.OnInconclusive?.ToString().ToLowerInvariant() ?? "by mode", Strictness),
        new("expires", (to, from) => to with { Expires = from.Expires }, gate => UnitText.Duration(gate.Expires), gate => -gate.Expires.TotalSeconds),
    ];

    /// <summary>Whether the first is laxer than the second, or other where none is stricter.</summary>
    public bool Weakens(GateConfiguration own, GateConfiguration bound)
        => Order is { } order ? order(own) < order(bound) : Text(own) != Text(bound);

    private static double Strictness(GateConfiguration gate) => gate.OnInconclusive switch { OnInconclusive.Fail => 2, OnInconclusive.Warn => 0, _ => 1 };

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
