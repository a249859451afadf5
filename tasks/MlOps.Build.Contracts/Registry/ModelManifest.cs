using System.Text.Json.Serialization;

namespace MlOps.Build.Contracts;

/// <summary>A model package: what a trainer wrote, named by digest, with where it came from: <c>model.json</c>.</summary>
public sealed record ModelManifest : IDocument
{
    /// <inheritdoc/>
    public static string SchemaId => "mlops/model/1";

    /// <inheritdoc/>
    public string Schema { get; init; } = SchemaId;

    /// <summary>The model's name.</summary>
    public required string Name { get; init; }

    /// <summary>What kind of model it is.</summary>
    public required ModelTask Task { get; init; }

    /// <summary>Merkle root of <see cref="Files"/>: the model's identity.</summary>
    public required string ModelDigest { get; init; }

    /// <summary>The files of the trainer's <c>model/</c> folder, sorted by path.</summary>
    public required FileDigest[] Files { get; init; }

    /// <summary>The program that can score it.</summary>
    public required ScorerPackage Scorer { get; init; }

    /// <summary>Where it came from.</summary>
    public required ModelLineage Lineage { get; init; }

    /// <summary>The metrics of its verdict.</summary>
    public required MetricResult[] Metrics { get; init; }

    /// <summary>The threshold it was judged at; null: 0.5, or not a model of two classes.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ModelThreshold? Threshold { get; init; }

    /// <summary>What it reads.</summary>
    public required ColumnSchema[] InputSchema { get; init; }

    /// <summary>Bytes of all model files.</summary>
    public required long SizeBytes { get; init; }

    /// <summary>What its training used.</summary>
    public required TrainingFootprint Training { get; init; }

    /// <summary>Model card fields by name: intended use, limits, owners and so on.</summary>
    public required IReadOnlyDictionary<string, string> Card { get; init; }
}

/// <summary>The published program that scores a model.</summary>
/// <param name="Digest">Merkle root of its files.</param>
/// <param name="Command">Program and arguments; a path that starts with <c>scorer/</c> lies in the package.</param>
/// <param name="Files">Its files, sorted by path.</param>
public sealed record ScorerPackage(string Digest, string[] Command, FileDigest[] Files);

/// <summary>Where a model came from.</summary>
public sealed record ModelLineage
{
    /// <summary>The training run.</summary>
    public required string RunId { get; init; }

    /// <summary>The pipeline run that judged it.</summary>
    public required string PipelineRunId { get; init; }

    /// <summary>The code.</summary>
    public required GitState Git { get; init; }

    /// <summary>The snapshot of the data.</summary>
    public required string SnapshotDigest { get; init; }

    /// <summary>The split.</summary>
    public required SplitRecord Split { get; init; }

    /// <summary>The sample, or null when all training rows were used.</summary>
    public required SampleRecord? Sample { get; init; }

    /// <summary>Hyperparameters as used.</summary>
    public required IReadOnlyDictionary<string, ParameterValue> Parameters { get; init; }

    /// <summary>The seed of the trainer.</summary>
    public required int Seed { get; init; }

    /// <summary>The engine.</summary>
    public required MachineState Machine { get; init; }

    /// <summary>Name and version of each framework.</summary>
    public required IReadOnlyDictionary<string, string> Frameworks { get; init; }
}

/// <summary>What a training used.</summary>
public sealed record TrainingFootprint(double WallSeconds, double CpuSeconds, long PeakMemoryBytes);

/// <summary>The score from which on a row is predicted positive, as the model was judged.</summary>
/// <param name="Value">The threshold.</param>
/// <param name="Rule">The rule that chose it on validation rows; null: the policy fixed it.</param>
/// <param name="ValidationRows">How many rows it was chosen on; null: none.</param>
public sealed record ModelThreshold(double Value, string? Rule, long? ValidationRows);
