using System.Globalization;
using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Pipeline;

/// <summary>What to do after a verdict: only commands that exist.</summary>
public static class NextSteps
{
    /// <summary>The steps, the most useful first.</summary>
    public static IReadOnlyList<NextStep> Of(Verdict verdict, RunRecord run) => (verdict.Kind, run.Mode) switch
    {
        (VerdictKind.Pass or VerdictKind.Warn, RunMode.Full) =>
        [
            new($"mlops register --run {run.Id}", "Puts the model and its verdict into the registry; then it can be approved and deployed."),
        ],
        (VerdictKind.Inconclusive, RunMode.Full) when verdict.Subject.Baselines.Length == 0 =>
        [
            new("mlops run --mode full --bootstrap", "There is no champion yet: this admits a first model, and the registry records it."),
        ],
        (VerdictKind.Pass, _) => [Release("The change may be merged. The release is judged on all data.")],
        (VerdictKind.Warn, _) when verdict.Subject.Baselines.Length == 0 =>
        [
            Release("There was nothing to compare with: a first model is admitted by a release with `--bootstrap`."),
        ],
        (VerdictKind.Fail, _) =>
        [
            new($"mlops gate explain --run {run.Id}", "Says each rule with its numbers."),
            new("mlops runs compare " + string.Join(' ', FirstOfEach(run)), "Shows what differs between the two trainings."),
        ],
        (VerdictKind.Inconclusive, _) =>
        [
            new($"mlops gate explain --run {run.Id}", $"Says what this sample could have seen{Rows(verdict)}."),
            Release("All data decides what a sample cannot."),
        ],
        _ => [new($"mlops gate explain --run {run.Id}", "Says each rule with its numbers.")],
    };

    private static NextStep Release(string reason) => new("mlops run --mode full", reason);

    private static IEnumerable<string> FirstOfEach(RunRecord run) => run.Baselines.Take(1).Concat(run.Challengers.Take(1));

    private static string Rows(Verdict verdict)
    {
        var rows = verdict.Findings
            .Where(finding => finding.Result == FindingResult.Inconclusive)
            .Max(finding => finding.Measurement.RowsToDecide);
        return rows is { } count
            ? string.Create(CultureInfo.InvariantCulture, $"; about {count:N0} judged rows would decide")
            : string.Empty;
    }
}
