using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Reporting;

/// <summary>A slice and its first metric.</summary>
internal sealed record SliceRow(string Name, string Rows, bool Sensitive, MetricRow Metric)
{
    public static SliceRow? Of(SliceResult slice, ModelTask task)
        => slice.Metrics.Length == 0
            ? null
            : new(
                PlainText.Line(slice.Value is null ? $"{slice.Column} is missing" : $"{slice.Column} = {slice.Value}", 60),
                ReportNumber.Count(slice.Rows),
                slice.Sensitive,
                MetricRow.Of(slice.Metrics[0], task));
}
