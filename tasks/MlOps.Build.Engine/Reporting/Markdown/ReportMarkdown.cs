namespace MlOps.Build.Engine.Reporting;

/// <summary>The report as Markdown for a comment or a job summary.</summary>
public static class ReportMarkdown
{
    private const int MostSteps = 3;

    /// <summary>The whole report within the budget; a host that marks its comments itself wants no marker.</summary>
    public static string Of(ReportInput input, MarkdownFlavour flavour = MarkdownFlavour.GitHub, MarkdownBudget? budget = null, bool marker = true)
    {
        var view = ReportView.Of(input);
        return (budget ?? MarkdownBudget.Comment).Join(
        [
            new("heading", 0, (marker ? ReportMarker.Of(input) : string.Empty) + $"### {view.Icon} {MarkdownText.Escape($"{view.Word}: {view.Subject}")}\n\n"),
            new("sentence", 0, $"**{MarkdownText.Escape(view.Sentence)}**\n\n"),
            new("rules", 0, Rules(view)),
            new("notes", 0, MarkdownText.Escape(string.Join(" ", view.Notes)) + "\n\n"),
            new("next steps", 0, NextSteps(view)),
            new("all rules", 6, MarkdownDetails.Rules(view)),
            new("policy change", 2, MarkdownDetails.PolicyChange(view)),
            new("metrics", 3, MarkdownDetails.Metrics(view)),
            new("slices", 5, MarkdownDetails.Slices(view)),
            new("weak slices", 3, MarkdownDetails.WeakSlices(view)),
            new("fairness", 4, MarkdownDetails.Fairness(view)),
            new("chart data", 4, MarkdownDetails.Charts(view, flavour)),
            new("how this was measured", 1, MarkdownDetails.Measured(view)),
            new("footer", 0, Footer(view)),
        ]);
    }

    internal static string RuleHeading(ReportView view) => $"Change ({view.IntervalName})";

    internal static string[] RuleColumns(ReportView view)
        => ["Rule", $"Baseline {view.BaselineName}#", $"Challenger {view.ChallengerName}#", $"{RuleHeading(view)}#", "Limit#", "Result"];

    private static string Rules(ReportView view)
    {
        var writer = new MarkdownWriter().Table(
            RuleColumns(view),
            view.Headline.Select(row => (IReadOnlyList<string>)
                [row.Rule, row.Baseline, row.Challenger, row.Change, row.Limit, $"{row.Icon} {row.Word}"]));
        return writer.ToString();
    }

    private static string NextSteps(ReportView view)
    {
        if (view.NextSteps.Count == 0)
        {
            return string.Empty;
        }

        var lines = view.NextSteps.Take(MostSteps)
            .Select((step, place) => $"{ReportNumber.Count(place + 1)}. {MarkdownText.Escape(step.Reason.TrimEnd('.', ':'))}: {MarkdownText.Code(step.Command)}\n");
        return $"**What to do next**\n\n{string.Concat(lines)}\n";
    }

    private static string Footer(ReportView view)
    {
        var run = view.RunUrl is { } url ? $"[Run {MarkdownText.Escape(view.Input.Run.Id)}]({url})" : $"Run {MarkdownText.Code(view.Input.Run.Id)}";
        return $"{run} · full report: `report.html` of the run · for {MarkdownText.Code(view.Commit)} · engine {MarkdownText.Escape(view.Input.Run.Machine.EngineVersion)}\n";
    }
}

/// <summary>Whose Markdown it is.</summary>
public enum MarkdownFlavour
{
    /// <summary>Draws mermaid charts.</summary>
    GitHub,

    /// <summary>Does not: numbers only.</summary>
    AzureDevOps,
}
