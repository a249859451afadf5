using System.Globalization;
using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Runs;

/// <summary>Finds everything in which two runs differ.</summary>
public static class RunDifferences
{
    /// <summary>The comparison.</summary>
    public static RunComparison Between(RunDetails left, RunDetails right)
    {
        var (first, second) = (Facts(left), Facts(right));
        return new RunComparison
        {
            Left = left.Run.Id,
            Right = right.Run.Id,
            SameModel = left.Run.ModelDigest is { } digest && digest == right.Run.ModelDigest,
            Differences =
            [
                .. first.Keys.Concat(second.Keys).Distinct(StringComparer.Ordinal)
                    .Select(name => new RunDifference(name, first.GetValueOrDefault(name), second.GetValueOrDefault(name)))
                    .Where(difference => difference.Left != difference.Right),
            ],
        };
    }

    private static Dictionary<string, string?> Facts(RunDetails details)
    {
        var run = details.Run;
        var facts = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["state"] = Word(details.State),
            ["kind"] = Word(run.Kind),
            ["mode"] = Word(run.Mode),
            ["commit"] = run.Git.Commit,
            ["dirty"] = run.Git.Dirty ? "yes" : "no",
            ["snapshot"] = run.SnapshotDigest,
            ["train rows"] = run.Split?.Train.Digest,
            ["holdout rows"] = run.Split?.Holdout.Digest,
            ["sample"] = run.Sample?.Digest,
            ["seed"] = Text(run.Seed),
            ["platform"] = run.Machine.Platform,
            ["processors"] = Text(run.Machine.Processors),
            ["runtime"] = run.Machine.Runtime,
            ["engine"] = run.Machine.EngineVersion,
            ["model"] = run.ModelDigest,
            ["predictions"] = run.PredictionsDigest,
            ["verdict"] = run.Verdict is { } verdict ? Word(verdict) : null,
            ["problem"] = run.ProblemCode,
            ["best step"] = details.Training?.BestStep is { } step ? Text(step) : null,
        };
        foreach (var (name, value) in details.Training?.Parameters ?? run.Parameters)
        {
            facts[$"parameter {name}"] = value.ToString();
        }

        foreach (var (name, version) in details.Training?.Frameworks ?? new Dictionary<string, string>())
        {
            facts[$"framework {name}"] = version;
        }

        foreach (var metric in details.Metrics)
        {
            facts[$"reported {metric.Name}"] = metric.Value?.ToString("R", CultureInfo.InvariantCulture) ?? "not finite";
        }

        return facts;
    }

    private static string Word(Enum value)
        => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
