using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>Metrics of both models over some rows with two-sided intervals, from one set of resamples.</summary>
internal sealed class FilesComparison
{
    private readonly IReadOnlyList<MetricDefinition> metrics;
    private readonly IReadOnlyDictionary<string, Margin> margins;
    private readonly Comparison twoSided;
    private readonly Comparison oneSided;
    private readonly double confidence;

    private FilesComparison(IReadOnlyList<MetricDefinition> metrics, IReadOnlyDictionary<string, Margin> margins, Comparison twoSided, double confidence)
    {
        (this.metrics, this.margins, this.twoSided, this.confidence) = (metrics, margins, twoSided, confidence);
        oneSided = twoSided.At(confidence);
    }

    private EvaluatedRows Rows => twoSided.Rows;

    public static FilesComparison Of(
        EvaluatedRows rows, FilesRequest request, IReadOnlyList<MetricDefinition> metrics, IReadOnlyDictionary<string, Margin> margins, int resampleUpTo = Bootstrap.ResampleUpTo)
    {
        var resample = metrics.Where(metric => Comparison.NeedsResampling(metric, Contrast.Own, rows)
            || (rows.HasBaseline && Comparison.NeedsResampling(metric, Contrast.Difference(metric), rows)));
        return new(metrics, margins, Comparison.Of(rows, TwoSided(request.Confidence), resample, request.Resamples, request.Seed, resampleUpTo), request.Confidence);
    }

    /// <summary>The level of each end of a two-sided interval.</summary>
    public static double TwoSided(double confidence) => (1 + confidence) / 2;

    public PredictionMetric[] Metrics() => [.. metrics.Select(Metric)];

    /// <summary>DeLong's numbers; null without a baseline, for other tasks and with too few rows.</summary>
    public AucComparison? Auc()
    {
        var metric = MetricCatalogue.Find(Rows.Task, "auc");
        if (metric is null || !Rows.HasBaseline || Rows.Groups is not null)
        {
            return null;
        }

        var (challenger, baseline) = (Column(metric, baseline: false), Column(metric, baseline: true));
        double Variance(Func<int, double> component) => DeLong.Variance([.. Enumerable.Range(0, Rows.Count).Select(component)], Rows.Labels, groups: null);
        var (own, other, both) = (Variance(row => challenger[row]), Variance(row => baseline[row]), Variance(row => challenger[row] - baseline[row]));
        if (double.IsNaN(both))
        {
            return null;
        }

        var (auc, baselineAuc) = (Rows.Values(metric, baseline: false)[0], Rows.Values(metric, baseline: true)[0]);
        var (difference, error) = (auc - baselineAuc, Math.Sqrt(both));
        double? z = error == 0 ? null : difference / error;
        var reach = Normal.Quantile(TwoSided(confidence)) * error;
        return new()
        {
            Challenger = auc,
            Baseline = baselineAuc,
            ChallengerVariance = own,
            BaselineVariance = other,
            Covariance = (own + other - both) / 2,
            Difference = difference,
            StandardError = error,
            Statistic = z,
            PValue = z is null ? 1 : Normal.TwoSided(z.Value),
            PValueBetter = z is null ? 0.5 : Normal.UpperTail(z.Value),
            Lower = difference - reach,
            Upper = difference + reach,
        };
    }

    /// <summary>McNemar's numbers; null without a baseline and for regressions.</summary>
    public CorrectnessComparison? Correctness()
    {
        if (MetricCatalogue.Find(Rows.Task, "accuracy") is not { } metric || !Rows.HasBaseline)
        {
            return null;
        }

        var z = Normal.Quantile(TwoSided(confidence));
        var pairs = new ClosedForm(Rows, z).Pairs(metric);
        var (newcombe, wald) = (pairs.Newcombe(z), Interval.Around(pairs.Difference, z * pairs.StandardError));
        var (corrected, plain) = (pairs.ChiSquared(corrected: true), pairs.ChiSquared(corrected: false));
        return new()
        {
            Both = pairs.Both,
            BaselineOnly = pairs.BaselineOnly,
            ChallengerOnly = pairs.ChallengerOnly,
            Neither = pairs.Neither,
            Difference = pairs.Difference,
            StandardError = pairs.StandardError,
            ExactPValue = pairs.ExactPValue,
            MidPValue = pairs.MidPValue,
            CorrectedStatistic = corrected,
            CorrectedPValue = Normal.TwoSided(Math.Sqrt(corrected)),
            UncorrectedStatistic = plain,
            UncorrectedPValue = Normal.TwoSided(Math.Sqrt(plain)),
            Intervals = [new(Methods.Newcombe, newcombe.Lower, newcombe.Upper), new(Methods.Wald, wald.Lower, wald.Upper)],
        };
    }

    private double[] Column(MetricDefinition metric, bool baseline)
        => DeLong.Components((AucColumn)Rows.Column(metric, baseline, 0), Rows.Labels);

    private PredictionMetric Metric(MetricDefinition metric)
        => new()
        {
            Name = metric.Name,
            HigherIsBetter = metric.Direction == MetricDirection.HigherIsBetter,
            Challenger = EstimateDocument.Of(twoSided, Signed(metric), Contrast.Own),
            Baseline = Rows.HasBaseline ? EstimateDocument.Of(twoSided, Signed(metric), Contrast.OfBaseline) : null,
            Difference = Rows.HasBaseline ? Difference(metric) : null,
            Note = twoSided.Of(metric, Contrast.Own).Note,
        };

    /// <summary>A metric that is best at 0 is compared by its magnitude; by itself people want its sign, and it is a mean of rows.</summary>
    private static MetricDefinition Signed(MetricDefinition metric)
        => metric.Direction == MetricDirection.ZeroIsBest
            ? metric with { Name = metric.Name + " with its sign", Direction = MetricDirection.HigherIsBetter, Method = MetricMethod.Mean }
            : metric;

    private PredictionDifference? Difference(MetricDefinition metric)
    {
        var contrast = new Contrast(1, -1);
        var estimate = twoSided.Of(metric, contrast);
        if (!estimate.IsDefined)
        {
            return null;
        }

        var bound = oneSided.Of(metric, contrast).Bounds;
        var isPlain = estimate.StandardError is > 0 && metric.Method != MetricMethod.Correctness;
        return new()
        {
            Value = estimate.Value,
            StandardError = estimate.StandardError,
            Statistic = isPlain ? estimate.Value / estimate.StandardError : null,
            DegreesOfFreedom = estimate.DegreesOfFreedom,
            PValue = estimate.PValue,
            Lower = estimate.Bounds?.Lower,
            Upper = estimate.Bounds?.Upper,
            OneSidedLower = bound?.Lower,
            OneSidedUpper = bound?.Upper,
            Method = estimate.Method,
            Others = EstimateDocument.Others(twoSided, metric, contrast),
            Finding = Finding(estimate, metric.Sign),
            MinimalDetectable = Decision.MinimalDetectable(oneSided.Of(metric, contrast), confidence),
            NonInferiority = margins.TryGetValue(metric.Name, out var margin) ? NotInferior(metric, margin) : null,
        };
    }

    private static DifferenceFinding Finding(Estimate estimate, int sign)
        => estimate switch
        {
            { Value: 0, StandardError: 0 } => DifferenceFinding.Same,
            { Bounds: { } bounds } when sign * (sign > 0 ? bounds.Lower : bounds.Upper) > 0 => DifferenceFinding.Better,
            { Bounds: { } bounds } when sign * (sign > 0 ? bounds.Upper : bounds.Lower) < 0 => DifferenceFinding.Worse,
            _ => DifferenceFinding.CannotTell,
        };

    private NonInferiority NotInferior(MetricDefinition metric, Margin margin)
    {
        var contrast = margin.Relative ? Contrast.Relative(metric, margin.Value) : Contrast.Difference(metric);
        var estimate = oneSided.Of(metric, contrast);
        var limit = margin.Relative ? 0 : -margin.Value;
        double? statistic = estimate.StandardError is > 0 and var error ? (estimate.Value - limit) / error : null;
        return new()
        {
            Margin = margin.Value,
            Relative = margin.Relative,
            Statistic = statistic,
            PValue = statistic is { } value ? StudentT.UpperTail(value, estimate.DegreesOfFreedom) : null,
            LowerBound = estimate.Bounds?.Lower,
            Holds = estimate.Bounds is { } bounds && (bounds.Lower > limit || (estimate.StandardError == 0 && bounds.Lower >= limit)),
        };
    }
}
