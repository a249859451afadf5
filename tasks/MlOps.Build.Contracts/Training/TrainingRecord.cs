using System.Text.Json.Serialization;

namespace MlOps.Build.Contracts;

/// <summary>Why a training ended.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<StopReason>))]
public enum StopReason
{
    /// <summary>It did all it was asked to do.</summary>
    Completed,

    /// <summary>The validation metric stopped improving.</summary>
    NoProgress,

    /// <summary>The loss became NaN, infinite or grew without end.</summary>
    Diverged,

    /// <summary>The target value was reached.</summary>
    TargetReached,

    /// <summary>Time or memory ran out.</summary>
    OutOfBudget,

    /// <summary>The engine asked it to stop.</summary>
    Cancelled,
}

/// <summary>A column a model reads.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Type"><c>float</c>, <c>double</c>, <c>int</c>, <c>long</c>, <c>bool</c>, <c>text</c>, <c>date</c> or <c>timestamp</c>.</param>
/// <param name="Nullable">Whether values may be missing.</param>
public sealed record ColumnSchema(string Name, string Type, bool Nullable);

/// <summary>What a trainer reports about itself: <c>training.json</c>.</summary>
public sealed record TrainingRecord : IDocument
{
    /// <inheritdoc/>
    public static string SchemaId => "mlops/training/1";

    /// <inheritdoc/>
    public string Schema { get; init; } = SchemaId;

    /// <summary>Hyperparameters as used, defaults included.</summary>
    public required IReadOnlyDictionary<string, ParameterValue> Parameters { get; init; }

    /// <summary>Training rows read.</summary>
    public required long TrainRows { get; init; }

    /// <summary>Validation rows read.</summary>
    public required long ValidationRows { get; init; }

    /// <summary>Rows that were read but could not be used.</summary>
    public required long DroppedRows { get; init; }

    /// <summary>The step whose model was kept, if the trainer works in steps.</summary>
    public required int? BestStep { get; init; }

    /// <summary>Why it stopped.</summary>
    public required StopReason Stopped { get; init; }

    /// <summary>Wall-clock seconds.</summary>
    public required double WallSeconds { get; init; }

    /// <summary>CPU seconds of the process.</summary>
    public required double CpuSeconds { get; init; }

    /// <summary>Peak memory of the process in bytes.</summary>
    public required long PeakMemoryBytes { get; init; }

    /// <summary>Name and version of each framework.</summary>
    public required IReadOnlyDictionary<string, string> Frameworks { get; init; }

    /// <summary>The columns used as features.</summary>
    public required string[] Features { get; init; }

    /// <summary>What the model reads.</summary>
    public required ColumnSchema[] InputSchema { get; init; }

    /// <summary>What a person should know: dropped rows, bad values, options changed.</summary>
    public required string[] Warnings { get; init; }
}

/// <summary>A line of <c>events.jsonl</c>: a step of a metric, or a message.</summary>
public sealed record TrainingEvent
{
    /// <summary>The step, from 1.</summary>
    public int? Step { get; init; }

    /// <summary>The metric's name.</summary>
    public string? Metric { get; init; }

    /// <summary>The metric's value; null says that it was not a finite number.</summary>
    public double? Value { get; init; }

    /// <summary>A message for people.</summary>
    public string? Message { get; init; }

    /// <summary>When, in UTC.</summary>
    public DateTimeOffset? At { get; init; }
}
