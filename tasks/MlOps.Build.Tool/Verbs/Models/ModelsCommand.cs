using System.CommandLine;
using System.Globalization;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Registry;
using MlOps.Build.Tool.Application;
using MlOps.Build.Tool.Pages;

namespace MlOps.Build.Tool.Verbs.Models;

/// <summary><c>mlops models list|show|history</c>.</summary>
internal static class ModelsCommand
{
    public static VerbCommand Create(ToolHost host)
    {
        var model = new Argument<string?>("model")
        {
            Description = "An alias, a digest or the beginning of one; default: the challenger, else the champion.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var at = new Option<DateTimeOffset?>("--at")
        {
            Description = "The moment, such as 2026-11-22T12:00:00Z; default: all that happened.",
            HelpName = "time",
            CustomParser = result => DateTimeOffset.TryParse(
                result.Tokens[0].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
                ? moment
                : Refuse(result),
        };
        ExitCode[] exits = [ExitCode.Ok, ExitCode.Unavailable, ExitCode.Refused];
        return new VerbCommand("models", "Shows what is in the registry.").With(
            new VerbCommand("list", "Lists the packages, newest first.") { Examples = ["mlops models list"], Exits = exits }
                .Answers(host, (context, cancellation) => Answer(Handler(context).ListAsync(cancellation)), List),
            new VerbCommand("show", "Shows one package and where it came from.")
            {
                Examples = ["mlops models show champion", "mlops models show c41d77aa --output json"],
                Exits = exits,
            }.With(model).Answers(
                host, (context, cancellation) => Answer(Handler(context).ShowAsync(context.Value(model), cancellation)), Show),
            new VerbCommand("history", "Shows what happened, and what served at a moment.")
            {
                Examples = ["mlops models history", "mlops models history --at 2026-11-22T12:00:00Z"],
                Exits = exits,
            }.With(at).Answers(
                host, (context, cancellation) => Answer(Handler(context).HistoryAsync(context.Value(at), cancellation)), History));
    }

    private static ModelsHandler Handler(VerbContext context)
    {
        var world = RegistryFactory.World(context);
        return new ModelsHandler(world.Project.Model, world.Log, world.Blobs);
    }

    private static async Task<Answer<T>> Answer<T>(Task<T> answer)
        where T : class, IDocument
        => new(await answer, ExitCode.Ok);

    private static Page List(ModelsAnswer answer)
        => answer.Packages.Length == 0
            ? new Page().Line($"The registry has no package of {answer.Model}. `mlops register --run <id>` makes one.")
            : new Page().Table(
                ["Model", "Registered", "Verdict", "Aliases"],
                answer.Packages.Select(package => (IReadOnlyList<string>)
                [
                    Digest.Short(package.ModelDigest),
                    Time(package.RegisteredAt),
                    package.Verdict?.ToString().ToLowerInvariant() ?? "none",
                    string.Join(", ", package.Aliases),
                ]));

    private static Page Show(ModelAnswer answer)
        => new Page().Fields(
            ("Model", answer.Manifest.Name),
            ("Digest", answer.Summary.ModelDigest),
            ("Aliases", answer.Summary.Aliases.Length == 0 ? null : string.Join(", ", answer.Summary.Aliases)),
            ("Registered", $"{Time(answer.Summary.RegisteredAt)} by {answer.Summary.Actor}"),
            ("Verdict", answer.Summary.Verdict is { } verdict
                ? $"{verdict.ToString().ToLowerInvariant()}, until {Time(answer.Summary.VerdictExpiresAt!.Value)}"
                : null),
            ("Reason", answer.VerdictSentence),
            ("Run", answer.Summary.RunId),
            ("Commit", answer.Manifest.Lineage.Git.Commit),
            ("Data", answer.Manifest.Lineage.SnapshotDigest),
            ("Files", string.Create(CultureInfo.InvariantCulture, $"{answer.Manifest.Files.Length}, {answer.Manifest.SizeBytes:N0} bytes")));

    private static Page History(HistoryAnswer answer)
        => new Page()
            .Heading(answer.At is { } at ? $"Served at {Time(at)}" : "Serves now")
            .Table(
                ["Environment", "Model", "Since"],
                answer.Served.Select(served => (IReadOnlyList<string>)[served.Environment, Digest.Short(served.ModelDigest), Time(served.Since)]))
            .Heading("What happened")
            .Table(
                ["Event #", "When", "Who", "What"],
                answer.Events.Select(item => (IReadOnlyList<string>)
                    [item.Seq.ToString(CultureInfo.InvariantCulture), Time(item.At), item.Actor, item.Sentence]));

    private static string Time(DateTimeOffset time)
        => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);

    private static DateTimeOffset? Refuse(System.CommandLine.Parsing.ArgumentResult result)
    {
        result.AddError($"'{result.Tokens[0].Value}' is not a time such as 2026-11-22T12:00:00Z.");
        return null;
    }
}
