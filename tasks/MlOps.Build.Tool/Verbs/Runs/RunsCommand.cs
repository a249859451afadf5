using System.CommandLine;
using System.Globalization;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Runs;
using MlOps.Build.Tool.Application;
using MlOps.Build.Tool.Pages;

namespace MlOps.Build.Tool.Verbs.Runs;

/// <summary><c>mlops runs list|show|compare</c>.</summary>
internal static class RunsCommand
{
    private static readonly ExitCode[] Exits = [ExitCode.Ok, ExitCode.Unavailable, ExitCode.Refused];

    public static VerbCommand Create(ToolHost host)
        => new VerbCommand("runs", "Lists, shows and compares trainings and pipelines.").With(
            List(host), Show(host), Compare(host));

    private static VerbCommand List(ToolHost host)
    {
        var limit = new Option<int>("--limit") { Description = "How many runs to show.", DefaultValueFactory = _ => 20 };
        return new VerbCommand("list", "Lists the runs of this project, newest first.")
        {
            Examples = ["mlops runs list", "mlops runs list --limit 5 --output json"],
            Exits = Exits,
        }.With(limit).Answers(host, async (context, cancellation) => (await HandlerAsync(context, cancellation)).List(context.Value(limit)), Page);
    }

    private static VerbCommand Show(ToolHost host)
    {
        var run = new Argument<string>("run") { Description = "A run's id, the beginning of one, or 'latest'.", DefaultValueFactory = _ => "latest" };
        return new VerbCommand("show", "Shows one run.")
        {
            Examples = ["mlops runs show latest", "mlops runs show 01KB --output json"],
            Exits = Exits,
        }.With(run).Answers(host, async (context, cancellation) => (await HandlerAsync(context, cancellation)).Show(context.Value(run)!), Page);
    }

    private static VerbCommand Compare(ToolHost host)
    {
        var left = new Argument<string>("left") { Description = "A run's id, the beginning of one, or 'latest'." };
        var right = new Argument<string>("right") { Description = "The other run." };
        return new VerbCommand("compare", "Shows in what two runs differ.")
        {
            Examples = ["mlops runs compare 01KB3 latest"],
            Exits = Exits,
        }.With(left, right).Answers(
            host,
            async (context, cancellation) => (await HandlerAsync(context, cancellation)).Compare(context.Value(left)!, context.Value(right)!),
            Page);
    }

    private static async Task<RunsHandler> HandlerAsync(VerbContext context, CancellationToken cancellationToken)
        => new(await context.RunsAsync(cancellationToken));

    private static Page Page(RunList list)
        => list.Runs.Length == 0
            ? new Page().Line("There are no runs yet. `mlops run` makes the first.")
            : new Page()
                .Table(
                    ["Run#", "State", "What", "Started UTC", "Commit"],
                    list.Runs.Select(run => (IReadOnlyList<string>)
                    [
                        run.Id,
                        StateOf(run),
                        Word(run.Kind),
                        run.StartedAt.ToString("MM-dd HH:mm", CultureInfo.InvariantCulture),
                        Commit(run.Commit, run.Dirty),
                    ]))
                .Line(string.Create(CultureInfo.InvariantCulture, $"{list.Runs.Length} of {list.Total} runs"));

    /// <summary>One run, for people.</summary>
    public static Page Page(RunDetails details)
    {
        var run = details.Run;
        return new Page()
            .Heading($"Run {run.Id}: {Word(details.State)}")
            .Fields(
                ("model", run.Model),
                ("what", $"{Word(run.Mode)} {Word(run.Kind)}"),
                ("problem", run.ProblemCode),
                ("verdict", run.Verdict is { } verdict ? Word(verdict) : null),
                ("started", run.StartedAt.ToString("u", CultureInfo.InvariantCulture)),
                ("time", Seconds((run.EndedAt - run.StartedAt)?.TotalSeconds)),
                ("commit", Commit(run.Git.Commit, run.Git.Dirty)),
                ("branch", run.Git.Branch),
                ("host", run.Host.RunUrl is { } url ? $"{run.Host.Name}, {url}" : run.Host.Name),
                ("actor", run.Host.Actor),
                ("machine", string.Create(CultureInfo.InvariantCulture, $"{run.Machine.Platform}, {run.Machine.Processors} processors, .NET {run.Machine.Runtime}")),
                ("engine", run.Machine.EngineVersion),
                ("data", run.SnapshotDigest),
                ("seed", run.Seed.ToString(CultureInfo.InvariantCulture)),
                ("model digest", run.ModelDigest),
                ("challengers", run.Challengers.Length == 0 ? null : string.Join(", ", run.Challengers)),
                ("baselines", run.Baselines.Length == 0 ? null : string.Join(", ", run.Baselines)),
                ("folder", details.Folder))
            .Fields((details.Training?.Parameters ?? run.Parameters).Select(pair => ($"parameter {pair.Key}", (string?)pair.Value.ToString())))
            .Fields(details.Metrics.Select(metric => ($"reported {metric.Name}", (string?)Number(metric.Value))))
            .Fields((details.Training?.Warnings ?? []).Select(warning => ("warning", (string?)warning)));
    }

    private static Page Page(RunComparison comparison)
    {
        var page = new Page().Line(comparison.SameModel
            ? "Both runs have the same model, byte for byte."
            : "The models differ.");
        return comparison.Differences.Length == 0
            ? page.Line("Nothing else that is recorded differs.")
            : page.Table(
                ["What differs", comparison.Left, comparison.Right],
                comparison.Differences.Select(difference => (IReadOnlyList<string>)
                    [difference.Name, Short(difference.Left), Short(difference.Right)]));
    }

    private static string StateOf(RunLine run)
        => run.Verdict is { } verdict ? $"{Word(run.State)}, {Word(verdict)}"
            : run.ProblemCode is { } code ? $"{Word(run.State)}, {code}"
            : Word(run.State);

    private static string Short(string? value) => value is null ? "-" : Digest.Short(value);

    private static string Commit(string? commit, bool dirty)
        => commit is null ? "-" : commit[..Math.Min(8, commit.Length)] + (dirty ? " + changes" : string.Empty);

    private static string Seconds(double? seconds)
        => seconds is { } value ? value.ToString("0.0", CultureInfo.InvariantCulture) + " s" : "-";

    private static string Number(double? value) => value?.ToString("0.######", CultureInfo.InvariantCulture) ?? "not finite";

    private static string Word(Enum value)
        => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
