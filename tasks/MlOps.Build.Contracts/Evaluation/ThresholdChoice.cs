namespace MlOps.Build.Contracts;

/// <summary>How the thresholds of an evaluation were chosen: by one rule, for each training of each side, on validation rows.</summary>
public sealed record ThresholdChoice
{
    /// <summary>The rule: <c>youden</c>, <c>f1</c>, <c>f-beta@2</c>, or <c>cost 1:5</c> with what a false alarm and a miss cost.</summary>
    public required string Rule { get; init; }

    /// <summary>The validation rows; none of them is evaluated.</summary>
    public required long Rows { get; init; }

    /// <summary>Those of the positive class.</summary>
    public required long Positives { get; init; }

    /// <summary>The challenger's thresholds, one a training.</summary>
    public required ChosenThreshold[] Challenger { get; init; }

    /// <summary>The baseline's; empty where there is none.</summary>
    public required ChosenThreshold[] Baseline { get; init; }

    /// <summary>What a person should know before trusting it.</summary>
    public required string[] Notes { get; init; }
}

/// <summary>A threshold and what it decides on the validation rows.</summary>
/// <param name="Threshold">The score from which on a row is predicted positive.</param>
/// <param name="Value">What the rule says of it: Youden's J, F-beta, or the mean cost of a row.</param>
/// <param name="Found">Positive rows that are predicted positive.</param>
/// <param name="FalseAlarms">Negative rows that are predicted positive.</param>
/// <param name="Missed">Positive rows that are predicted negative.</param>
/// <param name="RightlyQuiet">Negative rows that are predicted negative.</param>
public sealed record ChosenThreshold(double Threshold, double Value, long Found, long FalseAlarms, long Missed, long RightlyQuiet);
