using MlOps.Build.Contracts;
using MlOps.Build.Engine.Evaluating;

namespace MlOps.Build.Engine.Reporting;

/// <summary>A metric of the whole holdout or of a slice; plain text, and the spreads for the charts.</summary>
internal sealed record MetricRow
{
    public const string Worse = "worse";

    public required string Title { get; init; }

    public required string Baseline { get; init; }

    public required string Challenger { get; init; }

    public required string Change { get; init; }

    /// <summary>Better, worse, no clear change or not tested: with the direction of the metric in mind.</summary>
    public required string Reading { get; init; }

    /// <summary>The smallest change that would be found with a power of 80 %.</summary>
    public required string MinimalDetectable { get; init; }

    public required string Note { get; init; }

    public required Spread? BaselineSpread { get; init; }

    public required Spread? ChallengerSpread { get; init; }

    public required Spread? ChangeSpread { get; init; }

    public static MetricRow Of(MetricResult metric, ModelTask task)
    {
        var title = MetricCatalogue.Find(task, metric.Name)?.Title ?? metric.Name;
        var digits = ReportNumber.Digits(
            metric.Challenger?.Value ?? metric.Baseline?.Value,
            metric.Difference?.StandardError ?? metric.Challenger?.StandardError);
        var change = metric.Difference is { } difference
            ? new Spread(difference.Value, difference.Lower, difference.Upper).TurnedIf(!metric.HigherIsBetter)
            : null;
        var challenger = SpreadOf(metric.Challenger);
        var baseline = SpreadOf(metric.Baseline);
        return new()
        {
            Title = PlainText.Line(char.ToUpperInvariant(title[0]) + title[1..], 60),
            Baseline = Text(baseline, number => ReportNumber.Plain(number, digits)),
            Challenger = Text(challenger, number => ReportNumber.Plain(number, digits)),
            Change = Text(change, number => ReportNumber.Signed(number, digits)),
            Reading = ReadingOf(metric.Difference),
            MinimalDetectable = metric.Difference?.MinimalDetectable is { } detectable ? ReportNumber.Plain(detectable, digits) : ReportNumber.None,
            Note = PlainText.Line(metric.Note ?? string.Empty, 200),
            BaselineSpread = baseline,
            ChallengerSpread = challenger,
            ChangeSpread = change,
        };
    }

    private static Spread? SpreadOf(MetricEstimate? estimate)
        => estimate is null ? null : new(estimate.Value, estimate.Lower, estimate.Upper);

    private static string Text(Spread? spread, Func<double, string> show)
        => spread switch
        {
            null => ReportNumber.None,
            { Lower: null } or { Upper: null } => show(spread.Value),
            _ => spread.Text(show),
        };

    /// <summary>Differences are oriented so that larger is better.</summary>
    private static string ReadingOf(MetricDifference? difference) => difference switch
    {
        null => "not compared",
        { Lower: > 0 } => "better",
        { Upper: < 0 } => Worse,
        { Lower: null, Upper: null } => "not tested",
        _ => "no clear change",
    };
}
