using MlOps.Build.Contracts;
using MlOps.Build.Engine.Hosts;
using MlOps.Build.Engine.Processes;
using MlOps.Build.Tool.Application;
using MlOps.Build.Tool.Pages;

namespace MlOps.Build.Tool.Verbs.Doctor;

/// <summary><c>mlops doctor</c>.</summary>
internal static class DoctorCommand
{
    public static VerbCommand Create(ToolHost host)
        => new VerbCommand("doctor", "Prints versions, digests and what is missing, for a bug report.")
        {
            Examples = ["mlops doctor", "mlops doctor --output markdown"],
            Exits = [ExitCode.Ok, ExitCode.Unavailable],
        }.Answers(
            host,
            LookAsync,
            Page);

    public static Task<Answer<DoctorAnswer>> LookAsync(VerbContext context, CancellationToken cancellation)
        => new DoctorHandler(
            context.ProjectRoot,
            new ProcessRunner(context.Host.Environment, context.Host.Time),
            context.Host.Environment,
            _ => RegistryFactory.World(context).Log).HandleAsync(cancellation);

    public static Page Page(DoctorAnswer answer) => new Page()
        .Fields(
            ("mlops", answer.Machine.EngineVersion),
            ("engine", answer.Machine.EngineDigest),
            ("runtime", $".NET {answer.Machine.Runtime} on {answer.Machine.Platform}"),
            ("host", answer.Host.Name))
        .Table(
            ["Check", "Result", "Found"],
            answer.Checks.Select(check => (IReadOnlyList<string>)
            [
                check.Name,
                check.Status switch { DoctorStatus.Ok => "ok", DoctorStatus.Warning => "note", _ => "MISSING" },
                check.Fix is null ? check.Found : $"{check.Found}. {check.Fix}",
            ]));
}
