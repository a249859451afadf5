using System.Text.Json.Serialization;

namespace MlOps.Build.Contracts;

/// <summary>What a run is for.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<RunMode>))]
public enum RunMode
{
    /// <summary>A pull request: samples, compared with the merge base.</summary>
    Pr,

    /// <summary>A release: all rows, compared with the champion.</summary>
    Full,
}

/// <summary>How far a run came.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<RunStatus>))]
public enum RunStatus
{
    /// <summary>Still working, or killed before it could say so.</summary>
    Started,

    /// <summary>Done; the verdict is in <c>verdict.json</c> where the run has one.</summary>
    Finished,

    /// <summary>A step failed.</summary>
    Failed,

    /// <summary>The user or the build server stopped it.</summary>
    Cancelled,
}

/// <summary>What a single run did.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<RunKind>))]
public enum RunKind
{
    /// <summary>One training and its scoring.</summary>
    Training,

    /// <summary>A pipeline of trainings, evaluation and verdict.</summary>
    Pipeline,
}

/// <summary>One training, or one pipeline of trainings: <c>run.json</c>. Never edited once the status is final.</summary>
public sealed record RunRecord : IDocument
{
    /// <inheritdoc/>
    public static string SchemaId => "mlops/run/1";

    /// <inheritdoc/>
    public string Schema { get; init; } = SchemaId;

    /// <summary>The ULID that also names the folder.</summary>
    public required string Id { get; init; }

    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>What it did.</summary>
    public required RunKind Kind { get; init; }

    /// <summary>What it was for.</summary>
    public required RunMode Mode { get; init; }

    /// <summary>How far it came.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>The id of the problem that failed it, or null.</summary>
    public required string? ProblemCode { get; init; }

    /// <summary>When it started, UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended, UTC.</summary>
    public required DateTimeOffset? EndedAt { get; init; }

    /// <summary>The code that was trained.</summary>
    public required GitState Git { get; init; }

    /// <summary>Where it ran.</summary>
    public required HostState Host { get; init; }

    /// <summary>What it ran on.</summary>
    public required MachineState Machine { get; init; }

    /// <summary>The snapshot of the data.</summary>
    public required string? SnapshotDigest { get; init; }

    /// <summary>The split, or null before it was made.</summary>
    public required SplitRecord? Split { get; init; }

    /// <summary>The sample, or null when all training rows were used.</summary>
    public required SampleRecord? Sample { get; init; }

    /// <summary>The seed of the trainer.</summary>
    public required int Seed { get; init; }

    /// <summary>Hyperparameters as asked for.</summary>
    public required IReadOnlyDictionary<string, ParameterValue> Parameters { get; init; }

    /// <summary>The key under which the training can be reused, or null for a pipeline.</summary>
    public required string? CacheKey { get; init; }

    /// <summary>Digest of the model's files, once there are any.</summary>
    public required string? ModelDigest { get; init; }

    /// <summary>Digest of the predictions file, once there is one.</summary>
    public required string? PredictionsDigest { get; init; }

    /// <summary>For a pipeline: the training runs of the challenger and of the baseline.</summary>
    public required string[] Challengers { get; init; }

    /// <summary>For a pipeline: the training runs of the baseline.</summary>
    public required string[] Baselines { get; init; }

    /// <summary>For a pipeline that ended: its verdict.</summary>
    public required VerdictKind? Verdict { get; init; }

    /// <summary>Seconds by step.</summary>
    public required StepTiming[] Timings { get; init; }

    /// <summary>For a release: the program that scored the challenger and goes into its package.</summary>
    public ScorerSource? Scorer { get; init; }
}

/// <summary>The program that scored a challenger.</summary>
/// <param name="Folder">The published folder, relative to the project root with <c>/</c>, or null for a command of the machine.</param>
/// <param name="Command">Program and arguments; a path in the published folder starts with <c>scorer/</c>.</param>
/// <param name="Digest">Merkle root of the folder, or the digest of the sources a command stands for.</param>
public sealed record ScorerSource(string? Folder, string[] Command, string Digest);

/// <summary>How long a step took.</summary>
/// <param name="Step">The step's name.</param>
/// <param name="Seconds">Wall-clock seconds.</param>
public sealed record StepTiming(string Step, double Seconds);

/// <summary>The state of the git work tree, as far as there is one.</summary>
public sealed record GitState
{
    /// <summary>The full commit id.</summary>
    public required string? Commit { get; init; }

    /// <summary>The branch.</summary>
    public required string? Branch { get; init; }

    /// <summary>Whether tracked or unignored files differ from the commit.</summary>
    public required bool Dirty { get; init; }
}

/// <summary>The pipeline host a run ran on.</summary>
public sealed record HostState
{
    /// <summary><c>github</c>, <c>azure-devops</c> or <c>local</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The page of the run at the host.</summary>
    public required string? RunUrl { get; init; }

    /// <summary>Who started it.</summary>
    public required string Actor { get; init; }
}

/// <summary>The machine and the engine of a run.</summary>
public sealed record MachineState
{
    /// <summary>Operating system and architecture, such as <c>linux-x64</c>.</summary>
    public required string Platform { get; init; }

    /// <summary>Logical processors.</summary>
    public required int Processors { get; init; }

    /// <summary>The version of the .NET runtime.</summary>
    public required string Runtime { get; init; }

    /// <summary>The version of mlops.</summary>
    public required string EngineVersion { get; init; }

    /// <summary>Digest of the engine's assemblies.</summary>
    public required string EngineDigest { get; init; }
}
