using System.Globalization;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Evaluating;
using MlOps.Build.Tool.Pages;

namespace MlOps.Build.Tool.Verbs.Gate;

/// <summary>A verdict for people.</summary>
internal static class VerdictPage
{
    /// <summary>The answer, and each rule that does not simply hold.</summary>
    public static Page Summary(Verdict verdict)
    {
        var page = Head(verdict);
        foreach (var finding in verdict.Findings.Where(finding => finding.Result != FindingResult.Pass && finding.Sentence != verdict.Sentence))
        {
            page.Line($"{Word(finding.Result)}: {finding.Sentence}");
        }

        foreach (var environment in verdict.Environments ?? [])
        {
            page.Line($"{environment.Name}: {Word(environment.Kind)}: {environment.Sentence}");
        }

        return page.Line(Counts(verdict));
    }

    /// <summary>Every rule with its numbers and how they were found.</summary>
    public static Page Explanation(Verdict verdict)
    {
        var page = Head(verdict);
        foreach (var finding in verdict.Findings)
        {
            page.Line($"{Word(finding.Result)}: {finding.Sentence}");
            page.Line($"  {Details(finding)}");
        }

        foreach (var environment in verdict.Environments ?? [])
        {
            page.Line($"{environment.Name}: {Word(environment.Kind)} by its own policy");
            foreach (var finding in environment.Findings)
            {
                page.Line($"  {Word(finding.Result)}: {finding.Sentence}");
                page.Line($"    {Details(finding)}");
            }
        }

        return page.Line(Counts(verdict));
    }

    private static Page Head(Verdict verdict)
    {
        var page = new Page().Heading($"{verdict.Model}: {Word(verdict.Kind)}").Line(verdict.Sentence);
        if (verdict.Contamination is { } contamination && contamination.Sentence != verdict.Sentence)
        {
            page.Line(contamination.Sentence);
        }

        if (verdict.ThresholdChoice is { } choice)
        {
            page.Line($"Thresholds were {choice.Sentence()}.");
        }

        if (verdict.PolicyChange is { } change)
        {
            page.Line($"The change edits the policy; its own policy would say {Word(change.Verdict)}: {string.Join("; ", change.Differences)}.");
        }

        return page;
    }

    private static string Details(Finding finding)
    {
        var measurement = finding.Measurement;
        var parts = new List<string> { Word(measurement.Kind), measurement.Method };
        if (finding.Direction is { } direction)
        {
            parts.Add(Word(direction));
        }

        if (measurement.StandardError is { } error)
        {
            parts.Add($"standard error {Number(error)}");
        }

        if (measurement.DegreesOfFreedom is { } df)
        {
            parts.Add($"{df.ToString("0.#", CultureInfo.InvariantCulture)} degrees of freedom");
        }

        if (measurement.MinimalDetectable is { } detectable)
        {
            parts.Add($"a change of {Number(detectable)} would have been seen");
        }

        if (measurement.From is { } file)
        {
            parts.Add($"from {file}");
        }

        return string.Join(", ", parts);
    }

    private static string Counts(Verdict verdict)
        => string.Join(", ", verdict.Findings
            .GroupBy(finding => finding.Result)
            .OrderBy(group => group.Key)
            .Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Count()} {Word(group.Key)}")));

    private static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    private static string Word(VerdictKind kind) => kind.ToString().ToLowerInvariant();

    private static string Word(RuleKind kind) => kind.ToString().ToLowerInvariant();

    private static string Word(FindingResult result) => result == FindingResult.NotJudged ? "not judged" : result.ToString().ToLowerInvariant();

    private static string Word(ChangeDirection direction) => direction switch
    {
        ChangeDirection.NotWorse => "not worse",
        ChangeDirection.CannotTell => "cannot tell",
        _ => direction.ToString().ToLowerInvariant(),
    };
}
