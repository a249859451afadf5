using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>How sentences and tables name what a rule judges, and which way it gets better.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Direction">Which way it gets better.</param>
internal sealed record RuledMetric(string Title, MetricDirection Direction)
{
    public bool IsLoss => Direction != MetricDirection.HigherIsBetter;

    public static RuledMetric Of(RuleMeasurement measurement, ModelTask task)
        => measurement.Unit is not null ? new(FootprintCatalogue.Title(measurement.Metric), MetricDirection.LowerIsBetter)
            : measurement.Data is true ? new(DataFindings.Titles.GetValueOrDefault(measurement.Metric, measurement.Metric), MetricDirection.LowerIsBetter)
            : measurement.By is not null && FairnessCatalogue.Find(measurement.Metric) is { } fairness
            ? new(fairness.Title, fairness.HigherIsBetter ? MetricDirection.HigherIsBetter : MetricDirection.LowerIsBetter)
            : MetricCatalogue.Find(task, measurement.Metric) is { } metric
                ? new(metric.Title, metric.Direction)
                : new(measurement.Metric, MetricDirection.HigherIsBetter);
}
