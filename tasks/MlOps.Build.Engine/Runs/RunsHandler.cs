using MlOps.Build.Contracts;
using MlOps.Build.Engine.Training;

namespace MlOps.Build.Engine.Runs;

/// <summary>Answers <c>mlops runs list|show|compare</c>.</summary>
public sealed class RunsHandler(RunStore runs)
{
    /// <summary>The newest runs.</summary>
    public Answer<RunList> List(int limit)
        => new(new RunList { Runs = [.. runs.NewestFirst().Take(limit).Select(Line)], Total = runs.Count() }, ExitCode.Ok);

    /// <summary>One run.</summary>
    /// <exception cref="ProblemException">MLO2406: there is no such run.</exception>
    public Answer<RunDetails> Show(string name) => new(Details(runs.Find(name)), ExitCode.Ok);

    /// <summary>Two runs, held against each other.</summary>
    /// <exception cref="ProblemException">MLO2406: no such run. MLO2407: both names are the same run.</exception>
    public Answer<RunComparison> Compare(string left, string right)
    {
        var (first, second) = (runs.Find(left), runs.Find(right));
        if (first.Record.Id == second.Record.Id)
        {
            throw new ProblemException(new Problem(
                "MLO2407",
                $"Run {first.Record.Id} cannot be compared with itself.",
                $"Both '{left}' and '{right}' are that run.",
                "Name two different runs; `mlops runs list` shows them."));
        }

        return new(RunDifferences.Between(Details(first), Details(second)), ExitCode.Ok);
    }

    private static RunDetails Details(StoredRun run) => new()
    {
        State = run.State,
        Folder = run.Folder,
        Run = run.Record,
        Training = run.Record.ModelDigest is null ? null : TrainingOf(run.Folder),
        Metrics = MetricsOf(Path.Combine(run.Folder, "events.jsonl")),
    };

    private static TrainingRecord? TrainingOf(string folder)
    {
        var path = Path.Combine(folder, "training.json");
        return File.Exists(path) ? Documents.Read<TrainingRecord>(path) : null;
    }

    private static ReportedMetric[] MetricsOf(string events)
        => !File.Exists(events)
            ? []
            : [.. File.ReadLines(events)
                .Select(EventLine.TryParse)
                .Where(line => line?.Metric is not null)
                .GroupBy(line => line!.Metric!, StringComparer.Ordinal)
                .Select(group => new ReportedMetric(group.Key, group.Last()!.Step, group.Last()!.Value))
                .OrderBy(metric => metric.Name, StringComparer.Ordinal)];

    private static RunLine Line(StoredRun run) => new()
    {
        Id = run.Record.Id,
        State = run.State,
        Kind = run.Record.Kind,
        Mode = run.Record.Mode,
        StartedAt = run.Record.StartedAt,
        Seconds = (run.Record.EndedAt - run.Record.StartedAt)?.TotalSeconds,
        Commit = run.Record.Git.Commit,
        Dirty = run.Record.Git.Dirty,
        Seed = run.Record.Seed,
        Verdict = run.Record.Verdict,
        ProblemCode = run.Record.ProblemCode,
    };
}
