using System.CommandLine;
using System.Globalization;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Deployment;
using MlOps.Build.Tool.Application;
using MlOps.Build.Tool.Pages;

namespace MlOps.Build.Tool.Verbs.Deploy;

/// <summary><c>mlops deploy</c>, <c>mlops rollback</c> and <c>mlops status</c>.</summary>
internal static class DeployCommand
{
    public static VerbCommand Deploy(ToolHost host)
    {
        var model = ReleaseWords.Model();
        var to = ReleaseWords.To();
        return new VerbCommand("deploy", "Puts a model into an environment after everything it relies on was checked again.")
        {
            Examples = ["mlops deploy --to staging", "mlops deploy c41d77aa --to production"],
            Exits = [ExitCode.Ok, ExitCode.Unavailable, ExitCode.Refused, ExitCode.Cancelled],
        }.With(model, to).Answers(
            host,
            async (context, cancellation) =>
            {
                var request = new DeployRequest(context.Value(model), context.Value(to)!);
                return new Answer<DeployAnswer>(
                    await new DeployHandler(RegistryFactory.World(context) with { Vouchers = RegistryFactory.Vouchers(context) }).HandleAsync(request, cancellation), ExitCode.Ok);
            },
            Page);
    }

    public static VerbCommand Rollback(ToolHost host)
    {
        var to = ReleaseWords.To();
        var yes = new Option<bool>("--yes") { Description = "Do it: what answers in the environment changes at once." };
        var reason = new Option<string?>("--reason") { Description = "Why, for the history.", HelpName = "text" };
        var from = new Option<string?>("--from")
        {
            Description = "Only if this model answers: a command that is repeated then goes back once.",
            HelpName = "model",
        };
        return new VerbCommand("rollback", "Takes an environment back to the last model that was good there.")
        {
            Examples = ["mlops rollback --to production --yes --reason \"errors since noon\""],
            Exits = [ExitCode.Ok, ExitCode.Unavailable, ExitCode.Refused, ExitCode.Cancelled],
        }.With(to, yes, reason, from).Answers(
            host,
            async (context, cancellation) =>
            {
                var request = new RollbackRequest
                {
                    Environment = context.Value(to)!,
                    Confirmed = context.Value(yes),
                    Reason = context.Value(reason) ?? string.Empty,
                    From = context.Value(from),
                };
                return new Answer<RollbackAnswer>(
                    await new RollbackHandler(RegistryFactory.World(context)).HandleAsync(request, cancellation), ExitCode.Ok);
            },
            Page);
    }

    public static VerbCommand Status(ToolHost host)
        => new VerbCommand("status", "Says what every environment serves and what waits to get in.")
        {
            Examples = ["mlops status", "mlops status --output json"],
            Exits = [ExitCode.Ok, ExitCode.Refused],
        }.Answers(
            host,
            async (context, cancellation) => new Answer<StatusAnswer>(
                await new StatusHandler(RegistryFactory.World(context)).HandleAsync(cancellation), ExitCode.Ok),
            Page);

    public static Page Page(DeployAnswer answer) => new Page()
        .Line($"{Digest.Short(answer.ModelDigest)} {(answer.AlreadyDeployed ? "answers already" : "answers")} in {answer.Environment}.")
        .Fields(
            ("Model", answer.ModelDigest),
            ("Before", answer.Previous ?? "nothing"),
            ("Generation", answer.Generation.ToString(CultureInfo.InvariantCulture)),
            ("Aliases", string.Join(", ", answer.Aliases)));

    public static Page Page(RollbackAnswer answer) => new Page()
        .Line($"{answer.Environment} went back from {Digest.Short(answer.From)} to {Digest.Short(answer.To)}.")
        .Fields(("Generation", answer.Generation.ToString(CultureInfo.InvariantCulture)));

    public static Page Page(StatusAnswer answer)
    {
        var page = new Page()
            .Fields(
                ("Model", answer.Model),
                ("Champion", answer.Champion is { } champion ? Digest.Short(champion) : "none"),
                ("Challenger", answer.Challenger is { } challenger ? Digest.Short(challenger) : "none"))
            .Table(
                ["Environment", "Serves", "Generation #", "Since", "Rolls back to"],
                answer.Environments.Select(environment => (IReadOnlyList<string>)
                [
                    environment.Name,
                    environment.ModelDigest is { } digest ? Digest.Short(digest) : "nothing",
                    environment.Generation.ToString(CultureInfo.InvariantCulture),
                    environment.Since?.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture) ?? string.Empty,
                    environment.RollsBackTo is { } before ? Digest.Short(before) : string.Empty,
                ]));
        foreach (var environment in answer.Environments)
        {
            foreach (var fault in environment.Faults)
            {
                page.Line($"{environment.Name}: {fault}");
            }

            if (environment.ChallengerWaitsFor is { } reason && answer.Challenger is { } waiting)
            {
                page.Line($"{Digest.Short(waiting)} waits before {environment.Name}: {reason}");
            }
        }

        return page;
    }
}
