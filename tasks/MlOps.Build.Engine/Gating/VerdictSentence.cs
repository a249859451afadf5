using System.Globalization;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Evaluating;

namespace MlOps.Build.Engine.Gating;

/// <summary>The reason for a verdict in one sentence.</summary>
internal static class VerdictSentence
{
    public static string Of(VerdictKind kind, Evaluation evaluation, IReadOnlyList<Finding> findings, GateContext context)
        => kind switch
        {
            VerdictKind.Fail => First(findings, FindingResult.Fail, advisory: false),
            VerdictKind.Inconclusive when findings.Any(finding => IsBinding(finding, FindingResult.Inconclusive))
                => First(findings, FindingResult.Inconclusive, advisory: false),
            VerdictKind.Inconclusive when evaluation.Baseline is not null => "No rule could be judged: " + findings[0].Sentence,
            VerdictKind.Inconclusive => "There is no champion to compare with; admit the first model with `mlops run --mode full --bootstrap`.",
            VerdictKind.Warn when evaluation.Baseline is null && context.Bootstrap => "First model, admitted by --bootstrap: there was nothing to compare it with.",
            VerdictKind.Warn when evaluation.Baseline is null => "First model: there is nothing to compare it with yet.",
            VerdictKind.Warn when findings.Any(finding => finding.Result == FindingResult.Waived)
                => First(findings, FindingResult.Waived, advisory: false),
            VerdictKind.Warn when evaluation.Contamination is { Result: not ContaminationResult.Clean } contamination
                && !findings.Any(finding => finding.Result is FindingResult.Fail or FindingResult.Inconclusive) => contamination.Sentence,
            VerdictKind.Warn => "An advisory rule is missed: " + findings.First(finding => finding.Result is FindingResult.Fail or FindingResult.Inconclusive).Sentence,
            _ when context.NoChange => "No change: nothing that the trainer reads has changed, the model is the baseline.",
            _ => Pass(evaluation, findings),
        };

    private static bool IsBinding(Finding finding, FindingResult result)
        => finding.Result == result && !finding.Measurement.Advisory;

    private static string First(IReadOnlyList<Finding> findings, FindingResult result, bool advisory)
    {
        var same = findings.Where(finding => finding.Result == result && finding.Measurement.Advisory == advisory).ToList();
        var more = same.Count > 1 ? $" And {Count(same.Count - 1)} more." : string.Empty;
        return same[0].Sentence + more;
    }

    private static string Pass(Evaluation evaluation, IReadOnlyList<Finding> findings)
    {
        var judged = findings.Count(finding => finding.Result == FindingResult.Pass);
        var open = findings.Count(finding => finding.Result == FindingResult.NotJudged);
        var primary = evaluation.Metrics.FirstOrDefault();
        var detectable = primary?.Difference?.MinimalDetectable is { } change
            ? $"; a change of {MetricCatalogue.Find(evaluation.Task, primary.Name)?.Title ?? primary.Name} by {change.ToString("0.####", CultureInfo.InvariantCulture)} would have been seen"
            : string.Empty;
        return $"All {Count(judged)} comparisons hold{(open > 0 ? $", {Count(open)} could not be judged" : string.Empty)}{detectable}.";
    }

    private static string Count(int count) => count.ToString(CultureInfo.InvariantCulture);
}
