using System.Text.Json.Serialization;

namespace MlOps.Build.Contracts;

/// <summary>The gate's answer.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<VerdictKind>))]
public enum VerdictKind
{
    /// <summary>Every rule holds.</summary>
    Pass,

    /// <summary>Every binding rule holds; an advisory one does not, or nothing exists to compare with.</summary>
    Warn,

    /// <summary>A rule does not hold.</summary>
    Fail,

    /// <summary>The evidence does not decide.</summary>
    Inconclusive,
}

/// <summary>A rule's answer.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<FindingResult>))]
public enum FindingResult
{
    /// <summary>It holds.</summary>
    Pass,

    /// <summary>It does not hold.</summary>
    Fail,

    /// <summary>The evidence does not decide.</summary>
    Inconclusive,

    /// <summary>There is nothing to judge it with: no baseline, or too few rows.</summary>
    NotJudged,

    /// <summary>It does not hold, and two people set it aside for a time.</summary>
    Waived,
}

/// <summary>What the numbers say about the change, whatever the limit.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<ChangeDirection>))]
public enum ChangeDirection
{
    /// <summary>The lower bound is above zero.</summary>
    Better,

    /// <summary>The lower bound is above the margin.</summary>
    NotWorse,

    /// <summary>The upper bound is below zero.</summary>
    Worse,

    /// <summary>Neither.</summary>
    CannotTell,
}

/// <summary>The gate's answer to one run: <c>verdict.json</c>.</summary>
public sealed record Verdict : IDocument
{
    /// <inheritdoc/>
    public static string SchemaId => "mlops/verdict/1";

    /// <inheritdoc/>
    public string Schema { get; init; } = SchemaId;

    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>What the run was for.</summary>
    public required RunMode Mode { get; init; }

    /// <summary>The answer.</summary>
    [JsonPropertyName("verdict")]
    public required VerdictKind Kind { get; init; }

    /// <summary>The reason in one sentence.</summary>
    public required string Sentence { get; init; }

    /// <summary>Whether the challenger is the unchanged baseline.</summary>
    public required bool NoChange { get; init; }

    /// <summary>Whether this is a first model, admitted without a baseline.</summary>
    public required bool Bootstrap { get; init; }

    /// <summary>What the policy of the change itself would have said, where it differs from the policy that binds.</summary>
    public required PolicyChange? PolicyChange { get; init; }

    /// <summary>How the thresholds were chosen that metrics are counted at; null where the policy fixes one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ThresholdChoice? ThresholdChoice { get; init; }

    /// <summary>Whether the champion has seen rows it is judged on; null where no champion is judged.</summary>
    public Contamination? Contamination { get; init; }

    /// <summary>What the policies of environments say; null where none has one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EnvironmentVerdict[]? Environments { get; init; }

    /// <summary>The rules' answers.</summary>
    public required Finding[] Findings { get; init; }

    /// <summary>What was judged.</summary>
    public required VerdictSubject Subject { get; init; }

    /// <summary>The seed of the evaluation.</summary>
    public required long Seed { get; init; }

    /// <summary>When it was judged, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Until when it may be approved, UTC.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>What the policy of an environment says about the way into it.</summary>
public sealed record EnvironmentVerdict
{
    /// <summary>The environment.</summary>
    public required string Name { get; init; }

    /// <summary>The answer.</summary>
    [JsonPropertyName("verdict")]
    public required VerdictKind Kind { get; init; }

    /// <summary>The reason in one sentence.</summary>
    public required string Sentence { get; init; }

    /// <summary>Digest of its rules and the settings they are judged with.</summary>
    public required string Policy { get; init; }

    /// <summary>The answers of its rules.</summary>
    public required Finding[] Findings { get; init; }
}

/// <summary>A head policy that differs from the policy that binds.</summary>
/// <param name="Verdict">What it would have said.</param>
/// <param name="Differences">Each difference in words.</param>
public sealed record PolicyChange(VerdictKind Verdict, string[] Differences);

/// <summary>The digests that a verdict is bound to.</summary>
public sealed record VerdictSubject
{
    /// <summary>The challenger's training runs.</summary>
    public required string[] ChallengerRuns { get; init; }

    /// <summary>The baseline's training runs or, in full mode, none when the champion came from the registry.</summary>
    public required string[] BaselineRuns { get; init; }

    /// <summary>Model digests of the challenger.</summary>
    public required string[] Challengers { get; init; }

    /// <summary>Model digests of the baseline; empty when there is none.</summary>
    public required string[] Baselines { get; init; }

    /// <summary>Digests of the programs that scored the challenger, as far as they are known.</summary>
    public string[] ChallengerScorers { get; init; } = [];

    /// <summary>Digests of the programs that scored the baseline, as far as they are known.</summary>
    public string[] BaselineScorers { get; init; } = [];

    /// <summary>Digests of the challenger's predictions.</summary>
    public required string[] ChallengerPredictions { get; init; }

    /// <summary>Digests of the baseline's predictions.</summary>
    public required string[] BaselinePredictions { get; init; }

    /// <summary>Digest of the holdout.</summary>
    public required string Holdout { get; init; }

    /// <summary>Digest of the policy that binds.</summary>
    public required string Policy { get; init; }

    /// <summary>The files that the policy extends; null where it extends none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PolicySource[]? Policies { get; init; }

    /// <summary>Digest of evaluation.json in canonical form.</summary>
    public required string Evaluation { get; init; }

    /// <summary>Digest of the engine.</summary>
    public required string Engine { get; init; }
}

/// <summary>One rule's answer about one subject.</summary>
public sealed record Finding
{
    /// <summary>What was measured.</summary>
    public required RuleMeasurement Measurement { get; init; }

    /// <summary>The answer.</summary>
    public required FindingResult Result { get; init; }

    /// <summary>Who set the rule aside, where somebody did.</summary>
    public FindingWaiver? Waiver { get; init; }

    /// <summary>What the numbers say about the change.</summary>
    public required ChangeDirection? Direction { get; init; }

    /// <summary>For an alarm: the harm p-value after Holm's correction.</summary>
    public required double? AdjustedPValue { get; init; }

    /// <summary>The rule and its numbers in one sentence.</summary>
    public required string Sentence { get; init; }
}

/// <summary>Why a failed rule does not stop a model.</summary>
/// <param name="By">Who set it aside.</param>
/// <param name="Why">Their reason.</param>
/// <param name="Until">The last day it counts, such as 2027-01-31 (UTC).</param>
public sealed record FindingWaiver(string[] By, string Why, string Until);
