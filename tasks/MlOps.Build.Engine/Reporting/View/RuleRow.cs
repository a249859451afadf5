using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Reporting;

/// <summary>A line of the rules table; plain text that each form escapes in its own way.</summary>
internal sealed record RuleRow
{
    public required string Rule { get; init; }

    public required string Baseline { get; init; }

    public required string Challenger { get; init; }

    public required string Change { get; init; }

    public required string Limit { get; init; }

    public required FindingResult Result { get; init; }

    public required bool Advisory { get; init; }

    /// <summary>The rule and its numbers in one sentence.</summary>
    public required string Sentence { get; init; }

    /// <summary>The last day of its waiver.</summary>
    public string? WaivedUntil { get; init; }

    /// <summary>Whether it keeps the verdict from being a pass.</summary>
    public bool IsMissed => Result is FindingResult.Fail or FindingResult.Inconclusive or FindingResult.Waived;

    public string Icon => Result switch
    {
        FindingResult.Pass => "✅",
        FindingResult.NotJudged => "➖",
        FindingResult.Waived => "🟥",
        FindingResult.Fail when Advisory => "⚠️",
        FindingResult.Fail => "❌",
        _ => "❔",
    };

    public string Word => Result switch
    {
        FindingResult.Pass => "pass",
        FindingResult.NotJudged => "not judged",
        FindingResult.Waived => $"fails, waived until {WaivedUntil}",
        FindingResult.Fail when Advisory => "missed (advisory)",
        FindingResult.Fail => "fail",
        _ when Advisory => "cannot tell (advisory)",
        _ => "cannot tell",
    };
}
