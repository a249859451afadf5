using System.Globalization;
using System.Xml.Linq;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Evaluating;
using static MlOps.Build.Engine.Reporting.Html;

namespace MlOps.Build.Engine.Reporting;

/// <summary>
/// What another threshold would decide: a choice that arrow keys move, each with a table of its own, which the style sheet shows.
/// No script is needed, so it works wherever the page is shown, and a screen reader hears the sentence with the choice.
/// </summary>
internal static class HtmlThresholds
{
    private const int Step = 5;

    private static readonly (string Title, Func<ThresholdRow, string> Value)[] Shown =
    [
        ("Precision", row => Share(row.Precision)),
        ("Recall", row => Share(row.Recall)),
        ("Specificity", row => Share(row.Specificity)),
        ("F1", row => Share(row.F1)),
        ("Accuracy", row => Share(row.Accuracy)),
        ("Predicted positive", row => Share(row.Alarms)),
        ("False alarms in 1,000 rows", row => Number(row.FalseAlarmsInThousand)),
        ("Missed in 1,000 rows", row => Number(row.MissedInThousand)),
    ];

    public static XElement? Section(ReportView view)
    {
        var charts = view.Input.Evaluation.Charts;
        if (ScoreBins.Sound(charts.ScoresChallenger) is not { } challenger)
        {
            return null;
        }

        var baseline = ScoreBins.Sound(charts.ScoresBaseline);
        var used = view.Input.Evaluation.Threshold ?? 0.5;
        int[] choices = [.. Enumerable.Range(1, (100 / Step) - 1).Select(place => place * Step)];
        var chosen = choices.MinBy(choice => Math.Abs((choice / 100.0) - used));
        return Html.Section(
            "thresholds",
            "Another threshold",
            E("p", Class("soft"), $"{Judged(view.Input.Evaluation, used)} Counted with the first training of each side. Choose a threshold on validation data, not here: the holdout would flatter it."),
            E("fieldset", Class("explorer"),
                E("legend", "A score of this or more is predicted positive"),
                choices.SelectMany(choice => Choice(choice, choice == chosen)),
                choices.Select(choice => Panel(view, choice, challenger, baseline))),
            HtmlCosts.Part(view, challenger, baseline));
    }

    private static string Judged(Evaluation evaluation, double used)
        => evaluation.ThresholdChoice is { } choice
            ? $"This run was judged at thresholds that were {choice.Sentence()}."
            : $"This run was judged at {ReportNumber.Plain(used, 2)}.";

    private static IEnumerable<XElement> Choice(int percent, bool isChosen)
    {
        var radio = E("input", A("type", "radio"), A("name", "threshold"), A("id", Id(percent)), A("aria-describedby", Id(percent) + "-said"));
        if (isChosen)
        {
            radio.Add(A("checked", "checked"));
        }

        yield return radio;
        yield return E("label", A("for", Id(percent)), Text(percent));
    }

    private static XElement Panel(ReportView view, int percent, ScoreHistogram challenger, ScoreHistogram? baseline)
    {
        var (after, before) = (ThresholdRow.At(challenger, percent), baseline is null ? null : ThresholdRow.At(baseline, percent));
        return E("div", Class("panel"),
            E("p", A("id", Id(percent) + "-said"), $"At {Text(percent)} {view.ChallengerName} finds {Share(after.Recall)} of the positive rows, and {Share(after.Precision)} of what it predicts positive is."),
            Table(
                $"What {Text(percent)} decides.",
                ["Measure", $"{view.BaselineName}#", $"{view.ChallengerName}#"],
                Shown.Select(item => (IReadOnlyList<object>)[item.Title, before is null ? ReportNumber.None : item.Value(before), item.Value(after)])));
    }

    private static string Id(int percent) => FormattableString.Invariant($"threshold-{percent:00}");

    private static string Text(int percent) => (percent / 100.0).ToString("0.00", CultureInfo.InvariantCulture);

    private static string Share(double share) => double.IsNaN(share) ? ReportNumber.None : ReportNumber.Percent(Math.Round(share, 3));

    private static string Number(double number) => double.IsNaN(number) ? ReportNumber.None : ReportNumber.Plain(number, 1);
}
