using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Reporting;

/// <summary>What a report shows, as plain text: every form of it says the same.</summary>
internal sealed record ReportView
{
    public const int HeadlineRows = 8;

    public required ReportInput Input { get; init; }

    public required string Icon { get; init; }

    /// <summary>The verdict in a word or two.</summary>
    public required string Word { get; init; }

    /// <summary>What was judged.</summary>
    public required string Subject { get; init; }

    public required string Sentence { get; init; }

    public required string BaselineName { get; init; }

    public required string ChallengerName { get; init; }

    /// <summary>Such as <c>90 % interval</c>.</summary>
    public required string IntervalName { get; init; }

    /// <summary>What a reader must know beside the rules, each a sentence.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    public required IReadOnlyList<RuleRow> Headline { get; init; }

    public required IReadOnlyList<RuleRow> Rules { get; init; }

    public required IReadOnlyList<MetricRow> Metrics { get; init; }

    public required IReadOnlyList<SliceRow> Slices { get; init; }

    public required IReadOnlyList<FairnessTable> Fairness { get; init; }

    public required IReadOnlyList<NextStep> NextSteps { get; init; }

    public required IReadOnlyList<Fact> Measured { get; init; }

    public required IReadOnlyList<Fact> Provenance { get; init; }

    /// <summary>The page of the run, where it is one.</summary>
    public required string? RunUrl { get; init; }

    /// <summary>The first characters of the commit.</summary>
    public required string Commit { get; init; }

    public static ReportView Of(ReportInput input)
    {
        var (evaluation, verdict) = (input.Evaluation, input.Verdict);
        return new()
        {
            Input = input,
            Icon = IconOf(verdict.Kind),
            Word = WordOf(verdict.Kind),
            Subject = PlainText.Line(SubjectOf(input), 200),
            Sentence = PlainText.Line(verdict.Sentence, 800),
            BaselineName = PlainText.Line(evaluation.Baseline?.Name ?? "none yet", 60),
            ChallengerName = PlainText.Line(evaluation.Challenger.Name, 60),
            IntervalName = $"{Facts.Interval(evaluation.Confidence)} interval",
            Notes = [.. NotesOf(input).Select(note => PlainText.Line(note, 400))],
            Headline = RuleRows.Headline(verdict.Findings, evaluation.Task, HeadlineRows),
            Rules = [.. verdict.Findings.Concat((verdict.Environments ?? []).SelectMany(environment => environment.Findings)).Select(finding => RuleRows.Of(finding, evaluation.Task))],
            Metrics = [.. evaluation.Metrics.Select(metric => MetricRow.Of(metric, evaluation.Task))],
            Slices = [.. evaluation.Slices.Select(slice => SliceRow.Of(slice, evaluation.Task)).OfType<SliceRow>()],
            Fairness = [.. evaluation.Fairness.Select(FairnessTable.Of)],
            NextSteps = [.. input.NextSteps.Select(step => new NextStep(PlainText.Line(step.Command, 300), PlainText.Line(step.Reason, 300)))],
            Measured = Facts.Measured(input),
            Provenance = Facts.Provenance(input),
            RunUrl = WebLink.Of(input.Run.Host.RunUrl),
            Commit = PlainText.Line(input.Run.Git.Commit is { Length: > 7 } commit ? commit[..7] : input.Run.Git.Commit ?? "no commit", 40),
        };
    }

    public static string IconOf(VerdictKind kind) => kind switch
    {
        VerdictKind.Pass => "✅",
        VerdictKind.Warn => "⚠️",
        VerdictKind.Fail => "❌",
        _ => "❔",
    };

    public static string WordOf(VerdictKind kind) => kind switch
    {
        VerdictKind.Pass => "Pass",
        VerdictKind.Warn => "Warn",
        VerdictKind.Fail => "Blocked",
        _ => "Cannot tell",
    };

    private static string SubjectOf(ReportInput input)
    {
        var (evaluation, verdict) = (input.Evaluation, input.Verdict);
        var missed = verdict.Findings.Count(finding => finding is { Result: FindingResult.Fail, Measurement.Advisory: false });
        var what = verdict switch
        {
            { NoChange: true } => "no change",
            { Kind: VerdictKind.Fail } => $"{evaluation.Challenger.Name} fails {ReportNumber.Count(missed)} of {ReportNumber.Count(verdict.Findings.Length)} comparisons",
            _ when evaluation.Baseline is null => $"{evaluation.Challenger.Name}, first model",
            _ => $"{evaluation.Challenger.Name} against {evaluation.Baseline!.Name}",
        };
        return $"{verdict.Model}, {what}";
    }

    private static IEnumerable<string> NotesOf(ReportInput input)
    {
        var (evaluation, verdict) = (input.Evaluation, input.Verdict);
        var seen = Facts.Detectable(evaluation) is { } detectable ? $"; the smallest change this would have shown: {detectable}" : string.Empty;
        yield return $"Judged on {ReportNumber.Count(evaluation.Holdout.Rows)} rows{seen}.";
        if (verdict.Findings.Count(finding => finding.Result == FindingResult.NotJudged) is var open and > 0)
        {
            yield return $"Not judged: {ReportNumber.Count(open)} of {ReportNumber.Count(verdict.Findings.Length)} comparisons ({Reasons(verdict.Findings)}).";
        }

        foreach (var environment in verdict.Environments ?? [])
        {
            yield return $"{IconOf(environment.Kind)} {environment.Name}: {WordOf(environment.Kind).ToLowerInvariant()} by its own policy. {environment.Sentence}";
        }

        foreach (var finding in verdict.Findings.Where(finding => finding.Waiver is not null))
        {
            yield return $"🟥 Waived: {finding.Sentence}";
        }

        if (verdict.Contamination is { } contamination)
        {
            yield return contamination.Sentence;
        }

        if (WeakSliceRows.Note(evaluation) is { } weak)
        {
            yield return weak;
        }

        if (verdict.PolicyChange is { } change)
        {
            yield return $"Policy change: this change edits the gate, and the base branch's gate binds. The edited gate would say: {WordOf(change.Verdict)}.";
        }

        if (input.Run.Git.Dirty)
        {
            yield return "Trained with changes that are not committed.";
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
}
