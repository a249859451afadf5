using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>The whole holdout or a slice of it: labels, and the predictions of every replicate of both sides.</summary>
public sealed class EvaluatedRows
{
    private readonly Dictionary<(string Metric, bool Baseline, int Replicate), IMetricColumn> columns = [];
    private readonly Dictionary<(string Metric, bool Baseline), double[]> values = [];
    private readonly Dictionary<(bool Baseline, int Replicate), ScoredRows> scored = [];
    private int[]? once;

    public required ModelTask Task { get; init; }

    public required double[] Labels { get; init; }

    public required int ClassCount { get; init; }

    /// <summary>The group of each row, or null when rows are independent.</summary>
    public required int[]? Groups { get; init; }

    public required IReadOnlyList<Predictions> Challenger { get; init; }

    /// <summary>Empty when there is no baseline.</summary>
    public required IReadOnlyList<Predictions> Baseline { get; init; }

    /// <summary>The threshold of models that none was chosen for.</summary>
    public required double Threshold { get; init; }

    public int Count => Labels.Length;

    /// <summary>The score from which on a row is predicted positive.</summary>
    public double ThresholdOf(Predictions predictions) => predictions.Threshold ?? Threshold;

    public bool HasBaseline => Baseline.Count > 0;

    /// <summary>The rows at the given places, in their order.</summary>
    public EvaluatedRows Select(int[] rows)
        => new()
        {
            Task = Task,
            Labels = Columns.Select(Labels, rows),
            ClassCount = ClassCount,
            Groups = Groups is null ? null : Columns.Select(Groups, rows),
            Challenger = [.. Challenger.Select(predictions => predictions.Select(rows))],
            Baseline = [.. Baseline.Select(predictions => predictions.Select(rows))],
            Threshold = Threshold,
        };

    /// <summary>A metric bound to the predictions of one replicate; sorted once, kept for every use.</summary>
    public IMetricColumn Column(MetricDefinition metric, bool baseline, int replicate)
    {
        var key = (metric.Name, baseline, replicate);
        if (!columns.TryGetValue(key, out var column))
        {
            column = metric.Bind(Scored(baseline, replicate));
            columns.Add(key, column);
        }

        return column;
    }

    /// <summary>What one replicate of a side said, with what its metrics share.</summary>
    public ScoredRows Scored(bool baseline, int replicate)
    {
        if (!scored.TryGetValue((baseline, replicate), out var known))
        {
            var predictions = (baseline ? Baseline : Challenger)[replicate];
            known = new ScoredRows(Labels, ClassCount, predictions, ThresholdOf(predictions));
            scored.Add((baseline, replicate), known);
        }

        return known;
    }

    /// <summary>A metric's value for each replicate of a side.</summary>
    public double[] Values(MetricDefinition metric, bool baseline)
    {
        if (!values.TryGetValue((metric.Name, baseline), out var known))
        {
            once ??= [.. Enumerable.Repeat(1, Count)];
            known = [.. (baseline ? Baseline : Challenger).Select((_, r) => Column(metric, baseline, r).Value(once))];
            values.Add((metric.Name, baseline), known);
        }

        return known;
    }
}
