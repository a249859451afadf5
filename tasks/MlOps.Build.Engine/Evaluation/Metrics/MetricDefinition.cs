using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>Which way a metric gets better.</summary>
public enum MetricDirection
{
    HigherIsBetter,
    LowerIsBetter,

    /// <summary>Zero is best; rules compare the magnitude.</summary>
    ZeroIsBest,
}

/// <summary>How two models are compared by a metric, and what interval its own value has.</summary>
public enum MetricMethod
{
    /// <summary>DeLong's variance of ranks.</summary>
    Ranks,

    /// <summary>A mean of a loss per row: paired t.</summary>
    Mean,

    /// <summary>A share of correct rows: McNemar and Newcombe's paired interval; its own value: Wilson.</summary>
    Correctness,

    /// <summary>A share of some of the rows: its own value by Wilson, differences by the bootstrap.</summary>
    Proportion,

    /// <summary>Anything else: the paired bootstrap.</summary>
    Resampling,
}

/// <summary>A metric of the catalogue.</summary>
/// <param name="Name">How policies and documents name it.</param>
/// <param name="Title">How sentences name it.</param>
/// <param name="Task">The task it belongs to.</param>
/// <param name="Direction">Which way it gets better.</param>
/// <param name="Method">How it is compared.</param>
/// <param name="Bind">Prepares it for a model's predictions.</param>
public sealed record MetricDefinition(
    string Name,
    string Title,
    ModelTask Task,
    MetricDirection Direction,
    MetricMethod Method,
    Func<ScoredRows, IMetricColumn> Bind)
{
    /// <summary>+1 where larger values are better, else -1.</summary>
    public int Sign => Direction == MetricDirection.HigherIsBetter ? 1 : -1;

    /// <summary>Whether it needs a probability for each class, which a file of predicted classes does not have.</summary>
    public bool NeedsScores { get; init; }

    /// <summary>
    /// Whether its resamples are biased however many rows there are: a range over groups grows with any noise, so only an
    /// interval corrected for that says what is there.
    /// </summary>
    public bool IsSkewed { get; init; }

    /// <summary>The error of one side's own value by a formula of the metric's own; null: by its method.</summary>
    internal Func<EvaluatedRows, bool, double, SamplingError>? OwnError { get; init; }

    /// <summary>Whether reports show it only where a rule or a person asks for it.</summary>
    public bool OnRequest { get; init; }
}
