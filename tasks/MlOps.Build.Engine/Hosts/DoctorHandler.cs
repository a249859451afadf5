using System.Globalization;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Processes;
using MlOps.Build.Engine.Registry;
using MlOps.Build.Engine.Runs;

namespace MlOps.Build.Engine.Hosts;

/// <summary>Answers <c>mlops doctor</c>: looks, and changes nothing.</summary>
public sealed class DoctorHandler(string projectRoot, IProcessRunner processes, IEnvironment environment, Func<ProjectConfiguration, RegistryLog> registry)
{
    /// <summary>Runs every check; the answer is no when a verb would fail for it.</summary>
    public async Task<Answer<DoctorAnswer>> HandleAsync(CancellationToken cancellationToken)
    {
        var result = TryConfiguration();
        DoctorCheck[] checks =
        [
            await ProgramAsync("dotnet", "The .NET SDK builds trainers: install it from https://dot.net.", cancellationToken),
            await ProgramAsync("git", "A pull request is compared with a commit: install git.", cancellationToken),
            Fence(),
            .. await new PackageSourceCheck(projectRoot, processes).LookAsync(cancellationToken),
            .. await new AnalyzerCheck(projectRoot, processes).LookAsync(cancellationToken),
            Settings(result),
            .. result is { Problems.Count: 0 } ? [await RegistryAsync(result.Configuration, cancellationToken)] : Array.Empty<DoctorCheck>(),
        ];
        var answer = new DoctorAnswer { Machine = MachineProbe.Current, Host = HostProbe.Of(environment), Checks = checks };
        return new(answer, checks.Any(check => check.Status == DoctorStatus.Missing) ? ExitCode.Unavailable : ExitCode.Ok);
    }

    private ConfigurationResult? TryConfiguration()
    {
        try
        {
            return ConfigurationReader.TryRead(projectRoot);
        }
        catch (ProblemException)
        {
            return null;
        }
    }

    private static DoctorCheck Fence() => KernelFence.IsAvailable
        ? new("fence", DoctorStatus.Ok, "trainers cannot look into other processes", null)
        : new("fence", DoctorStatus.Warning, "none on this system: a trainer can look into the processes of its user", "Give code of pull requests a job without secrets; see docs/trust.md.");

    private static DoctorCheck Settings(ConfigurationResult? result) => result switch
    {
        null => new("mlops.yml", DoctorStatus.Warning, "not found here or above", "Run mlops in a project, or make one with `dotnet new mlops-project`."),
        { Problems: [var first, ..] } => new("mlops.yml", DoctorStatus.Missing, first.What, "`mlops config validate` lists every mistake."),
        _ => new("mlops.yml", DoctorStatus.Ok, $"model {result.Configuration.Model}", null),
    };

    private async Task<DoctorCheck> ProgramAsync(string program, string fix, CancellationToken cancellationToken)
    {
        try
        {
            var result = await processes.RunAsync(
                new ProcessRequest { Program = program, Arguments = ["--version"], WorkingDirectory = projectRoot }, cancellationToken);
            return result.ExitCode == 0
                ? new(program, DoctorStatus.Ok, result.Output.Trim(), null)
                : new(program, DoctorStatus.Missing, string.Join(' ', result.LastLines), fix);
        }
        catch (ProblemException exception)
        {
            return new(program, DoctorStatus.Missing, exception.Problem.Why, fix);
        }
    }

    private async Task<DoctorCheck> RegistryAsync(ProjectConfiguration configuration, CancellationToken cancellationToken)
    {
        try
        {
            var state = await registry(configuration).StateAsync(configuration.Model, cancellationToken);
            var settings = configuration.Registry;
            var place = settings.Store == "git" ? $"git branch {settings.Branch}" : settings.Path;
            var champion = state.Champion is { } digest ? $"champion {Digest.Short(digest)}" : "no champion yet";
            return new("registry", DoctorStatus.Ok, string.Create(CultureInfo.InvariantCulture, $"{place}: {state.Head.Seq} events, {champion}"), null);
        }
        catch (ProblemException exception)
        {
            return new("registry", DoctorStatus.Missing, exception.Problem.Why, exception.Problem.Fix);
        }
    }
}
