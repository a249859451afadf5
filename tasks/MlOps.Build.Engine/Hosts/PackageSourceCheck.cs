using MlOps.Build.Contracts;
using MlOps.Build.Engine.Processes;

namespace MlOps.Build.Engine.Hosts;

/// <summary>Could another source answer for the packages of this tool?</summary>
internal sealed class PackageSourceCheck(string projectRoot, IProcessRunner processes)
{
    private const string Package = "MlOps.Build.Tool";
    private const string Fix = "Map MlOps.Build.* to your feed in nuget.config (<packageSourceMapping>); see docs/pipelines/air-gapped.md.";

    /// <summary>The check, or nothing where NuGet does not say which files it reads.</summary>
    public async Task<DoctorCheck[]> LookAsync(CancellationToken cancellationToken)
        => await TryPathsAsync(cancellationToken) is { } paths ? [Judge(PackageSources.Of(paths.Select(TryRead), Package))] : [];

    internal static DoctorCheck Judge(PackageSources sources) => sources switch
    {
        { Names: [] } => new("packages", DoctorStatus.Warning, $"no package source is asked for {Package}", Fix),
        { Names: [var only] } => new("packages", DoctorStatus.Ok, $"{Package} comes from {only} alone", null),
        { IsMapped: true } => new("packages", DoctorStatus.Warning, $"{Package} is mapped to several sources: {string.Join(", ", sources.Names)}", Fix),
        _ => new("packages", DoctorStatus.Warning, $"{Package} may come from any of {string.Join(", ", sources.Names)}: no source mapping", Fix),
    };

    private async Task<string[]?> TryPathsAsync(CancellationToken cancellationToken)
    {
        try
        {
            var result = await processes.RunAsync(
                new ProcessRequest { Program = "dotnet", Arguments = ["nuget", "config", "paths"], WorkingDirectory = projectRoot }, cancellationToken);
            return result.Succeeded ? result.Output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : null;
        }
        catch (ProblemException)
        {
            return null;
        }
    }

    private static string TryRead(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return string.Empty;
        }
    }
}
