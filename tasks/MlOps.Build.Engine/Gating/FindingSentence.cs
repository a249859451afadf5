using System.Globalization;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Evaluating;

namespace MlOps.Build.Engine.Gating;

/// <summary>A rule with its numbers in one sentence, in the metric's own direction.</summary>
internal static class FindingSentence
{
    public static string Of(RuleMeasurement measurement, FindingResult result, double? adjustedHarm, Evaluation evaluation)
    {
        if (measurement.Data is true)
        {
            var found = measurement.Status == MeasurementStatus.Measured ? Count(measurement.Challenger ?? 0) : "not looked for";
            return $"{Subject(measurement, evaluation.Task)}: {found}{(measurement.Note is { } note ? $" ({note.TrimEnd('.')})" : string.Empty)}: {Result(measurement, result)}.";
        }

        if (measurement is { Unit: { } unit, Status: MeasurementStatus.Measured })
        {
            var against = measurement.Baseline is { } baseline ? $" against {FootprintCatalogue.Text(baseline, unit)}" : string.Empty;
            var harm = adjustedHarm is null ? string.Empty : $", harm p {PValue(adjustedHarm)} after Holm";
            var what = FootprintCatalogue.IsOfScoring(measurement.Metric) ? "timed scoring" : "training";
            var trainings = $"{measurement.Rows.ToString(CultureInfo.InvariantCulture)} {what}{(measurement.Rows == 1 ? string.Empty : "s")}";
            return $"{Subject(measurement, evaluation.Task)} must be {measurement.LimitText}: {FootprintCatalogue.Text(measurement.Challenger!.Value, unit)}{against}{harm}, {trainings}{(measurement.Note is { } note ? $", {note}" : string.Empty)}: {Result(measurement, result)}.";
        }

        var must = $"{Subject(measurement, evaluation.Task)} must be {Must(measurement, evaluation.Task)}";
        return measurement.Status == MeasurementStatus.Measured
            ? $"{must}: {Numbers(measurement, adjustedHarm, evaluation)}, {Rows(measurement.Rows, evaluation)}{LeftOut(measurement)}: {Result(measurement, result)}."
            : $"{must}: {measurement.Note ?? "not measured"}: {Result(measurement, result)}.";
    }

    /// <summary>The metric and where it was measured, such as <c>AUC where origin = EWR</c>.</summary>
    public static string Subject(RuleMeasurement measurement, ModelTask task)
    {
        var metric = RuledMetric.Of(measurement, task);
        var title = metric.Direction == MetricDirection.ZeroIsBest ? $"size of {metric.Title}" : metric.Title;
        title = char.ToUpperInvariant(title[0]) + title[1..];
        title = measurement.Environment is { } environment ? $"{title} for {environment}" : title;
        return measurement.By is { } by ? $"{title} between groups of {by}"
            : measurement.Column is null ? title
            : measurement.Value is null ? $"{title} where {measurement.Column} is missing"
            : $"{title} where {measurement.Column} = {measurement.Value}";
    }

    public static bool IsRelative(RuleMeasurement measurement)
        => measurement.Test == RuleTest.NoWorseBy && measurement.LimitText.EndsWith('%');

    /// <summary>A number of findings in words.</summary>
    public static string Count(double findings)
        => findings switch { 0 => "none found", 1 => "1 finding", _ => string.Create(CultureInfo.InvariantCulture, $"{findings:0} findings") };

    private static string Must(RuleMeasurement measurement, ModelTask task)
    {
        var digits = Digits(measurement);
        var baseline = measurement.Baseline is { } value ? $"the baseline's {Number(value, digits)}" : "the baseline's";
        var side = IsLoss(measurement, task) ? "above" : "below";
        return measurement.Test switch
        {
            RuleTest.AtLeast or RuleTest.AtMost => measurement.LimitText,
            RuleTest.Better => $"better than {baseline}",
            _ when IsRelative(measurement) || measurement.Unit is not null => $"no more than {measurement.LimitText["no worse by ".Length..]} {side} {baseline}",
            _ => $"no more than {Number(-measurement.Limit, Math.Max(digits, DigitsOf(-measurement.Limit)))} {side} {baseline}",
        };
    }

    private static string Numbers(RuleMeasurement measurement, double? adjustedHarm, Evaluation evaluation)
    {
        var digits = Digits(measurement);
        var level = $"{EvaluationProblems.Number(evaluation.Confidence * 100)} %";

        // A ceiling and the difference of a loss are tested negated; people read them as they are.
        var own = measurement.Test is RuleTest.AtLeast or RuleTest.AtMost;
        var relative = IsRelative(measurement);
        var turned = measurement.Test == RuleTest.AtMost || (!own && !relative && IsLoss(measurement, evaluation.Task));
        string Show(double value) => own ? Number(turned ? -value : value, digits) : Signed(turned ? -value : value, digits);
        var text = own ? Show(measurement.Estimate!.Value)
            : relative ? $"{Number(measurement.Challenger!.Value, digits)}, room {Show(measurement.Estimate!.Value)}"
            : $"difference {Show(measurement.Estimate!.Value)}";
        if (measurement is not { Lower: { } lower, Upper: { } upper })
        {
            return $"{text}, no bounds ({measurement.Note})";
        }

        var (below, above) = turned ? (upper, lower) : (lower, upper);
        return measurement.Kind == RuleKind.Alarm
            ? $"{text}, {level} bounds {Show(below)} and {Show(above)} (unadjusted), harm p {PValue(adjustedHarm)} after Holm"
            : $"{text}, {(turned ? "upper" : "lower")} {level} bound {Show(lower)}";
    }

    private static string Rows(long rows, Evaluation evaluation)
    {
        var samples = evaluation.Challenger.Replicates.Length;
        var text = $"{rows.ToString("N0", CultureInfo.InvariantCulture)} rows";
        return samples > 1 ? $"{text}, {samples.ToString(CultureInfo.InvariantCulture)} samples" : text;
    }

    /// <summary>Groups that a fairness rule leaves out are named with its numbers.</summary>
    private static string LeftOut(RuleMeasurement measurement)
        => measurement is { By: not null, Note: { } note, Lower: not null } ? $" ({note})" : string.Empty;

    private static string Result(RuleMeasurement measurement, FindingResult result) => result switch
    {
        FindingResult.Pass when measurement is { Kind: RuleKind.Alarm, MinimalDetectable: { } detectable }
            => $"pass; a change of {Number(detectable, Digits(measurement))} would have been seen",
        FindingResult.Pass => "pass",
        FindingResult.Fail => "fail",
        FindingResult.NotJudged => "not judged",
        FindingResult.Waived => "waived",
        _ when measurement.RowsToDecide is { } rows
            => $"inconclusive; about {rows.ToString("N0", CultureInfo.InvariantCulture)} rows would decide",
        _ when measurement.Lower is null => "inconclusive",
        _ => "inconclusive; more rows alone would not decide, train more seeds",
    };

    private static bool IsLoss(RuleMeasurement measurement, ModelTask task)
        => RuledMetric.Of(measurement, task).IsLoss;

    /// <summary>As many decimals as the standard error gives sense to, at least three.</summary>
    private static int Digits(RuleMeasurement measurement)
        => measurement.StandardError is { } error and > 0
            ? Math.Clamp((int)Math.Ceiling(-Math.Log10(error)), 3, 6)
            : 3;

    private static int DigitsOf(double value)
    {
        var text = EvaluationProblems.Number(value);
        var point = text.IndexOf('.', StringComparison.Ordinal);
        return point < 0 ? 0 : text.Length - point - 1;
    }

    private static string Number(double value, int digits)
        => value.ToString("N" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static string Signed(double value, int digits)
    {
        var text = Number(Math.Abs(value), digits);
        return text.AsSpan().IndexOfAnyInRange('1', '9') < 0 ? text : (value < 0 ? "-" : "+") + text;
    }

    private static string PValue(double? p) => p switch
    {
        null => "unknown",
        < 0.001 => "< 0.001",
        { } value => value.ToString("0.000", CultureInfo.InvariantCulture),
    };
}
