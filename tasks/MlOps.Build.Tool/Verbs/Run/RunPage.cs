using System.Globalization;
using MlOps.Build.Contracts;
using MlOps.Build.Tool.Pages;

namespace MlOps.Build.Tool.Verbs.Run;

/// <summary>What people see of a run: the verdict first, then each rule, then what to do.</summary>
internal static class RunPage
{
    public static Page Of(RunResult result)
    {
        var verdict = result.Verdict;
        var page = new Page()
            .Heading($"{Word(verdict.Kind)}: {verdict.Model}, {result.Challenger} against {result.Baseline ?? "nothing yet"}")
            .Line(verdict.Sentence)
            .Table(
                ["Result", "Rule"],
                verdict.Findings.Where(DeservesALine).Select(finding => (IReadOnlyList<string>)[Word(finding.Result), WithoutResult(finding)]));
        if (Rest(verdict) is { } rest)
        {
            page.Line(rest);
        }

        foreach (var environment in verdict.Environments ?? [])
        {
            page.Line($"{environment.Name}: {Word(environment.Kind)} by its own policy. {environment.Sentence}");
        }

        if (verdict.Contamination is { } contamination && contamination.Sentence != verdict.Sentence)
        {
            page.Line(contamination.Sentence);
        }

        if (verdict.PolicyChange is { } change)
        {
            page.Line($"This change also changes the policy; by its own rules the verdict would be {Word(change.Verdict)}.");
        }

        page.Line($"report  {result.ReportPath}");
        page.Line($"run     {result.Run.Id}");
        foreach (var step in result.NextSteps)
        {
            page.Line($"next    {step.Command}");
            page.Line($"        {step.Reason}");
        }

        return page;
    }

    /// <summary>The whole holdout always; a slice only where it speaks.</summary>
    private static bool DeservesALine(Finding finding)
        => finding.Measurement.Column is null || finding.Result is FindingResult.Fail or FindingResult.Inconclusive or FindingResult.Waived;

    private static string? Rest(Verdict verdict)
    {
        var quiet = verdict.Findings.Where(finding => !DeservesALine(finding)).ToArray();
        var judged = quiet.Count(finding => finding.Result == FindingResult.Pass);
        return quiet.Length == 0
            ? null
            : $"Slices: {string.Join(", ", Counts(judged, quiet.Length - judged, Reasons(quiet)))}; the report lists them.";
    }

    private static IEnumerable<string> Counts(int judged, int open, string reasons)
    {
        if (judged > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{judged} pass");
        }

        if (open > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{open} not judged ({reasons})");
        }
    }

    private static string Reasons(IEnumerable<Finding> findings)
        => string.Join(", ", findings
            .Where(finding => finding.Result == FindingResult.NotJudged)
            .Select(finding => finding.Measurement.Status switch
            {
                MeasurementStatus.NoBaseline => "no baseline yet",
                MeasurementStatus.TooFewRows => "too few rows",
                _ => "not defined on these rows",
            })
            .Distinct());

    /// <summary>The sentence ends with its result, which the first column says already.</summary>
    private static string WithoutResult(Finding finding)
    {
        var ending = $": {Word(finding.Result)}.";
        return finding.Sentence.EndsWith(ending, StringComparison.Ordinal) ? finding.Sentence[..^ending.Length] : finding.Sentence;
    }

    private static string Word(VerdictKind kind) => kind switch
    {
        VerdictKind.Pass => "PASS",
        VerdictKind.Warn => "WARN",
        VerdictKind.Fail => "FAIL",
        _ => "INCONCLUSIVE",
    };

    private static string Word(FindingResult result) => result switch
    {
        FindingResult.NotJudged => "not judged",
        _ => result.ToString().ToLower(CultureInfo.InvariantCulture),
    };
}
