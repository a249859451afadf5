using System.CommandLine;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Gating;
using MlOps.Build.Engine.Runs;
using MlOps.Build.Tool.Application;

namespace MlOps.Build.Tool.Verbs.Gate;

/// <summary><c>mlops gate selftest</c>.</summary>
internal static class SelfTestCommand
{
    private const int FewestRepetitions = 20;
    private const int MostRepetitions = 10_000;

    public static VerbCommand Create(ToolHost host)
    {
        var run = new Option<string?>("--run") { Description = "A run's id, the beginning of one, or 'latest'; default: the newest with an evaluation." };
        var repetitions = new Option<int>("--repetitions") { Description = "How many models without a change are judged.", DefaultValueFactory = _ => 200, HelpName = "number" };
        var seed = new Option<long>("--seed") { Description = "The seed of every change.", DefaultValueFactory = _ => 42, HelpName = "number" };
        var certificate = new Option<string?>("--certificate") { Description = "Where the certificate is written; default: certificate.json in the folder of the run.", HelpName = "file" };
        repetitions.Validators.Add(result =>
        {
            if (!result.Errors.Any() && result.GetValueOrDefault<int>() is < FewestRepetitions or > MostRepetitions)
            {
                result.AddError($"--repetitions needs a whole number from {FewestRepetitions} to {MostRepetitions}.");
            }
        });
        return new VerbCommand("selftest", "Shows the policy of mlops.yml damaged, improved and unchanged models and says what it lets through.")
        {
            Examples = ["mlops gate selftest", "mlops gate selftest --run latest --output json"],
            Exits = [ExitCode.Ok, ExitCode.No, ExitCode.Unavailable, ExitCode.Refused],
        }.With(run, repetitions, seed, certificate).Answers(
            host,
            async (context, cancellationToken) => new SelfTestHandler(context.Host.Time, MachineProbe.Current.EngineDigest, context.Progress).Handle(
                new()
                {
                    Configuration = context.Configuration(),
                    Runs = await context.RunsAsync(cancellationToken),
                    Run = context.Value(run),
                    Repetitions = context.Value(repetitions),
                    Seed = context.Value(seed),
                    Output = context.Value(certificate) is { } output ? Path.GetFullPath(output, context.Host.WorkingDirectory) : null,
                },
                cancellationToken),
            CertificatePage.Of);
    }
}
