using System.CommandLine;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Hosts;
using MlOps.Build.Engine.Registry;
using MlOps.Build.Tool.Application;
using MlOps.Build.Tool.Pages;

namespace MlOps.Build.Tool.Verbs.Register;

/// <summary><c>mlops register</c>.</summary>
internal static class RegisterCommand
{
    public static VerbCommand Create(ToolHost host)
    {
        var run = new Option<string>("--run")
        {
            Description = "The pipeline run: an id, its beginning, or latest.",
            HelpName = "id",
            Required = true,
        };
        var bootstrap = new Option<bool>("--bootstrap") { Description = "Admit a first model while there is no champion; the registry records it." };
        var accept = new Option<string[]>("--accept")
        {
            Description = "A suspicious file that belongs to the model; the registry records it. May be repeated.",
            HelpName = "file",
        };
        var attest = new Option<string?>("--attest-key")
        {
            Description = "A PEM file with an ECDSA P-256 private key that attests the verdict.",
            HelpName = "file",
        };
        return new VerbCommand("register", "Puts the model of a judged full-mode run into the registry.")
        {
            Examples = ["mlops register --run latest", "mlops register --run 01JDA4 --bootstrap"],
            Exits = [ExitCode.Ok, ExitCode.Unavailable, ExitCode.Refused],
        }.With(run, bootstrap, accept, attest).Answers(
            host,
            async (context, cancellation) =>
            {
                var world = RegistryFactory.World(context);
                HostedFolder.Refuse(context.ProjectRoot, world.Project.Registry, host.Environment);
                var stored = (await context.RunsAsync(cancellation)).Find(context.Value(run)!, RunKind.Pipeline);
                var handler = RegistryFactory.Register(context, world);
                var answer = await handler.HandleAsync(
                    new RegisterRequest
                    {
                        ProjectRoot = context.ProjectRoot,
                        RunsFolder = Path.GetDirectoryName(stored.Folder)!,
                        RunId = stored.Record.Id,
                        Bootstrap = context.Value(bootstrap),
                        Accept = context.Value(accept) ?? [],
                        AttestationKey = context.Value(attest) is { } file ? Path.GetFullPath(file, host.WorkingDirectory) : null,
                    },
                    cancellation);
                return new Answer<Registration>(answer, ExitCode.Ok);
            },
            Page);
    }

    private static Page Page(Registration answer)
    {
        var page = new Page()
            .Line($"{Digest.Short(answer.ModelDigest)} {(answer.AlreadyRegistered ? "was in the registry already" : "is in the registry")}.")
            .Fields(
                ("Model", answer.Model),
                ("Digest", answer.ModelDigest),
                ("Verdict", answer.Verdict.ToString().ToLowerInvariant()),
                ("Run", answer.RunId),
                ("First model", answer.Bootstrap ? "yes, compared with nothing" : null));
        foreach (var finding in answer.Accepted)
        {
            page.Line($"Accepted on record: {finding.Sentence}");
        }

        page.Line("next    mlops deploy --to <environment>");
        page.Line("        Puts the model there; `mlops status` says what it waits for, such as an approval.");
        return page;
    }
}
