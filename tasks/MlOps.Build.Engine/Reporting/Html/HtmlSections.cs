using System.Xml.Linq;
using static MlOps.Build.Engine.Reporting.Html;

namespace MlOps.Build.Engine.Reporting;

/// <summary>The parts of the page; one that has nothing to show is not there.</summary>
internal static class HtmlSections
{
    private const int MostOpenSlices = 20;

    public static XElement Rules(ReportView view)
        => view.Headline.Count == view.Rules.Count
            ? Section("rules", "Rules", RuleTable("Every comparison of the policy: the interval of the change stands beside its limit.", view, view.Rules))
            : Section(
                "rules",
                "Rules",
                RuleTable("What decided, slices that hold counted together: the interval of the change stands beside its limit.", view, view.Headline),
                E("details",
                    E("summary", $"All {ReportNumber.Count(view.Rules.Count)} comparisons"),
                    RuleTable("Every comparison of the policy.", view, view.Rules)));

    private static XElement RuleTable(string caption, ReportView view, IEnumerable<RuleRow> rows)
        => Table(caption, ReportMarkdown.RuleColumns(view), rows.Select(row => (IReadOnlyList<object>)
        [
            row.Rule, row.Baseline, row.Challenger, row.Change, row.Limit,
            E("span", Class("result " + (row.Advisory ? "advisory" : row.Result.ToString().ToLowerInvariant())), Sign(row.Icon, row.Word)),
        ]));

    public static XElement? NextSteps(ReportView view)
        => view.NextSteps.Count == 0
            ? null
            : Section("next", "What to do next", E("ol", view.NextSteps.Select(step
                => E("li", step.Reason, E("br"), E("code", Class("command"), step.Command)))));

    public static XElement? PolicyChange(ReportView view)
        => view.Input.Verdict.PolicyChange is not { } change
            ? null
            : Section(
                "policy",
                "Policy change",
                E("p", $"The edited gate would say: {ReportView.WordOf(change.Verdict)}. The base branch's gate binds."),
                E("ul", change.Differences.Select(item => E("li", item))));

    public static XElement? Metrics(ReportView view)
        => view.Metrics.Count == 0
            ? null
            : Section("metrics", "Metrics", Table(
                $"Every metric on the whole holdout, each with its {view.IntervalName}. In the drawings the baseline is hollow and dashed, the challenger filled and solid; every row has a scale of its own.",
                ["Metric", $"{view.BaselineName}#", $"{view.ChallengerName}#", "Drawn", $"Change ({view.IntervalName})#", "Reading"],
                view.Metrics.Select(row => (IReadOnlyList<object>)
                    [row.Title, row.Baseline, row.Challenger, Drawn(IntervalBars.Sides(row)), row.Change, row.Note.Length > 0 ? $"{row.Reading}; {row.Note}" : row.Reading])));

    public static XElement? Slices(ReportView view)
    {
        if (view.Slices.Count == 0)
        {
            return null;
        }

        if (view.Slices.Count <= MostOpenSlices)
        {
            return Section("slices", "Slices", SliceTable(view, view.Slices));
        }

        // What got worse is never behind a click.
        var worse = view.Slices.Where(row => row.Metric.Reading == MetricRow.Worse).ToArray();
        return Section(
            "slices",
            "Slices",
            worse.Length > 0 ? SliceTable(view, worse) : null,
            E("details", E("summary", SliceSummary(view)), SliceTable(view, view.Slices)));
    }

    private static XElement SliceTable(ReportView view, IReadOnlyList<SliceRow> rows)
    {
        var most = IntervalBars.Most(view.Slices.Select(slice => slice.Metric.ChangeSpread));
        return Table(
            $"{view.Slices[0].Metric.Title} by slice; the intervals are not adjusted for their number. The drawings share one scale; the dotted line is no change.",
            ["Slice", "Rows#", $"{view.BaselineName}#", $"{view.ChallengerName}#", $"Change ({view.IntervalName})#", "Drawn", "Reading"],
            rows.Select(row => (IReadOnlyList<object>)
            [
                row.Name, row.Rows, row.Metric.Baseline, row.Metric.Challenger, row.Metric.Change,
                Drawn(IntervalBars.Change(row.Metric.ChangeSpread, most)),
                row.Sensitive ? $"{row.Metric.Reading} (sensitive)" : row.Metric.Reading,
            ]));
    }

    public static XElement? WeakSlices(ReportView view)
        => view.Input.Evaluation.WeakSlices is not { } search || WeakSliceRows.IsEmpty(search)
            ? null
            : Section(
                "weak-slices",
                WeakSliceRows.Heading,
                E("p", $"Found: {WeakSliceRows.Summary(search, view.Input.Evaluation.Task)}. This informs; the rules above judge."),
                search.Found.Length == 0 ? null : Table("Slices in which the challenger is worse, after Holm's correction over all that were compared.", WeakSliceRows.Columns(view), WeakSliceRows.Rows(view)),
                WeakSliceRows.Explained(search) is { } explained ? E("p", explained) : null,
                WeakSliceRows.LeftOut(search) is { } leftOut ? E("p", leftOut) : null);

    public static XElement? Fairness(ReportView view)
        => view.Fairness.Count == 0
            ? null
            : Section("fairness", "Fairness", view.Fairness.SelectMany(table => new object?[]
            {
                E("h3", $"By {table.Column}"),
                Table($"How both models treat the groups of {table.Column}.", FairnessTable.GroupColumns(view), table.Groups),
                table.Metrics.Count == 0 ? null : Table($"What lies between the groups of {table.Column}.", FairnessTable.MetricColumns(view), table.Metrics),
                table.Notes.Select(note => E("p", note)),
            }));

    private static string SliceSummary(ReportView view)
        => $"All {ReportNumber.Count(view.Slices.Count)} slices: " + string.Join(", ", view.Slices
            .GroupBy(row => row.Metric.Reading)
            .OrderByDescending(group => group.Count())
            .ThenBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => $"{ReportNumber.Count(group.Count())} {group.Key}"));

    private static object Drawn(XElement? drawing) => drawing is null ? ReportNumber.None : drawing;

    public static XElement Facts(string id, string heading, IEnumerable<Fact> facts)
        => Section(id, heading, E("dl", facts.SelectMany(fact => new[] { E("dt", fact.Name), E("dd", fact.Value) })));
}
