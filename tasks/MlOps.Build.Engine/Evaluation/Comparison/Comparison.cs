namespace MlOps.Build.Engine.Evaluating;

/// <summary>Values and contrasts of metrics over some rows, each with the interval its method gives.</summary>
internal sealed class Comparison
{
    private const double MostUndefined = 0.05;

    private readonly EvaluatedRows rows;
    private readonly double confidence;
    private readonly Dictionary<string, ResampledMetric> resampled;
    private readonly int observations;

    private Comparison(EvaluatedRows rows, double confidence, Dictionary<string, ResampledMetric> resampled)
    {
        (this.rows, this.confidence, this.resampled) = (rows, confidence, resampled);
        observations = Clusters.Count(rows.Count, rows.Groups);
    }

    /// <summary>Prepares the comparison; only the metrics in <paramref name="resample"/> are resampled.</summary>
    public static Comparison Of(
        EvaluatedRows rows, double confidence, IEnumerable<MetricDefinition> resample, int resamples, long seed, int resampleUpTo = Bootstrap.ResampleUpTo)
    {
        // A metric without a value on these rows has none on their resamples either.
        var defined = resample.DistinctBy(metric => metric.Name)
            .Where(metric => rows.Count > 0 && Array.TrueForAll(rows.Values(metric, baseline: false), double.IsFinite))
            .ToList();
        var results = defined.Count == 0 ? [] : Bootstrap.Run(rows, defined, resamples, seed, resampleUpTo);
        return new(
            rows,
            confidence,
            defined.Zip(results).ToDictionary(pair => pair.First.Name, pair => pair.Second));
    }

    /// <summary>Whether a quantity has an interval by resampling only.</summary>
    public static bool NeedsResampling(MetricDefinition metric, Contrast contrast, EvaluatedRows rows)
        => (metric.Method == MetricMethod.Resampling && !(contrast.IsOwn && metric.OwnError is not null))
            || (metric.Method == MetricMethod.Proportion && (!contrast.IsOwn || rows.Groups is not null));

    public EvaluatedRows Rows => rows;

    /// <summary>The same resamples at another level of confidence.</summary>
    public Comparison At(double other) => new(rows, other, resampled);

    /// <summary>The bounds of a contrast by the other methods there are for it.</summary>
    public IEnumerable<(string Method, Interval Bounds)> Others(MetricDefinition metric, Contrast contrast)
    {
        if (!NeedsResampling(metric, contrast, rows))
        {
            return new ClosedForm(rows, Normal.Quantile(confidence)).Others(metric, contrast, confidence);
        }

        if (observations < 2 || !resampled.TryGetValue(metric.Name, out var result) || result.Challenger.Length == 0 || IsMostlyUndefined(result))
        {
            return [];
        }

        var combined = result.Challenger.Zip(result.Baseline, contrast.Of).ToArray();
        var value = Of(metric, contrast).Value;
        var suffix = rows.Groups is null ? string.Empty : Methods.ByGroup;
        (string, Interval)[] others =
        [
            (Methods.Percentile + suffix, BootstrapInterval.Percentile(combined, confidence)),
            (Methods.Basic + suffix, BootstrapInterval.Basic(combined, value, confidence)),
        ];
        return result.ChallengerJackknife.Length > 1 ? others : others[1..];
    }

    /// <summary>A contrast of a metric, with training noise where replicates measure it.</summary>
    public Estimate Of(MetricDefinition metric, Contrast contrast)
    {
        var challenger = Magnitudes(metric, baseline: false);
        var baseline = rows.HasBaseline ? Magnitudes(metric, baseline: true) : new double[challenger.Length];
        var values = challenger.Zip(baseline, contrast.Of).ToArray();
        if (!Array.TrueForAll(values, double.IsFinite))
        {
            return Estimate.Undefined($"{metric.Title} is not defined on {(rows.Count == 1 ? "this" : "these")} {ReadingProblems.Rows(rows.Count)}");
        }

        return TrainingNoise.Add(values, Error(metric, contrast, values), observations, confidence) with { Range = contrast.Within(MetricRange.Of(metric)) };
    }

    private double[] Magnitudes(MetricDefinition metric, bool baseline)
        => metric.Direction == MetricDirection.ZeroIsBest
            ? [.. rows.Values(metric, baseline).Select(Math.Abs)]
            : rows.Values(metric, baseline);

    private SamplingError Error(MetricDefinition metric, Contrast contrast, double[] values)
    {
        if (NeedsResampling(metric, contrast, rows))
        {
            return Resampled(metric, contrast, values);
        }

        if (metric.OwnError is { } own)
        {
            return Signed(own(rows, contrast.NeedsBaseline, confidence), values, contrast.Challenger + contrast.Baseline);
        }

        var closed = new ClosedForm(rows, Normal.Quantile(confidence));
        return metric.Method switch
        {
            MetricMethod.Ranks => closed.Ranks(metric, contrast, values),
            MetricMethod.Correctness => closed.Correctness(metric, contrast),
            MetricMethod.Proportion => closed.Proportion(metric, contrast),
            _ => closed.Mean(metric, contrast),
        };
    }

    /// <summary>The error of a side's value as that of the contrast, which may be negated.</summary>
    private static SamplingError Signed(SamplingError error, double[] values, double sign)
    {
        if (error.Bounds is not { } bounds)
        {
            return error;
        }

        var value = MeanVariance.Mean(values);
        var turned = sign > 0 ? bounds : new(-bounds.Upper, -bounds.Lower);
        return error with { Bounds = new(Math.Min(turned.Lower, value), Math.Max(turned.Upper, value)) };
    }

    private SamplingError Resampled(MetricDefinition metric, Contrast contrast, double[] values)
    {
        if (!resampled.TryGetValue(metric.Name, out var result))
        {
            return SamplingError.None("no rule asks for its interval");
        }

        if (IsMostlyUndefined(result))
        {
            return SamplingError.None($"{result.Undefined} of {result.Challenger.Length + result.Undefined} resamples do not define {metric.Title}");
        }

        var jackknife = result.ChallengerJackknife.Zip(result.BaselineJackknife, contrast.Of).ToArray();
        if (result.Challenger.Length == 0)
        {
            return LeftOut(jackknife, metric);
        }

        var combined = result.Challenger.Zip(result.Baseline, contrast.Of).ToArray();
        var corrected = jackknife.Length > 1 && Array.TrueForAll(jackknife, double.IsFinite);
        var bounds = corrected
            ? BootstrapInterval.Corrected(combined, MeanVariance.Mean(values), jackknife, confidence)
            : BootstrapInterval.Percentile(combined, confidence);
        return observations < 2
            ? SamplingError.None("one observation has no variance")
            : new(
                MeanVariance.Of(combined),
                null,
                (corrected ? Methods.Corrected : Methods.Percentile) + (rows.Groups is null ? string.Empty : Methods.ByGroup),
                bounds);
    }

    /// <summary>The delete-a-group jackknife: (B - 1) / B times the sum of squared deviations (Shao and Tu 1995, 2.3), t with B - 1.</summary>
    private SamplingError LeftOut(double[] values, MetricDefinition metric)
    {
        if (!Array.TrueForAll(values, double.IsFinite))
        {
            return SamplingError.None($"leaving rows out does not define {metric.Title}");
        }

        var blocks = (double)values.Length;
        return new(
            MeanVariance.Of(values) * (blocks - 1) * (blocks - 1) / blocks,
            blocks - 1,
            Methods.LeftOut + (rows.Groups is null ? string.Empty : Methods.ByGroup));
    }

    private static bool IsMostlyUndefined(ResampledMetric result)
        => result.Undefined > MostUndefined * (result.Challenger.Length + result.Undefined);
}
