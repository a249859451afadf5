namespace MlOps.Build.Contracts;

/// <summary>What kind of answer a model gives.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(KebabCaseEnumConverter<ModelTask>))]
public enum ModelTask
{
    /// <summary>One of two classes; the score is the probability of the positive class.</summary>
    BinaryClassification,

    /// <summary>One of several classes; one score a class.</summary>
    MulticlassClassification,

    /// <summary>A number.</summary>
    Regression,
}

/// <summary>What the columns of a data file mean.</summary>
public sealed record ColumnRoles
{
    /// <summary>The unique row key; in files for trainers and scorers always <c>row_id</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The column to predict. Files for scorers do not contain it.</summary>
    public required string Label { get; init; }

    /// <summary>The time of the row, if there is one.</summary>
    public required string? Time { get; init; }

    /// <summary>The column whose equal values belong together, if there is one.</summary>
    public required string? Group { get; init; }

    /// <summary>Columns that must not be features. Files for trainers and scorers do not contain them.</summary>
    public required string[] Ignore { get; init; }

    /// <summary>Columns that are never features, only fairness groups. Files for trainers and scorers do not contain them.</summary>
    public required string[] Sensitive { get; init; }
}

/// <summary>What a training may use.</summary>
public sealed record TrainingBudget
{
    /// <summary>Wall-clock seconds, or null for no limit.</summary>
    public required double? Seconds { get; init; }

    /// <summary>Bytes of memory of the whole process tree, or null for no limit.</summary>
    public required long? Bytes { get; init; }
}

/// <summary>What the engine asks of a trainer; its path is in the environment variable <c>MLOPS_REQUEST</c>.</summary>
public sealed record TrainRequest : IDocument
{
    /// <inheritdoc/>
    public static string SchemaId => "mlops/train-request/1";

    /// <inheritdoc/>
    public string Schema { get; init; } = SchemaId;

    /// <summary>Where <c>model/</c>, <c>events.jsonl</c> and <c>training.json</c> go.</summary>
    public required string OutputDirectory { get; init; }

    /// <summary>The Parquet file with the training rows.</summary>
    public required string TrainData { get; init; }

    /// <summary>The Parquet file with the validation rows, if there are any.</summary>
    public required string? ValidationData { get; init; }

    /// <summary>What the columns mean.</summary>
    public required ColumnRoles Columns { get; init; }

    /// <summary>What kind of model is wanted.</summary>
    public required ModelTask Task { get; init; }

    /// <summary>The seed of everything random.</summary>
    public required int Seed { get; init; }

    /// <summary>How many threads the trainer may use.</summary>
    public required int Threads { get; init; }

    /// <summary>Hyperparameters by name.</summary>
    public required IReadOnlyDictionary<string, ParameterValue> Parameters { get; init; }

    /// <summary>What the training may use.</summary>
    public required TrainingBudget Budget { get; init; }
}

/// <summary>What the engine asks of a scorer; its path is in the environment variable <c>MLOPS_REQUEST</c>.</summary>
public sealed record ScoreRequest : IDocument
{
    /// <inheritdoc/>
    public static string SchemaId => "mlops/score-request/1";

    /// <inheritdoc/>
    public string Schema { get; init; } = SchemaId;

    /// <summary>The folder a trainer wrote as <c>model/</c>.</summary>
    public required string ModelDirectory { get; init; }

    /// <summary>The Parquet file with the rows to score, without the label.</summary>
    public required string Data { get; init; }

    /// <summary>The Parquet file to write: <c>row_id</c>, <c>prediction</c> and <c>score</c> or <c>score_&lt;class&gt;</c>.</summary>
    public required string Output { get; init; }

    /// <summary>What the columns mean.</summary>
    public required ColumnRoles Columns { get; init; }

    /// <summary>What kind of model it is.</summary>
    public required ModelTask Task { get; init; }

    /// <summary>How many threads the scorer may use.</summary>
    public required int Threads { get; init; }

    /// <summary>What to measure beside scoring; absent where nobody asks.</summary>
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public ScoreTimingRequest? Timings { get; init; }
}

/// <summary>Asks a scorer to time itself. One that cannot leaves the file out.</summary>
public sealed record ScoreTimingRequest
{
    /// <summary>The JSON file to write: <c>mlops/score-timings/1</c>.</summary>
    public required string Output { get; init; }

    /// <summary>How many rows of the data, from the first on, are answered one by one.</summary>
    public required int Rows { get; init; }
}

/// <summary>What a scorer measured of itself with a clock that only runs forward.</summary>
public sealed record ScoreTimings : IDocument
{
    /// <inheritdoc/>
    public static string SchemaId => "mlops/score-timings/1";

    /// <inheritdoc/>
    public string Schema { get; init; } = SchemaId;

    /// <summary>Seconds from opening the model's files until it can answer; at least 0.</summary>
    public required double LoadSeconds { get; init; }

    /// <summary>Seconds of each answer to a single row, once warm, in the order of the data; at least 0.</summary>
    public required double[] RowSeconds { get; init; }

    /// <summary>Bytes of managed or heap memory that answering these rows allocated, all together; null where nobody counts them.</summary>
    public required long? AllocatedBytes { get; init; }
}
