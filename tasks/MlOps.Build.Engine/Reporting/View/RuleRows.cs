using System.Globalization;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Evaluating;
using MlOps.Build.Engine.Gating;

namespace MlOps.Build.Engine.Reporting;

/// <summary>Findings as lines of a table, in the metric's own direction.</summary>
internal static class RuleRows
{
    public static RuleRow Of(Finding finding, ModelTask task)
    {
        var measurement = finding.Measurement;
        var digits = ReportNumber.Digits(measurement.Challenger ?? measurement.Baseline, measurement.StandardError);
        var own = measurement.Test is RuleTest.AtLeast or RuleTest.AtMost;
        return Data(measurement) is var (found, none) ? Row() with { Challenger = found, Change = ReportNumber.None, Limit = none } : Row();

        RuleRow Row() => measurement.Unit is { } unit ? Costs(Plainly(), measurement, unit) : Plainly();

        RuleRow Plainly() => new()
        {
            Rule = PlainText.Line(FindingSentence.Subject(measurement, task), 80) + (measurement.From is { } file ? PlainText.Line($" ({file})", 80) : string.Empty),
            Baseline = Plain(measurement.Baseline, digits),
            Challenger = own && Tested(measurement, task) is { } value
                ? value.Text(number => ReportNumber.Plain(number, digits))
                : Plain(measurement.Challenger, digits),
            Change = own ? ReportNumber.None : Change(measurement, task, digits),
            Limit = Limit(measurement, task),
            Result = finding.Result,
            Advisory = measurement.Advisory,
            WaivedUntil = finding.Waiver?.Until,
            Sentence = PlainText.Line(finding.Sentence, 500),
        };
    }

    /// <summary>Costs have units.</summary>
    private static RuleRow Costs(RuleRow row, RuleMeasurement measurement, string unit) => row with
    {
        Baseline = measurement.Baseline is { } baseline ? FootprintCatalogue.Text(baseline, unit) : ReportNumber.None,
        Challenger = measurement.Challenger is { } challenger ? FootprintCatalogue.Text(challenger, unit) : ReportNumber.None,
        Change = measurement is { Challenger: { } now, Baseline: > 0 } ? ReportNumber.SignedPercent((now / measurement.Baseline.Value) - 1) : ReportNumber.None,
        Limit = measurement.LimitText,
    };

    /// <summary>Findings are counted, not measured.</summary>
    private static (string Found, string Limit)? Data(RuleMeasurement measurement)
        => measurement.Data is not true ? null
            : (measurement.Challenger is { } count ? FindingSentence.Count(count) : "not looked for", "none");

    /// <summary>
    /// The short table: a rule over slices is one line that counts them, except for the slices that miss it. What is
    /// missed is kept first when there are more than <paramref name="most"/> lines.
    /// </summary>
    public static IReadOnlyList<RuleRow> Headline(IReadOnlyList<Finding> findings, ModelTask task, int most)
    {
        var rows = new List<RuleRow>();
        foreach (var group in findings.GroupBy(finding => (finding.Measurement.Rule, finding.Measurement.Test, finding.Measurement.Column)))
        {
            var missed = group.Where(finding => finding.Result is FindingResult.Fail or FindingResult.Inconclusive or FindingResult.Waived).ToList();
            var quiet = group.Except(missed).ToList();
            rows.AddRange(missed.Select(finding => Of(finding, task)));
            rows.AddRange(quiet.Count > 1 && group.Key.Column is { } column ? Counted(quiet, column, task) : quiet.Select(finding => Of(finding, task)));
        }

        return [.. rows
            .Select((row, place) => (row, place))
            .OrderBy(item => item.row switch { { IsMissed: true, Advisory: false } => 0, { IsMissed: true } => 1, _ => 2 })
            .Take(most)
            .OrderBy(item => item.place)
            .Select(item => item.row)];
    }

    /// <summary>What the rule tests as a spread in the metric's own direction; null where it was not measured.</summary>
    public static Spread? Tested(RuleMeasurement measurement, ModelTask task)
    {
        if (measurement is not { Status: MeasurementStatus.Measured, Estimate: { } estimate })
        {
            return null;
        }

        var tested = new Spread(estimate, measurement.Lower, measurement.Upper);
        return measurement.Test switch
        {
            RuleTest.AtLeast => tested,
            RuleTest.AtMost => tested.Turned,
            _ when FindingSentence.IsRelative(measurement) => Relative(measurement, tested, task),
            _ => tested.TurnedIf(IsLoss(measurement, task)),
        };
    }

    public static bool IsLoss(RuleMeasurement measurement, ModelTask task)
        => RuledMetric.Of(measurement, task).IsLoss;

    private static IEnumerable<RuleRow> Counted(List<Finding> quiet, string column, ModelTask task)
    {
        foreach (var same in quiet.GroupBy(finding => finding.Result))
        {
            if (same.Count() == 1)
            {
                yield return Of(same.First(), task);
                continue;
            }

            var one = Of(same.First(), task);
            var title = FindingSentence.Subject(same.First().Measurement with { Column = null, Value = null }, task);
            var worst = same.MinBy(finding => (finding.Measurement.Estimate ?? double.MaxValue) - finding.Measurement.Limit)!;
            var measured = worst.Measurement.Estimate is not null;
            yield return Of(worst, task) with
            {
                Rule = PlainText.Line($"{title}, {ReportNumber.Count(same.Count())} slices by {column}{(measured ? $"; least room: {worst.Measurement.Value ?? "missing"}" : string.Empty)}", 80),
                Result = one.Result,
                Sentence = string.Empty,
            };
        }
    }

    /// <summary>
    /// The test statistic is what is left of the margin. Divided by the baseline's value it is a change in percent, and
    /// a bound lies beyond the limit exactly when the tested bound does.
    /// </summary>
    private static Spread? Relative(RuleMeasurement measurement, Spread room, ModelTask task)
    {
        if (measurement.Baseline is not { } baseline || baseline <= 0 || Share(measurement) is not { } share)
        {
            return null;
        }

        var change = new Spread((room.Value / baseline) - share, (room.Lower / baseline) - share, (room.Upper / baseline) - share);
        return change.TurnedIf(IsLoss(measurement, task));
    }

    private static string Change(RuleMeasurement measurement, ModelTask task, int digits)
        => Tested(measurement, task) switch
        {
            null => ReportNumber.None,
            var change when FindingSentence.IsRelative(measurement) => change.Text(ReportNumber.SignedPercent),
            var change => change.Text(number => ReportNumber.Signed(number, digits)),
        };

    private static string Limit(RuleMeasurement measurement, ModelTask task)
    {
        var loss = IsLoss(measurement, task);
        return measurement.Test switch
        {
            RuleTest.AtLeast => $"≥ {ReportNumber.Short(measurement.Limit)}",
            RuleTest.AtMost => $"≤ {ReportNumber.Short(-measurement.Limit)}",
            RuleTest.Better => loss ? "change < 0" : "change > 0",
            _ when FindingSentence.IsRelative(measurement) => Share(measurement) is { } share
                ? $"change {(loss ? "≤ +" : "≥ −")}{ReportNumber.Percent(share)}"
                : PlainText.Line(measurement.LimitText, 60),
            _ => $"change {(loss ? "≤ +" : "≥ −")}{ReportNumber.Short(-measurement.Limit)}",
        };
    }

    private static double? Share(RuleMeasurement measurement)
    {
        var words = measurement.LimitText.TrimEnd('%', ' ');
        return double.TryParse(words.AsSpan(words.LastIndexOf(' ') + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out var percent)
            ? percent / 100
            : null;
    }

    private static string Plain(double? value, int digits)
        => value is { } number ? ReportNumber.Plain(number, digits) : ReportNumber.None;
}
