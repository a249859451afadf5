using System.Text.Json.Serialization;

namespace MlOps.Build.Contracts;

/// <summary>
/// Metrics with intervals, and everything the gate needs for each rule: <c>evaluation.json</c>. It holds no time, so
/// that the same predictions give the same bytes.
/// </summary>
public sealed record Evaluation : IDocument
{
    /// <inheritdoc/>
    public static string SchemaId => "mlops/evaluation/1";

    /// <inheritdoc/>
    public string Schema { get; init; } = SchemaId;

    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>What the run was for.</summary>
    public required RunMode Mode { get; init; }

    /// <summary>What kind of model it is.</summary>
    public required ModelTask Task { get; init; }

    /// <summary>The level of every one-sided bound, such as 0.95.</summary>
    public required double Confidence { get; init; }

    /// <summary>Bootstrap resamples.</summary>
    public required int Resamples { get; init; }

    /// <summary>The seed of the bootstrap.</summary>
    public required long Seed { get; init; }

    /// <summary>Score at or above which a row is predicted positive (binary classification), else null; that of the challenger's first training where thresholds were chosen.</summary>
    public required double? Threshold { get; init; }

    /// <summary>How the thresholds of both sides were chosen; null where the policy fixes one for all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ThresholdChoice? ThresholdChoice { get; init; }

    /// <summary>Digest of the policy that was measured.</summary>
    public required string PolicyDigest { get; init; }

    /// <summary>The files that the policy extends; null where it extends none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PolicySource[]? Policies { get; init; }

    /// <summary>The rows that were scored.</summary>
    public required HoldoutRecord Holdout { get; init; }

    /// <summary>The new model.</summary>
    public required EvaluatedSide Challenger { get; init; }

    /// <summary>What it is compared with, or null when there is nothing yet.</summary>
    public required EvaluatedSide? Baseline { get; init; }

    /// <summary>Whether the champion has seen rows it is judged on; null where no champion is judged.</summary>
    public Contamination? Contamination { get; init; }

    /// <summary>What is wrong with the data; null where no rule asks or nobody looked.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DataFinding[]? Data { get; init; }

    /// <summary>What the models cost; null where no rule asks or nobody measured.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public FootprintSample[]? Footprint { get; init; }

    /// <summary>Metrics over the whole holdout.</summary>
    public required MetricResult[] Metrics { get; init; }

    /// <summary>Metrics over slices and groups.</summary>
    public required SliceResult[] Slices { get; init; }

    /// <summary>Where else the challenger is worse; null where nothing was looked for.</summary>
    public WeakSliceSearch? WeakSlices { get; init; }

    /// <summary>How both models treat the groups of each sensitive column; for two classes.</summary>
    public FairnessResult[] Fairness { get; init; } = [];

    /// <summary>One entry for every comparison that a rule of the policy asks for.</summary>
    public required RuleMeasurement[] Rules { get; init; }

    /// <summary>Points for the charts of the report.</summary>
    public required EvaluationCharts Charts { get; init; }
}

/// <summary>The rows that were scored.</summary>
public sealed record HoldoutRecord
{
    /// <summary>Rows scored.</summary>
    public required long Rows { get; init; }

    /// <summary>Rows in the holdout before the cap.</summary>
    public required long TotalRows { get; init; }

    /// <summary>Digest of row ids and labels.</summary>
    public required string Digest { get; init; }

    /// <summary>For classification: class names in order, with their counts.</summary>
    public required ClassCount[] Classes { get; init; }
}

/// <summary>A class and its rows.</summary>
public sealed record ClassCount(string Name, long Rows);

/// <summary>One side of a comparison.</summary>
public sealed record EvaluatedSide
{
    /// <summary>How people call it, such as <c>main@4f2c9e1</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Its trainings: one in full mode, one a seed in a pull request.</summary>
    public required EvaluatedReplicate[] Replicates { get; init; }
}

/// <summary>One training of a side.</summary>
public sealed record EvaluatedReplicate
{
    /// <summary>The training run, or null for predictions without a run.</summary>
    public required string? RunId { get; init; }

    /// <summary>The seed of sample and trainer.</summary>
    public required int Seed { get; init; }

    /// <summary>Digest of the model's files, or null for predictions without a model.</summary>
    public required string? ModelDigest { get; init; }

    /// <summary>Digest of the predictions file.</summary>
    public required string PredictionsDigest { get; init; }

    /// <summary>Digest of the program that scored it, or null where that is not known.</summary>
    public string? ScorerDigest { get; init; }
}

/// <summary>A metric of both sides and its difference.</summary>
public sealed record MetricResult
{
    /// <summary>The metric's name, such as <c>auc</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Whether larger values are better.</summary>
    public required bool HigherIsBetter { get; init; }

    /// <summary>The challenger's value, null where it is undefined.</summary>
    public required MetricEstimate? Challenger { get; init; }

    /// <summary>The baseline's value, null where it is undefined or there is no baseline.</summary>
    public required MetricEstimate? Baseline { get; init; }

    /// <summary>Challenger against baseline, null where one of them is missing.</summary>
    public required MetricDifference? Difference { get; init; }

    /// <summary>Why a value is missing.</summary>
    public required string? Note { get; init; }
}

/// <summary>A value with its interval. The bounds are one-sided, each at <see cref="Evaluation.Confidence"/>.</summary>
/// <param name="Value">The mean over the replicates.</param>
/// <param name="Lower">Lower bound, null where none is defined.</param>
/// <param name="Upper">Upper bound, null where none is defined.</param>
/// <param name="StandardError">Standard error, null where none is defined.</param>
/// <param name="Method">How the bounds were computed.</param>
public sealed record MetricEstimate(double Value, double? Lower, double? Upper, double? StandardError, string Method);

/// <summary>
/// Challenger minus baseline, oriented so that larger is better (for a loss the sign is turned). The bounds are
/// one-sided, each at <see cref="Evaluation.Confidence"/>.
/// </summary>
public sealed record MetricDifference
{
    /// <summary>The difference.</summary>
    public required double Value { get; init; }

    /// <summary>Its standard error, training noise included where it was measured.</summary>
    public required double? StandardError { get; init; }

    /// <summary>Degrees of freedom of the t distribution, null for a normal or bootstrap interval.</summary>
    public required double? DegreesOfFreedom { get; init; }

    /// <summary>Lower bound.</summary>
    public required double? Lower { get; init; }

    /// <summary>Upper bound.</summary>
    public required double? Upper { get; init; }

    /// <summary>Two-sided p-value of no difference.</summary>
    public required double? PValue { get; init; }

    /// <summary>The smallest difference that would be found with a power of 80 %.</summary>
    public required double? MinimalDetectable { get; init; }

    /// <summary>Standard deviation between replicates, null with fewer than two.</summary>
    public required double? TrainingNoise { get; init; }

    /// <summary>How it was computed.</summary>
    public required string Method { get; init; }
}

/// <summary>Metrics over the rows of one slice or group.</summary>
public sealed record SliceResult
{
    /// <summary>The column.</summary>
    public required string Column { get; init; }

    /// <summary>The value; null is the slice of rows without one.</summary>
    public required string? Value { get; init; }

    /// <summary>Rows in it.</summary>
    public required long Rows { get; init; }

    /// <summary>Whether the column is sensitive: the slice is a fairness group.</summary>
    public required bool Sensitive { get; init; }

    /// <summary>Its metrics.</summary>
    public required MetricResult[] Metrics { get; init; }
}

/// <summary>Something wrong with the data or the predictions.</summary>
/// <param name="Rule">The rule that forbids it, such as <c>leakage</c>.</param>
/// <param name="Sentence">What was found, with its remedy.</param>
public sealed record DataFinding(string Rule, string Sentence);

/// <summary>What the trainings of both sides cost.</summary>
/// <param name="Name">What was measured, such as <c>model-size</c>.</param>
/// <param name="Challenger">One value a training, in bytes or seconds; null where they were not all measured in this run.</param>
/// <param name="Baseline">The same of the baseline, in the same order.</param>
public sealed record FootprintSample(string Name, double[]? Challenger, double[]? Baseline)
{
    /// <summary>Why a value of this run is not known; null where all are, or none was of this run.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Note { get; init; }
}

/// <summary>The two kinds of rule.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<RuleKind>))]
public enum RuleKind
{
    /// <summary>The challenger must show it.</summary>
    Prove,

    /// <summary>Silence unless harm is shown.</summary>
    Alarm,
}

/// <summary>What a rule compares.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<RuleTest>))]
public enum RuleTest
{
    /// <summary>The challenger's own value must be at least the limit.</summary>
    AtLeast,

    /// <summary>The challenger's own value must be at most the limit.</summary>
    AtMost,

    /// <summary>The difference to the baseline must not be worse than the margin.</summary>
    NoWorseBy,

    /// <summary>The difference to the baseline must be above zero.</summary>
    Better,
}

/// <summary>Whether a comparison could be measured.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<MeasurementStatus>))]
public enum MeasurementStatus
{
    /// <summary>Yes.</summary>
    Measured,

    /// <summary>No baseline exists yet.</summary>
    NoBaseline,

    /// <summary>Too few rows: listed, not judged.</summary>
    TooFewRows,

    /// <summary>The slice or group that the policy names has no rows.</summary>
    Empty,

    /// <summary>The metric is not defined on these rows, such as AUC with one class.</summary>
    Undefined,

    /// <summary>The model's own answers leave it undefined, such as a ratio of selection rates where nobody is selected.</summary>
    Collapsed,
}

/// <summary>What was measured for one comparison of one rule; the gate only compares its numbers.</summary>
public sealed record RuleMeasurement
{
    /// <summary>The rule's place in the policy, from 0.</summary>
    public required int Rule { get; init; }

    /// <summary>Prove or alarm.</summary>
    public required RuleKind Kind { get; init; }

    /// <summary>What it compares.</summary>
    public required RuleTest Test { get; init; }

    /// <summary>The metric.</summary>
    public required string Metric { get; init; }

    /// <summary>The slice's column, or null for the whole holdout.</summary>
    public required string? Column { get; init; }

    /// <summary>The slice's value; with a column, null is the slice of rows without one.</summary>
    public required string? Value { get; init; }

    /// <summary>For a fairness rule: the column whose groups are held against each other; <see cref="Column"/> is then null.</summary>
    public string? By { get; init; }

    /// <summary>For what a model costs: the unit of the values, <c>B</c> or <c>s</c>; null for a metric.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Unit { get; init; }

    /// <summary>Whether <see cref="Metric"/> is a kind of finding and the values are numbers of findings; null: no.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Data { get; init; }

    /// <summary>Whether a missed rule only warns.</summary>
    public required bool Advisory { get; init; }

    /// <summary>The policy file that the rule stands in; null is mlops.yml.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? From { get; init; }

    /// <summary>The environment whose way in it decides about; null: the verdict.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Environment { get; init; }

    /// <summary>Whether it could be measured.</summary>
    public required MeasurementStatus Status { get; init; }

    /// <summary>The baseline's value.</summary>
    public required double? Baseline { get; init; }

    /// <summary>The challenger's value.</summary>
    public required double? Challenger { get; init; }

    /// <summary>
    /// The quantity that is tested, oriented so that larger is better: the difference, the relative test statistic,
    /// or the challenger's own value (negated for a ceiling).
    /// </summary>
    public required double? Estimate { get; init; }

    /// <summary>Its standard error.</summary>
    public required double? StandardError { get; init; }

    /// <summary>Degrees of freedom, null for a normal or bootstrap interval.</summary>
    public required double? DegreesOfFreedom { get; init; }

    /// <summary>One-sided lower bound of <see cref="Estimate"/>.</summary>
    public required double? Lower { get; init; }

    /// <summary>One-sided upper bound of <see cref="Estimate"/>.</summary>
    public required double? Upper { get; init; }

    /// <summary>The limit <see cref="Estimate"/> is tested against, in the same orientation.</summary>
    public required double Limit { get; init; }

    /// <summary>The limit as the policy says it, such as <c>no worse by 2 %</c>.</summary>
    public required string LimitText { get; init; }

    /// <summary>One-sided p-value of "<see cref="Estimate"/> is not below <see cref="Limit"/>": small means harm.</summary>
    public required double? HarmPValue { get; init; }

    /// <summary>Rows it rests on.</summary>
    public required long Rows { get; init; }

    /// <summary>The smallest change that would be found with a power of 80 %.</summary>
    public required double? MinimalDetectable { get; init; }

    /// <summary>Rows that would decide an open comparison, null where it is decided or cannot be said.</summary>
    public required long? RowsToDecide { get; init; }

    /// <summary>How the interval was computed.</summary>
    public required string Method { get; init; }

    /// <summary>Why it is not measured, or what else a person should know.</summary>
    public required string? Note { get; init; }
}

/// <summary>Points for the charts of the report; lists that do not apply are empty.</summary>
public sealed record EvaluationCharts
{
    /// <summary>ROC curve of the challenger, thinned to at most 200 points.</summary>
    public required ChartPoint[] RocChallenger { get; init; }

    /// <summary>ROC curve of the baseline.</summary>
    public required ChartPoint[] RocBaseline { get; init; }

    /// <summary>Mean prediction and observed rate in ten bins of equal width.</summary>
    public required CalibrationBin[] Calibration { get; init; }

    /// <summary>Residuals (label minus prediction) against predictions: quantiles in bins.</summary>
    public required ResidualBin[] Residuals { get; init; }

    /// <summary>Confusion counts: rows are the truth, columns the prediction, in the order of the classes.</summary>
    public required long[][] Confusion { get; init; }

    /// <summary>How many rows of each class the challenger gives which score; for two classes.</summary>
    public ScoreHistogram? ScoresChallenger { get; init; }

    /// <summary>The same of the baseline.</summary>
    public ScoreHistogram? ScoresBaseline { get; init; }
}

/// <summary>Rows by score, in 100 bins: bin k holds scores from k/100 up to, but not including, (k+1)/100, the last one also 1.</summary>
/// <param name="Negative">Rows of the negative class.</param>
/// <param name="Positive">Rows of the positive class.</param>
public sealed record ScoreHistogram(long[] Negative, long[] Positive);

/// <summary>A point of a curve.</summary>
public sealed record ChartPoint(double X, double Y);

/// <summary>A bin of the calibration chart.</summary>
public sealed record CalibrationBin(double MeanPrediction, double ObservedRate, long Rows);

/// <summary>A bin of the residual chart.</summary>
public sealed record ResidualBin(double MeanPrediction, double Lower, double Median, double Upper, long Rows);
