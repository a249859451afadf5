namespace MlOps.Build.Contracts;

/// <summary>
/// How often samples would have given the verdict that all rows give: what <c>mlops gate fidelity</c> found by training earlier
/// changes again.
/// </summary>
public sealed record FidelityAnswer : IDocument
{
    /// <inheritdoc/>
    public static string SchemaId => "mlops/fidelity/1";

    /// <inheritdoc/>
    public string Schema { get; init; } = SchemaId;

    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>What was found in one sentence.</summary>
    public required string Sentence { get; init; }

    /// <summary>Digest of the policy that judged all of it.</summary>
    public required string PolicyDigest { get; init; }

    /// <summary>The snapshot of the data.</summary>
    public required string SnapshotDigest { get; init; }

    /// <summary>Rows that a training on all of them reads.</summary>
    public required long TrainingRows { get; init; }

    /// <summary>Trainings of each side in a pull request.</summary>
    public required int Seeds { get; init; }

    /// <summary>How often each change was judged on samples of one size, with other seeds each time.</summary>
    public required int Repetitions { get; init; }

    /// <summary>The agreement that was looked for, such as 0.95.</summary>
    public required double Wanted { get; init; }

    /// <summary>The smallest share that reaches it, or null where none does.</summary>
    public required double? Share { get; init; }

    /// <summary>The changes that were judged again.</summary>
    public required ReplayedChange[] Changes { get; init; }

    /// <summary>One entry a size, the smallest first.</summary>
    public required SampleFidelity[] Samples { get; init; }
}

/// <summary>A change that was trained and judged again.</summary>
public sealed record ReplayedChange
{
    /// <summary>The commit it started from.</summary>
    public required string Base { get; init; }

    /// <summary>Its own commit.</summary>
    public required string Head { get; init; }

    /// <summary>The verdict on all rows; null where nothing that the trainer reads differs.</summary>
    public required VerdictKind? Verdict { get; init; }

    /// <summary>The reason for it.</summary>
    public required string Sentence { get; init; }
}

/// <summary>What samples of one size said.</summary>
public sealed record SampleFidelity
{
    /// <summary>The share of the training rows.</summary>
    public required double Share { get; init; }

    /// <summary>Rows of a sample; at most half of the training rows.</summary>
    public required long Rows { get; init; }

    /// <summary>How many verdicts were given on such samples.</summary>
    public required int Verdicts { get; init; }

    /// <summary>How many of them were those on all rows.</summary>
    public required int Agreed { get; init; }

    /// <summary>How many were inconclusive where all rows decide.</summary>
    public required int Undecided { get; init; }

    /// <summary>How many let a change through that all rows stop.</summary>
    public required int Missed { get; init; }

    /// <summary>How many stopped a change that all rows let through.</summary>
    public required int FalseAlarms { get; init; }

    /// <summary>The share that agreed.</summary>
    public required double Rate { get; init; }

    /// <summary>Lower bound of that share: Wilson's interval of 95 %.</summary>
    public required double Lower { get; init; }

    /// <summary>Upper bound of that share.</summary>
    public required double Upper { get; init; }

    /// <summary>Seconds that training and scoring one change on such samples took, on average.</summary>
    public required double Seconds { get; init; }
}
