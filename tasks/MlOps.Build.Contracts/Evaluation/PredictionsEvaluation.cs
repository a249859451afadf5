using System.Text.Json.Serialization;

namespace MlOps.Build.Contracts;

/// <summary>
/// What <c>mlops evaluate</c> says of plain files of predictions: every metric with a two-sided interval, the comparison of two
/// models on the same rows, slices and groups. It needs no project and judges nothing.
/// </summary>
public sealed record PredictionsEvaluation : IDocument
{
    /// <inheritdoc/>
    public static string SchemaId => "mlops/predictions-evaluation/1";

    /// <inheritdoc/>
    public string Schema { get; init; } = SchemaId;

    /// <summary>What kind of model it is.</summary>
    public required ModelTask Task { get; init; }

    /// <summary>Rows that were evaluated.</summary>
    public required long Rows { get; init; }

    /// <summary>The column of the label.</summary>
    public required string Label { get; init; }

    /// <summary>The column that rows of different files are matched by; null: they are matched by their place.</summary>
    public required string? RowId { get; init; }

    /// <summary>The column whose equal values belong together in resamples and variances, or null when rows are independent.</summary>
    public required string? Blocks { get; init; }

    /// <summary>For classification: class names in order, with their counts.</summary>
    public required ClassCount[] Classes { get; init; }

    /// <summary>Score at or above which a row is predicted positive (binary classification), else null; the challenger's where thresholds were chosen.</summary>
    public required double? Threshold { get; init; }

    /// <summary>How the thresholds were chosen; null where one was given.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ThresholdChoice? ThresholdChoice { get; init; }

    /// <summary>The level of the two-sided intervals, such as 0.95. Bounds called one-sided have this level each.</summary>
    public required double Confidence { get; init; }

    /// <summary>Bootstrap resamples.</summary>
    public required int Resamples { get; init; }

    /// <summary>The seed of the bootstrap.</summary>
    public required long Seed { get; init; }

    /// <summary>The model in question.</summary>
    public required PredictionsFile Challenger { get; init; }

    /// <summary>What it is compared with, or null.</summary>
    public required PredictionsFile? Baseline { get; init; }

    /// <summary>Every metric over all rows, the primary one first.</summary>
    public required PredictionMetric[] Metrics { get; init; }

    /// <summary>Binary classification with a baseline: DeLong's comparison of the two AUCs.</summary>
    public required AucComparison? Auc { get; init; }

    /// <summary>Classification with a baseline: McNemar's comparison of which rows are right.</summary>
    public required CorrectnessComparison? Correctness { get; init; }

    /// <summary>Multiclass classification: precision, recall and F1 of each class.</summary>
    public required ClassMetrics[] PerClass { get; init; }

    /// <summary>Metrics over the slices that were asked for.</summary>
    public required PredictionSlice[] Slices { get; init; }

    /// <summary>Fairness over the groups that were asked for.</summary>
    public required FairnessResult[] Groups { get; init; }

    /// <summary>What a person should know besides the numbers.</summary>
    public required string[] Notes { get; init; }
}

/// <summary>A file of predictions and which columns of it were used.</summary>
public sealed record PredictionsFile
{
    /// <summary>The file as it was named.</summary>
    public required string File { get; init; }

    /// <summary>Its digest.</summary>
    public required string Digest { get; init; }

    /// <summary>The columns of scores or of the predicted value, in the order of the classes.</summary>
    public required string[] Columns { get; init; }

    /// <summary>The mean score; null for classes without scores.</summary>
    public required double? MeanScore { get; init; }

    /// <summary>Classification: rows are the truth, columns the prediction, in the order of the classes; else empty.</summary>
    public required long[][] Confusion { get; init; }
}

/// <summary>A metric of both models and what lies between them.</summary>
public sealed record PredictionMetric
{
    /// <summary>The metric's name, such as <c>auc</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Whether larger values are better; where neither end is, such as bias, false: nearer to 0 is better.</summary>
    public required bool HigherIsBetter { get; init; }

    /// <summary>The challenger's value, null where it is undefined.</summary>
    public required IntervalEstimate? Challenger { get; init; }

    /// <summary>The baseline's value, null where it is undefined or there is no baseline.</summary>
    public required IntervalEstimate? Baseline { get; init; }

    /// <summary>Challenger minus baseline, null where one of them is missing.</summary>
    public required PredictionDifference? Difference { get; init; }

    /// <summary>Why a value or an interval is missing.</summary>
    public required string? Note { get; init; }
}

/// <summary>A value with its two-sided interval.</summary>
public sealed record IntervalEstimate
{
    /// <summary>The value.</summary>
    public required double Value { get; init; }

    /// <summary>Its standard error, null where none is defined.</summary>
    public required double? StandardError { get; init; }

    /// <summary>Lower end of the interval, null where none is defined.</summary>
    public required double? Lower { get; init; }

    /// <summary>Upper end of the interval, null where none is defined.</summary>
    public required double? Upper { get; init; }

    /// <summary>How the interval was computed.</summary>
    public required string Method { get; init; }

    /// <summary>The same interval by other methods.</summary>
    public required NamedInterval[] Others { get; init; }
}

/// <summary>An interval and how it was computed.</summary>
/// <param name="Method">The method.</param>
/// <param name="Lower">Lower end.</param>
/// <param name="Upper">Upper end.</param>
public sealed record NamedInterval(string Method, double Lower, double Upper);

/// <summary>Which way a difference points, from its two-sided interval.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(KebabCaseEnumConverter<DifferenceFinding>))]
public enum DifferenceFinding
{
    /// <summary>The whole interval is on the better side.</summary>
    Better,

    /// <summary>The whole interval is on the worse side.</summary>
    Worse,

    /// <summary>The interval holds zero.</summary>
    CannotTell,

    /// <summary>Both models say the same of every row that matters: the difference is zero and has no error.</summary>
    Same,
}

/// <summary>Challenger minus baseline on the same rows; the sign is not turned.</summary>
public sealed record PredictionDifference
{
    /// <summary>Challenger minus baseline. For a metric that is best at 0, the difference of the magnitudes.</summary>
    public required double Value { get; init; }

    /// <summary>Its standard error.</summary>
    public required double? StandardError { get; init; }

    /// <summary>Difference over standard error: z, or t with <see cref="DegreesOfFreedom"/>.</summary>
    public required double? Statistic { get; init; }

    /// <summary>Degrees of freedom of t, null for z.</summary>
    public required double? DegreesOfFreedom { get; init; }

    /// <summary>Two-sided p-value of no difference; null where only resamples tell.</summary>
    public required double? PValue { get; init; }

    /// <summary>Lower end of the two-sided interval.</summary>
    public required double? Lower { get; init; }

    /// <summary>Upper end of the two-sided interval.</summary>
    public required double? Upper { get; init; }

    /// <summary>Lower one-sided bound.</summary>
    public required double? OneSidedLower { get; init; }

    /// <summary>Upper one-sided bound.</summary>
    public required double? OneSidedUpper { get; init; }

    /// <summary>How it was computed.</summary>
    public required string Method { get; init; }

    /// <summary>The two-sided interval by other methods.</summary>
    public required NamedInterval[] Others { get; init; }

    /// <summary>Which way it points.</summary>
    public required DifferenceFinding Finding { get; init; }

    /// <summary>The smallest difference that would be found with a power of 80 %, one-sided.</summary>
    public required double? MinimalDetectable { get; init; }

    /// <summary>Whether the challenger is worse by no more than the margin, where one was given.</summary>
    public required NonInferiority? NonInferiority { get; init; }
}

/// <summary>Whether the challenger is worse by no more than a margin.</summary>
public sealed record NonInferiority
{
    /// <summary>The margin: a difference, or a share of the baseline.</summary>
    public required double Margin { get; init; }

    /// <summary>Whether the margin is a share of the baseline.</summary>
    public required bool Relative { get; init; }

    /// <summary>(improvement + margin) over its standard error.</summary>
    public required double? Statistic { get; init; }

    /// <summary>One-sided p-value of "worse by the margin or more": small means not inferior.</summary>
    public required double? PValue { get; init; }

    /// <summary>
    /// One-sided lower bound of the improvement: the difference, turned so that larger is better. For a relative margin, of what is left
    /// of the margin.
    /// </summary>
    public required double? LowerBound { get; init; }

    /// <summary>Whether the bound clears the margin.</summary>
    public required bool Holds { get; init; }
}

/// <summary>Two AUCs on the same rows (DeLong, DeLong and Clarke-Pearson 1988, doi:10.2307/2531595).</summary>
public sealed record AucComparison
{
    /// <summary>AUC of the challenger.</summary>
    public required double Challenger { get; init; }

    /// <summary>AUC of the baseline.</summary>
    public required double Baseline { get; init; }

    /// <summary>Variance of the challenger's AUC.</summary>
    public required double ChallengerVariance { get; init; }

    /// <summary>Variance of the baseline's AUC.</summary>
    public required double BaselineVariance { get; init; }

    /// <summary>Their covariance.</summary>
    public required double Covariance { get; init; }

    /// <summary>Challenger minus baseline.</summary>
    public required double Difference { get; init; }

    /// <summary>Standard error of the difference.</summary>
    public required double StandardError { get; init; }

    /// <summary>Difference over standard error; null where both models rank alike.</summary>
    public required double? Statistic { get; init; }

    /// <summary>Two-sided p-value of no difference.</summary>
    public required double PValue { get; init; }

    /// <summary>One-sided p-value of "not better".</summary>
    public required double PValueBetter { get; init; }

    /// <summary>Lower end of the interval of the difference.</summary>
    public required double Lower { get; init; }

    /// <summary>Upper end of the interval of the difference.</summary>
    public required double Upper { get; init; }
}

/// <summary>Rows by which model is right about them (McNemar 1947; mid-p: Fagerland, Lydersen and Laake 2013, doi:10.1186/1471-2288-13-91).</summary>
public sealed record CorrectnessComparison
{
    /// <summary>Rows on which both are right.</summary>
    public required long Both { get; init; }

    /// <summary>Rows on which only the baseline is right.</summary>
    public required long BaselineOnly { get; init; }

    /// <summary>Rows on which only the challenger is right.</summary>
    public required long ChallengerOnly { get; init; }

    /// <summary>Rows on which neither is right.</summary>
    public required long Neither { get; init; }

    /// <summary>Accuracy of the challenger minus that of the baseline.</summary>
    public required double Difference { get; init; }

    /// <summary>Its standard error for paired rows (Wald).</summary>
    public required double StandardError { get; init; }

    /// <summary>Exact two-sided p-value of the binomial test.</summary>
    public required double ExactPValue { get; init; }

    /// <summary>Mid-p value.</summary>
    public required double MidPValue { get; init; }

    /// <summary>Chi-squared with Edwards' correction.</summary>
    public required double CorrectedStatistic { get; init; }

    /// <summary>Its p-value.</summary>
    public required double CorrectedPValue { get; init; }

    /// <summary>Chi-squared without a correction.</summary>
    public required double UncorrectedStatistic { get; init; }

    /// <summary>Its p-value.</summary>
    public required double UncorrectedPValue { get; init; }

    /// <summary>The interval of the difference by Newcombe (1998, method 10) and by Wald.</summary>
    public required NamedInterval[] Intervals { get; init; }
}

/// <summary>Precision, recall and F1 of one class.</summary>
/// <param name="Class">The class.</param>
/// <param name="Rows">Rows of it.</param>
/// <param name="Challenger">What the challenger makes of them.</param>
/// <param name="Baseline">What the baseline makes of them, or null.</param>
public sealed record ClassMetrics(string Class, long Rows, ClassRates Challenger, ClassRates? Baseline);

/// <summary>What a model makes of a class; null where it is undefined.</summary>
/// <param name="Precision">The share of rows that are of the class among those predicted as it.</param>
/// <param name="Recall">The share of rows predicted as the class among those of it.</param>
/// <param name="F1">Their harmonic mean.</param>
public sealed record ClassRates(double? Precision, double? Recall, double? F1);

/// <summary>Metrics over the rows of one slice.</summary>
public sealed record PredictionSlice
{
    /// <summary>The column, or two joined by <c>&amp;</c>.</summary>
    public required string Column { get; init; }

    /// <summary>The value; null is the slice of rows without one.</summary>
    public required string? Value { get; init; }

    /// <summary>Rows in it.</summary>
    public required long Rows { get; init; }

    /// <summary>Its metrics.</summary>
    public required PredictionMetric[] Metrics { get; init; }
}
