using System.Globalization;
using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Configuration;

/// <summary>The <c>gate</c> section.</summary>
internal static class GateSection
{
    public static PolicyDraft Read(YamlMap map)
    {
        var extends = map.Items("extends");
        var defaults = new GateConfiguration();
        var (threshold, choose) = ThresholdSection.Read(map, defaults.Threshold);
        var gate = new GateConfiguration
        {
            Primary = map.Text("primary"),
            Rules = [.. map.Maps("rules").Select(ReadRule)],
            Waivers = [.. map.Maps("waivers").Select(WaiverSection.Read)],
            Confidence = Words.Share(map, "confidence", defaults.Confidence),
            Resamples = Words.Integer(map, "resamples", defaults.Resamples, 100),
            Threshold = threshold,
            Choose = choose,
            RequireBetter = Words.Flag(map, "require-better", defaults.RequireBetter),
            Search = map.Texts("search") is var search and not ["all"] ? search : [],
            MinimumSupport = Words.Integer(map, "minimum-support", defaults.MinimumSupport, 2),
            MinimumGroupSupport = Words.Integer(map, "minimum-group-support", defaults.MinimumGroupSupport, 2),
            Watts = Factor(map, "watts"),
            Grid = Factor(map, "grid"),
            ScoreRounds = map.Scalar<int?>(
                "score-rounds", null, text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var rounds) && rounds is >= 2 and <= 1000 ? rounds : null, "5", "a whole number from 2 to 1000"),
            OnInconclusive = Words.OptionalEnum<OnInconclusive>(map, "on-inconclusive", "warn in a pull request, fail in a release"),
            Expires = Words.Duration(map, "expires", defaults.Expires),
        };
        if (gate.Confidence is <= 0.5 or >= 1)
        {
            map.Log.Wrong(map.Place, "'gate.confidence' must lie between 50% and 100%.", $"It is {UnitText.Share(gate.Confidence)}.", "Write `confidence: 95%`.");
        }

        map.RefuseUnknownKeys();
        return new(
            gate,
            PolicySetting.All.Where(setting => map.Node(setting.Name) is not null)
                .ToDictionary(setting => setting.Name, setting => map.Log.At(map.Node(setting.Name)!.Start), StringComparer.Ordinal),
            extends);
    }

    /// <summary>What an environment asks for on top: rules, not settings.</summary>
    public static PolicyDraft ReadEnvironment(YamlMap map)
    {
        var draft = new PolicyDraft(
            new GateConfiguration { Rules = [.. map.Maps("rules").Select(ReadRule)] }, new Dictionary<string, SourcePlace>(), map.Items("extends"));
        map.RefuseUnknownKeys();
        return draft;
    }

    private static GateRule ReadRule(YamlMap map)
    {
        var calibration = map.Text("calibration");
        var footprint = map.Text("footprint");
        var rule = new GateRule
        {
            Metric = map.Text("metric") ?? calibration,
            Fairness = map.Text("fairness"),
            Data = map.Text("data"),
            Footprint = footprint,
            By = map.Texts("by"),
            Kind = Words.OptionalEnum<RuleKind>(map, "kind", "prove, or alarm for slices and groups"),
            Slices = map.Texts("slices"),
            AtLeast = Words.Number(map, "at-least"),
            AtMost = footprint is null ? Words.Number(map, "at-most") : map.Scalar<double?>("at-most", null, text => ReadQuantity(text, footprint), "(none)", Quantity(footprint)),
            NoWorseBy = footprint is null
                ? map.Scalar<Margin?>("no-worse-by", null, ReadMargin, "(none)", "a margin such as 0.01 or 2%")
                : map.Scalar<Margin?>("no-worse-by", null, text => ReadCostMargin(text, footprint), "(none)", $"a share such as 50%, or {Quantity(footprint)}"),
            Advisory = Words.Flag(map, "advisory", false),
            Place = map.Place,
        };
        map.RefuseUnknownKeys();
        if (rule is { AtLeast: null, AtMost: null, NoWorseBy: null, Data: null })
        {
            map.Log.Wrong(
                map.Place,
                $"'{map.Path}' judges nothing.",
                "A rule needs a limit.",
                "Add `at-least`, `at-most` or `no-worse-by`.");
        }

        if (rule is { AtLeast: { } floor, AtMost: { } ceiling } && floor > ceiling)
        {
            map.Log.Wrong(map.Place, $"'{map.Path}' can never hold.", "Its floor lies above its ceiling.", "Swap `at-least` and `at-most`.");
        }

        return rule;
    }

    private static double? Factor(YamlMap map, string name)
        => map.Scalar<double?>(name, null, text => UnitText.TryNumber(text, out var value) && value >= 0 ? value : null, "a stated default", "a number of at least 0");

    /// <summary>What the limits of a cost look like; of one that does not exist, which is another problem, any.</summary>
    private static string Quantity(string footprint) => Unit(footprint) switch
    {
        "B" => "a size such as 10MB, or a number of bytes",
        "s" => "a duration such as 90s or 5ms, or a number of seconds",
        "Wh" => "an energy such as 5Wh, or a number of watt-hours",
        _ => "a size, a duration or an energy",
    };

    private static double? ReadQuantity(string text, string footprint)
        => UnitText.TryNumber(text, out var number) && number >= 0 ? number
            : Unit(footprint) is "B" or null && UnitText.TrySize(text, out var bytes) ? (double)bytes
            : Unit(footprint) is "s" or null && UnitText.TryDuration(text, out var duration) ? duration.TotalSeconds
            : Unit(footprint) is "Wh" or null && UnitText.TryEnergy(text, out var wattHours) ? wattHours
            : null;

    private static string? Unit(string footprint) => Evaluating.FootprintCatalogue.Units.GetValueOrDefault(footprint);

    private static Margin? ReadCostMargin(string text, string footprint)
        => text.EndsWith('%') ? ReadMargin(text) : ReadQuantity(text, footprint) is { } more ? new(more, false) : null;

    private static Margin? ReadMargin(string text)
        => UnitText.TryShare(text, out var value) && value >= 0 ? new Margin(value, text.EndsWith('%')) : null;
}
