using System.Globalization;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Evaluating;

namespace MlOps.Build.Engine.Reporting;

/// <summary>How a run was measured, and what its parts are bound to.</summary>
internal static class Facts
{
    public static IReadOnlyList<Fact> Measured(ReportInput input)
    {
        var evaluation = input.Evaluation;
        var level = ReportNumber.Percent(evaluation.Confidence);
        var facts = new List<Fact>
        {
            new("Judged on", Holdout(evaluation.Holdout, input.Run.Split)),
            new("Trained on", Training(input.Run)),
            new("Trainings a side", $"{ReportNumber.Count(evaluation.Challenger.Replicates.Length)} (seeds {string.Join(", ", evaluation.Challenger.Replicates.Take(10).Select(replicate => Number(replicate.Seed)))})"
                + (evaluation.Challenger.Replicates.Length < 2 ? "; training noise not measured" : string.Empty)),
            new("Intervals", $"an interval of {Interval(evaluation.Confidence)} is made of two one-sided {level} bounds; a rule is decided by one of them. "
                + "Intervals of slices are not adjusted for their number; alarms are decided by Holm's adjusted p-values. "
                + "Changes in percent are the tested bounds divided by the baseline's value."),
            new("Bootstrap", $"{ReportNumber.Count(evaluation.Resamples)} resamples, seed {Number(evaluation.Seed)}"),
        };
        if (Detectable(evaluation) is { } detectable)
        {
            facts.Add(new("Smallest change that would be seen", detectable));
        }

        if (evaluation.ThresholdChoice is { } choice)
        {
            facts.Add(new("Thresholds", $"a score of this or more is predicted positive, {choice.Sentence()}"));
        }
        else if (evaluation.Threshold is { } threshold)
        {
            facts.Add(new("Threshold", $"a score of {ReportNumber.Short(threshold)} or more is predicted positive"));
        }

        if (evaluation.Metrics.FirstOrDefault()?.Difference is { } difference)
        {
            facts.Add(new("Method of the primary metric", difference.Method));
        }

        if (input.Run.Timings.Length > 0)
        {
            facts.Add(new("Time", string.Join(", ", input.Run.Timings.Take(20).Select(timing => $"{timing.Step} {Seconds(timing.Seconds)}"))));
        }

        var machine = input.Run.Machine;
        facts.Add(new("Machine", $"{machine.Platform}, {Number(machine.Processors)} processors, .NET {machine.Runtime}"));
        return [.. facts.Select(fact => fact with { Value = PlainText.Line(fact.Value, 600) })];
    }

    public static IReadOnlyList<Fact> Provenance(ReportInput input)
    {
        var subject = input.Verdict.Subject;
        var run = input.Run;
        var facts = new List<Fact>
        {
            new("Run", run.Id),
            new("Commit", (run.Git.Commit ?? "none") + (run.Git.Dirty ? " with uncommitted changes" : string.Empty)),
            new("Verdict", input.VerdictDigest),
            new("Evaluation", subject.Evaluation),
            new("Policy", subject.Policy),
            new("Data", run.SnapshotDigest ?? "none"),
            new("Holdout", subject.Holdout),
        };
        facts.AddRange((subject.Policies ?? []).Select(policy => new Fact("Policy file", $"{policy.Path} {policy.Digest}")));
        facts.AddRange(subject.Challengers.Select(digest => new Fact("Challenger model", digest)));
        facts.AddRange(subject.Baselines.Select(digest => new Fact("Baseline model", digest)));
        facts.Add(new("Engine", $"{run.Machine.EngineVersion} {subject.Engine}"));
        facts.Add(new("Judged at", $"{Time(input.Verdict.CreatedAt)}; can be approved until {Time(input.Verdict.ExpiresAt)}"));
        return [.. facts.Select(fact => fact with { Value = PlainText.Line(fact.Value, 200) })];
    }

    /// <summary>The level that two one-sided bounds make together.</summary>
    public static string Interval(double confidence) => ReportNumber.Percent((2 * confidence) - 1);

    public static string? Detectable(Evaluation evaluation)
        => evaluation.Metrics.FirstOrDefault() is { Difference.MinimalDetectable: > 0 } primary
            && MetricRow.Of(primary, evaluation.Task) is var row
            ? $"{row.Title} by {row.MinimalDetectable} (power 80 %)"
            : null;

    private static string Holdout(HoldoutRecord holdout, SplitRecord? split)
    {
        var rows = $"{ReportNumber.Count(holdout.Rows)} rows";
        var of = holdout.TotalRows > holdout.Rows ? $" of the {ReportNumber.Count(holdout.TotalRows)} in the holdout" : " of the holdout";
        var from = split?.HoldoutFrom is { } time ? $", from {time}" : string.Empty;
        var classes = holdout.Classes.Length > 0
            ? $" ({string.Join(", ", holdout.Classes.Take(10).Select(item => $"{item.Name}: {ReportNumber.Count(item.Rows)}"))})"
            : string.Empty;
        return rows + of + from + classes + "; both sides on the same rows";
    }

    private static string Training(RunRecord run) => run switch
    {
        { Sample: { } sample } => $"a sample of {ReportNumber.Count(sample.Rows)} of {ReportNumber.Count(sample.AvailableRows)} training rows",
        { Split: { } split } => $"all {ReportNumber.Count(split.Train.Rows)} training rows",
        _ => "not recorded",
    };

    private static string Seconds(double seconds)
        => seconds.ToString(seconds < 10 ? "0.0" : "0", CultureInfo.InvariantCulture) + " s";

    private static string Time(DateTimeOffset time)
        => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + " UTC";

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
