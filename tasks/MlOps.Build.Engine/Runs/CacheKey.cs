using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Runs;

/// <summary>Everything a training's result depends on. Two trainings with equal keys give the same model.</summary>
public sealed record CacheKey
{
    /// <summary>Merkle root of the trainer's sources.</summary>
    public required string TrainerDigest { get; init; }

    /// <summary>How it is started: the project or the command as mlops.yml names it.</summary>
    public required IReadOnlyList<string> Program { get; init; }

    /// <summary>Digest of the file with the training rows.</summary>
    public required string TrainDigest { get; init; }

    public required string? ValidationDigest { get; init; }

    public required ColumnRoles Columns { get; init; }

    public required ModelTask Task { get; init; }

    public required IReadOnlyDictionary<string, ParameterValue> Parameters { get; init; }

    public required int Seed { get; init; }

    public required int Threads { get; init; }

    /// <summary>Patience, target and divergence decide when the engine stops a training.</summary>
    public required string Stop { get; init; }

    public required MachineState Machine { get; init; }

    /// <summary>The SDK that built it, or null for a command.</summary>
    public required string? SdkVersion { get; init; }

    /// <summary>The allow-listed environment, as <c>name=value</c>, sorted.</summary>
    public required IReadOnlyList<string> Environment { get; init; }

    /// <summary>The digest of all of it.</summary>
    public string ToDigest() => Digest.Of(string.Join('\n', Lines().Select(line => line.ReplaceLineEndings("\\n"))));

    /// <summary>One line a part: what <c>runs compare</c> could show, and what the digest covers.</summary>
    private IEnumerable<string> Lines() =>
    [
        "mlops/cache-key/1",
        $"trainer {TrainerDigest}",
        .. Program.Select(part => $"program {part}"),
        $"train {TrainDigest}",
        $"validation {ValidationDigest}",
        $"columns {Columns.Id} {Columns.Label} {Columns.Time} {Columns.Group}",
        .. Columns.Ignore.Select(column => $"ignore {column}"),
        .. Columns.Sensitive.Select(column => $"sensitive {column}"),
        $"task {Task}",
        .. Parameters.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => $"parameter {pair.Key} {pair.Value.Value.GetType().Name} {pair.Value}"),
        FormattableString.Invariant($"seed {Seed} threads {Threads}"),
        $"stop {Stop}",
        $"machine {Machine.Platform} {Machine.Runtime} {SdkVersion}",
        $"engine {Machine.EngineVersion} {Machine.EngineDigest}",
        .. Environment.Select(variable => $"environment {variable}"),
    ];
}
