using System.Text.Json.Serialization;

namespace MlOps.Build.Contracts;

/// <summary>What the gate made of a change whose effect is known.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<MutantOutcome>))]
public enum MutantOutcome
{
    /// <summary>A rule failed.</summary>
    Rejected,

    /// <summary>It was not judged at all: an error.</summary>
    Refused,

    /// <summary>The verdict was pass or warn.</summary>
    Passed,

    /// <summary>The verdict was inconclusive: the rules that could see it have too few rows.</summary>
    Undecided,

    /// <summary>These predictions have nothing that could be changed so.</summary>
    NotApplicable,
}

/// <summary>
/// The gate's test of itself: <c>certificate.json</c>. A policy was shown damaged, improved and unchanged models, made from
/// the predictions of a run; it certifies that the policy tells them apart on that holdout.
/// </summary>
public sealed record Certificate : IDocument
{
    /// <inheritdoc/>
    public static string SchemaId => "mlops/certificate/1";

    /// <inheritdoc/>
    public string Schema { get; init; } = SchemaId;

    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>What the run was for.</summary>
    public required RunMode Mode { get; init; }

    /// <summary>Whether every damage was stopped, every improvement let through, and nothing unchanged rejected too often.</summary>
    public required bool Certified { get; init; }

    /// <summary>The same in one sentence.</summary>
    public required string Sentence { get; init; }

    /// <summary>The run whose predictions were changed.</summary>
    public required string RunId { get; init; }

    /// <summary>Digests of the models whose predictions were changed.</summary>
    public required string[] Models { get; init; }

    /// <summary>Digest of the policy that was tested.</summary>
    public required string PolicyDigest { get; init; }

    /// <summary>Digest of the engine that tested it.</summary>
    public required string EngineDigest { get; init; }

    /// <summary>Digest of the holdout.</summary>
    public required string HoldoutDigest { get; init; }

    /// <summary>Rows of the holdout.</summary>
    public required long Rows { get; init; }

    /// <summary>The seed of every change.</summary>
    public required long Seed { get; init; }

    /// <summary>Models that were made worse, each in one known way.</summary>
    public required MutantResult[] Damages { get; init; }

    /// <summary>Models that were made better, each in one known way.</summary>
    public required MutantResult[] Improvements { get; init; }

    /// <summary>Models that were neither.</summary>
    public required NullResult Null { get; init; }

    /// <summary>When it was tested, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>What became of one changed model.</summary>
public sealed record MutantResult
{
    /// <summary>Its name, such as <c>scores-inverted</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What was changed.</summary>
    public required string Change { get; init; }

    /// <summary>What the gate made of it.</summary>
    public required MutantOutcome Outcome { get; init; }

    /// <summary>Whether that is as it should be; so is what does not apply.</summary>
    public required bool Holds { get; init; }

    /// <summary>The rules that did not hold, such as <c>auc no worse by 0.01</c>, or the id of the error.</summary>
    public required string[] By { get; init; }

    /// <summary>The reason in one sentence.</summary>
    public required string Sentence { get; init; }
}

/// <summary>How often changes that change nothing were rejected.</summary>
public sealed record NullResult
{
    /// <summary>How many there were.</summary>
    public required int Repetitions { get; init; }

    /// <summary>How many of them failed.</summary>
    public required int Rejections { get; init; }

    /// <summary>How many were inconclusive.</summary>
    public required int Undecided { get; init; }

    /// <summary>Rows of the holdout that each of them was judged on.</summary>
    public required long Rows { get; init; }

    /// <summary>The share that failed.</summary>
    public required double Rate { get; init; }

    /// <summary>Lower bound of that share: Wilson's interval of 95 %.</summary>
    public required double Lower { get; init; }

    /// <summary>Upper bound of that share.</summary>
    public required double Upper { get; init; }

    /// <summary>The share that may fail: one minus the policy's confidence.</summary>
    public required double Nominal { get; init; }

    /// <summary>Whether the rate is not shown to be above the nominal one.</summary>
    public required bool Holds { get; init; }

    /// <summary>The rules that failed, the most frequent first.</summary>
    public required string[] By { get; init; }
}
