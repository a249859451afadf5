namespace MlOps.Build.Engine.Evaluating;

/// <summary>Errors that have a formula.</summary>
internal sealed class ClosedForm(EvaluatedRows rows, double z)
{
    private string Suffix => rows.Groups is null ? string.Empty : Methods.ByGroup;

    /// <summary>DeLong; for an AUC on its own on the logit scale.</summary>
    public SamplingError Ranks(MetricDefinition metric, Contrast contrast, double[] values)
    {
        var components = new double[rows.Count];
        Combine(contrast, components, (baseline, r) => DeLong.Components((AucColumn)rows.Column(metric, baseline, r), rows.Labels));
        var variance = DeLong.Variance(components, rows.Labels, rows.Groups);
        if (double.IsNaN(variance))
        {
            return SamplingError.None("an AUC has a variance from two rows of each class on");
        }

        var auc = Math.Abs(MeanVariance.Mean(values));
        if (!contrast.IsOwn)
        {
            return new(variance, null, Methods.DeLong + Suffix);
        }

        var sign = contrast.Challenger + contrast.Baseline;
        if (auc is 0 or 1)
        {
            // DeLong's variance is 0 here. Var(AUC) <= AUC (1 - AUC) / min(m, n), Birnbaum and Klose 1957
            // (doi:10.1214/aoms/1177706882), bounds it as a proportion of the smaller class.
            var positives = rows.Labels.Count(label => label == 1);
            var bounds = Wilson.Of(auc, Math.Min(positives, rows.Count - positives), z);
            return new(variance, null, Methods.BirnbaumKlose, Signed(bounds, sign));
        }

        return new(
            variance, null, Methods.DeLongLogit + Suffix, Signed(DeLong.Logit(auc, Math.Sqrt(variance), z), sign));
    }

    /// <summary>McNemar and Newcombe for a difference, Wilson for one side; else as a mean.</summary>
    public SamplingError Correctness(MetricDefinition metric, Contrast contrast)
    {
        var mean = Mean(metric, contrast);
        if (rows.Groups is not null || rows.Challenger.Count > 1)
        {
            return mean;
        }

        if (contrast.IsOwn)
        {
            return Share(rows.Values(metric, contrast.NeedsBaseline)[0], rows.Count, contrast);
        }

        if (contrast.Challenger != 1 || contrast.Baseline != -1)
        {
            return mean;
        }

        var pairs = Pairs(metric);
        return new(
            pairs.StandardError * pairs.StandardError, null, Methods.Newcombe, pairs.Newcombe(z), pairs.PValue);
    }

    /// <summary>Wilson's interval of a share of some of the rows.</summary>
    public SamplingError Proportion(MetricDefinition metric, Contrast contrast)
    {
        var baseline = contrast.NeedsBaseline;
        var sides = baseline ? rows.Baseline : rows.Challenger;
        int[] once = [.. Enumerable.Repeat(1, rows.Count)];
        var trials = sides.Select((_, r) => Trials(metric, ((ConfusionColumn)rows.Column(metric, baseline, r)).Counts(once))).Average();
        return trials == 0
            ? SamplingError.None("no row is predicted positive")
            : Share(rows.Values(metric, baseline).Average(), trials, contrast);
    }

    /// <summary>A t interval of a mean over rows or groups.</summary>
    public SamplingError Mean(MetricDefinition metric, Contrast contrast)
    {
        var values = new double[rows.Count];
        Combine(contrast, values, (baseline, r) => ((MeanColumn)rows.Column(metric, baseline, r)).PerRow.ToArray());
        var variance = MeanVariance.OfMean(values, rows.Groups);
        return double.IsNaN(variance)
            ? SamplingError.None("one observation has no variance")
            : new(
                variance,
                Clusters.Count(rows.Count, rows.Groups) - 1,
                (contrast.IsOwn ? Methods.MeanT : Methods.PairedT) + Suffix);
    }

    /// <summary>The bounds by the other methods there are.</summary>
    public IEnumerable<(string Method, Interval Bounds)> Others(MetricDefinition metric, Contrast contrast, double confidence)
    {
        if (rows.Groups is not null || rows.Challenger.Count > 1)
        {
            yield break;
        }

        var side = contrast.NeedsBaseline;
        if (!contrast.IsOwn)
        {
            if (metric.Method == MetricMethod.Correctness)
            {
                var error = Correctness(metric, contrast);
                yield return (Methods.Wald, Interval.Around(Pairs(metric).Difference, z * Math.Sqrt(error.Variance)));
            }

            yield break;
        }

        var value = rows.Values(metric, side)[0];
        switch (metric.Method)
        {
            case MetricMethod.Ranks:
                var variance = Ranks(metric, contrast, [value]).Variance;
                if (!double.IsNaN(variance))
                {
                    yield return (Methods.Normal, Interval.Around(value, z * Math.Sqrt(variance)));
                }

                break;
            case MetricMethod.Correctness:
                yield return (Methods.Exact, ClopperPearson.Of((long)Math.Round(value * rows.Count), rows.Count, confidence));
                break;
            case MetricMethod.Proportion:
                int[] once = [.. Enumerable.Repeat(1, rows.Count)];
                var trials = (long)Trials(metric, ((ConfusionColumn)rows.Column(metric, side, 0)).Counts(once));
                if (trials > 0)
                {
                    yield return (Methods.Exact, ClopperPearson.Of((long)Math.Round(value * trials), trials, confidence));
                }

                break;
        }
    }

    /// <summary>Rows by which of the two models, trained once, is right about them.</summary>
    public PairedCorrectness Pairs(MetricDefinition metric)
        => PairedCorrectness.Of(
            ((MeanColumn)rows.Column(metric, baseline: true, 0)).PerRow,
            ((MeanColumn)rows.Column(metric, baseline: false, 0)).PerRow);

    private static double Trials(MetricDefinition metric, ConfusionCounts counts) => metric.Name switch
    {
        "precision" => counts.TruePositives + counts.FalsePositives,
        "npv" => counts.TrueNegatives + counts.FalseNegatives,
        "recall" => counts.TruePositives + counts.FalseNegatives,
        _ => counts.TrueNegatives + counts.FalsePositives,
    };

    private SamplingError Share(double share, double trials, Contrast contrast)
        => new(
            share * (1 - share) / trials,
            null,
            Methods.Wilson,
            Signed(Wilson.Of(share, trials, z), contrast.Challenger + contrast.Baseline));

    private static Interval Signed(Interval bounds, double sign)
        => sign > 0 ? bounds : new(-bounds.Upper, -bounds.Lower);

    /// <summary>Adds up columns of both sides, weighted by the contrast and averaged over the replicates.</summary>
    private void Combine(Contrast contrast, double[] sum, Func<bool, int, double[]> column)
    {
        foreach (var (baseline, weight) in new[] { (false, contrast.Challenger), (true, contrast.Baseline) })
        {
            var replicates = baseline ? rows.Baseline.Count : rows.Challenger.Count;
            for (var r = 0; weight != 0 && r < replicates; r++)
            {
                var values = column(baseline, r);
                for (var i = 0; i < sum.Length; i++)
                {
                    sum[i] += weight / replicates * values[i];
                }
            }
        }
    }
}
