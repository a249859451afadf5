using System.Text.Json.Serialization;

namespace MlOps.Build.Contracts;

/// <summary>What a rollout is for.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<RolloutKind>))]
public enum RolloutKind
{
    /// <summary>A package enters an environment.</summary>
    Deploy,

    /// <summary>An environment goes back to an earlier package.</summary>
    Rollback,
}

/// <summary>A step of a rollout.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<RolloutStep>))]
public enum RolloutStep
{
    /// <summary>All checks hold; the plan is fixed.</summary>
    Begin,

    /// <summary>The files lie in the environment.</summary>
    Stage,

    /// <summary><c>deployment.json</c> names the package.</summary>
    Switch,

    /// <summary>The registry knows.</summary>
    Record,

    /// <summary>Nothing is left to do.</summary>
    Done,
}

/// <summary>Whether a journal line was written before or after the step.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<JournalKind>))]
public enum JournalKind
{
    /// <summary>Before: it may have happened or not.</summary>
    Intent,

    /// <summary>After: it was seen to have happened.</summary>
    Observed,
}

/// <summary>A line of <c>journal.jsonl</c> beside <c>deployment.json</c>.</summary>
public sealed record JournalEntry
{
    /// <summary>When, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The fencing token of the writer's lease.</summary>
    public required long Token { get; init; }

    /// <summary>Digest of what was asked for.</summary>
    public required string DeploymentId { get; init; }

    /// <summary>The step.</summary>
    public required RolloutStep Step { get; init; }

    /// <summary>Before or after.</summary>
    public required JournalKind Kind { get; init; }

    /// <summary>For <see cref="RolloutStep.Begin"/>: everything needed to finish without asking again.</summary>
    public RolloutPlan? Plan { get; init; }
}

/// <summary>What a rollout will do.</summary>
public sealed record RolloutPlan
{
    /// <summary>Deploy or roll back.</summary>
    public required RolloutKind Kind { get; init; }

    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>Where.</summary>
    public required string Environment { get; init; }

    /// <summary>What will answer.</summary>
    public required string ModelDigest { get; init; }

    /// <summary>Digest of the bytes of its <c>model.json</c>.</summary>
    public required string ManifestDigest { get; init; }

    /// <summary>The verdict it relies on.</summary>
    public required string VerdictDigest { get; init; }

    /// <summary>What answered before, or null.</summary>
    public required string? Previous { get; init; }

    /// <summary>The generation that will name it.</summary>
    public required long Generation { get; init; }

    /// <summary>The aliases that will name it.</summary>
    public required string[] Aliases { get; init; }

    /// <summary>For a rollback: why.</summary>
    public required string? Reason { get; init; }

    /// <summary>Digest of the registry's last event when this was decided.</summary>
    public required string RegistryHead { get; init; }
}
