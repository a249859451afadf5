using System.Globalization;
using System.Text.Json.Serialization;

namespace MlOps.Build.Engine.Configuration;

/// <summary>What makes one threshold better than another.</summary>
public enum ThresholdCriterion
{
    /// <summary>True positive rate minus false positive rate, as large as possible.</summary>
    Youden,

    /// <summary>F-beta, as large as possible.</summary>
    FBeta,

    /// <summary>What wrong predictions cost, as little as possible.</summary>
    Cost,
}

/// <summary>How a threshold is chosen on validation rows.</summary>
public sealed record ThresholdRule
{
    /// <summary>The words that a person may write.</summary>
    internal const string Words = "youden, f1, f-beta@2 (or another weight of recall) or cost";

    public required ThresholdCriterion Criterion { get; init; }

    /// <summary>For F-beta: how much more recall counts than precision.</summary>
    public double Beta { get; init; } = 1;

    /// <summary>For cost: what a false alarm costs.</summary>
    public double FalsePositive { get; init; } = 1;

    /// <summary>For cost: what a miss costs.</summary>
    public double FalseNegative { get; init; } = 1;

    /// <summary>The rule in words.</summary>
    [JsonIgnore]
    public string Text => Criterion switch
    {
        ThresholdCriterion.Youden => "youden",
        ThresholdCriterion.FBeta => Beta == 1 ? "f1" : string.Create(CultureInfo.InvariantCulture, $"f-beta@{Beta}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"cost {FalsePositive}:{FalseNegative}"),
    };

    /// <summary>A rule without its costs; null for what is none.</summary>
    public static ThresholdRule? Of(string text) => text switch
    {
        "youden" => new() { Criterion = ThresholdCriterion.Youden },
        "f1" => new() { Criterion = ThresholdCriterion.FBeta },
        "f2" => new() { Criterion = ThresholdCriterion.FBeta, Beta = 2 },
        "cost" => new() { Criterion = ThresholdCriterion.Cost },
        _ when text.StartsWith("f-beta@", StringComparison.Ordinal) && UnitText.TryNumber(text.AsSpan("f-beta@".Length), out var beta) && beta is >= 0.001 and <= 1000
            => new() { Criterion = ThresholdCriterion.FBeta, Beta = beta },
        _ => null,
    };

    /// <summary>A rule on one line, <c>cost=1:5</c> with what a false alarm and a miss cost; null for what is none.</summary>
    public static ThresholdRule? OfLine(string text)
        => text.Split('=', ':') is ["cost", var alarm, var miss] && text[4] == '=' && Cost(alarm) is { } positive && Cost(miss) is { } negative
            ? new() { Criterion = ThresholdCriterion.Cost, FalsePositive = positive, FalseNegative = negative }
            : text == "cost" ? null : Of(text);

    /// <summary>What a mistake may cost; null for what is no such number.</summary>
    internal static double? Cost(string text) => UnitText.TryNumber(text, out var cost) && cost is >= 1e-9 and <= 1e9 ? cost : null;
}
