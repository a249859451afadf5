using System.Text.Json.Serialization;

namespace MlOps.Build.Contracts;

/// <summary>How a run stands: as its record says, and whether somebody still works on it.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<RunState>))]
public enum RunState
{
    /// <summary>A living process works on it.</summary>
    Running,

    /// <summary>Its process is gone and could not say how it ended.</summary>
    Interrupted,

    /// <summary>Done.</summary>
    Finished,

    /// <summary>A step failed.</summary>
    Failed,

    /// <summary>The user or the build server stopped it.</summary>
    Cancelled,
}

/// <summary>What <c>mlops runs list</c> answers.</summary>
public sealed record RunList : IDocument
{
    /// <inheritdoc/>
    public static string SchemaId => "mlops/runs-list/1";

    /// <inheritdoc/>
    public string Schema { get; init; } = SchemaId;

    /// <summary>The runs, newest first.</summary>
    public required RunLine[] Runs { get; init; }

    /// <summary>How many runs there are, shown or not.</summary>
    public required int Total { get; init; }
}

/// <summary>A run in a list.</summary>
public sealed record RunLine
{
    /// <summary>The run's id.</summary>
    public required string Id { get; init; }

    /// <summary>How it stands.</summary>
    public required RunState State { get; init; }

    /// <summary>What it did.</summary>
    public required RunKind Kind { get; init; }

    /// <summary>What it was for.</summary>
    public required RunMode Mode { get; init; }

    /// <summary>When it started, UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Seconds from start to end, or null without an end.</summary>
    public required double? Seconds { get; init; }

    /// <summary>The commit, if there was one.</summary>
    public required string? Commit { get; init; }

    /// <summary>Whether the work tree differed from the commit.</summary>
    public required bool Dirty { get; init; }

    /// <summary>The trainer's seed.</summary>
    public required int Seed { get; init; }

    /// <summary>For a pipeline that ended: its verdict.</summary>
    public required VerdictKind? Verdict { get; init; }

    /// <summary>The id of the problem that failed it.</summary>
    public required string? ProblemCode { get; init; }
}

/// <summary>What <c>mlops runs show</c> answers.</summary>
public sealed record RunDetails : IDocument
{
    /// <inheritdoc/>
    public static string SchemaId => "mlops/runs-show/1";

    /// <inheritdoc/>
    public string Schema { get; init; } = SchemaId;

    /// <summary>How it stands.</summary>
    public required RunState State { get; init; }

    /// <summary>Its folder.</summary>
    public required string Folder { get; init; }

    /// <summary>Its record.</summary>
    public required RunRecord Run { get; init; }

    /// <summary>For a training that ended well: what the trainer said about itself.</summary>
    public required TrainingRecord? Training { get; init; }

    /// <summary>The last value of each metric that the trainer reported.</summary>
    public required ReportedMetric[] Metrics { get; init; }
}

/// <summary>The last value a trainer reported of a metric.</summary>
/// <param name="Name">The metric's name.</param>
/// <param name="Step">The step of the last value.</param>
/// <param name="Value">The last value; null when it was not a finite number.</param>
public sealed record ReportedMetric(string Name, int? Step, double? Value);

/// <summary>What <c>mlops runs compare</c> answers.</summary>
public sealed record RunComparison : IDocument
{
    /// <inheritdoc/>
    public static string SchemaId => "mlops/runs-compare/1";

    /// <inheritdoc/>
    public string Schema { get; init; } = SchemaId;

    /// <summary>The first run.</summary>
    public required string Left { get; init; }

    /// <summary>The second run.</summary>
    public required string Right { get; init; }

    /// <summary>Whether both have a model and the models are the same bytes.</summary>
    public required bool SameModel { get; init; }

    /// <summary>Everything in which they differ.</summary>
    public required RunDifference[] Differences { get; init; }
}

/// <summary>Something in which two runs differ.</summary>
/// <param name="Name">What it is, such as <c>parameter leaves</c>.</param>
/// <param name="Left">Its value in the first run, or null where it has none.</param>
/// <param name="Right">Its value in the second run, or null where it has none.</param>
public sealed record RunDifference(string Name, string? Left, string? Right);
