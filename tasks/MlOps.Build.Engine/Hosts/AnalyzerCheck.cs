using System.Text.Json;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Processes;

namespace MlOps.Build.Engine.Hosts;

/// <summary>Do the compiler's rules for ML.NET look at the projects that use it?</summary>
internal sealed class AnalyzerCheck(string projectRoot, IProcessRunner processes)
{
    private const string Package = "MlOps.Build.Analyzers";
    private const string Fix = $"Add <PackageReference Include=\"{Package}\" PrivateAssets=\"all\" /> to Directory.Build.props; see docs/analyzers.md.";

    /// <summary>A repository of hundreds of projects is not asked one by one.</summary>
    private const int MostProjects = 20;
    private static readonly string[] Skipped = ["bin", "obj", "artifacts", "node_modules", "explore"];

    /// <summary>The check, or nothing where no restored project uses ML.NET.</summary>
    public async Task<DoctorCheck[]> LookAsync(CancellationToken cancellationToken)
    {
        List<(string Project, string? Fault)> found = [];
        foreach (var project in Projects(projectRoot).Take(MostProjects))
        {
            if (await TrySettingsAsync(project, cancellationToken) is { } settings && TryLibraries(settings) is { } libraries && Has(libraries, "Microsoft.ML"))
            {
                found.Add((Path.GetRelativePath(projectRoot, project).Replace('\\', '/'), Fault(settings, libraries)));
            }
        }

        return Judge(found);
    }

    internal static DoctorCheck[] Judge(IReadOnlyList<(string Project, string? Fault)> projects)
    {
        var silent = projects.Where(project => project.Fault is not null).ToArray();
        return projects.Count == 0 ? []
            : silent.Length == 0 ? [new("analyzers", DoctorStatus.Ok, $"look at {string.Join(", ", projects.Select(project => project.Project))}", null)]
            : [new("analyzers", DoctorStatus.Warning, string.Join("; ", silent.Select(project => $"not in {project.Project}: {project.Fault}")), Fix)];
    }

    /// <summary>Why the rules are silent in a project; null where they are not.</summary>
    internal static string? Fault(IReadOnlyDictionary<string, string> settings, IReadOnlyCollection<string> libraries)
        => !Has(libraries, Package) ? $"{Package} is not referenced"
            : Says(settings, "RunAnalyzers", "false") || Says(settings, "RunAnalyzersDuringBuild", "false") ? "analyzers are switched off (RunAnalyzers)"
            : Says(settings, "MlOpsAnalysisMode", "none") ? "MlOpsAnalysisMode is none"
            : null;

    private static bool Has(IReadOnlyCollection<string> libraries, string package)
        => libraries.Any(library => library.StartsWith(package + "/", StringComparison.OrdinalIgnoreCase));

    private static bool Says(IReadOnlyDictionary<string, string> settings, string name, string value)
        => settings.TryGetValue(name, out var said) && string.Equals(said.Trim(), value, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> Projects(string folder)
    {
        var options = new EnumerationOptions { IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Hidden };
        foreach (var file in Directory.EnumerateFiles(folder, "*.csproj", options).Order(StringComparer.Ordinal))
        {
            yield return file;
        }

        foreach (var inner in Directory.EnumerateDirectories(folder, "*", options).Order(StringComparer.Ordinal))
        {
            if (!Skipped.Contains(Path.GetFileName(inner), StringComparer.OrdinalIgnoreCase) && !Path.GetFileName(inner).StartsWith('.'))
            {
                foreach (var project in Projects(inner))
                {
                    yield return project;
                }
            }
        }
    }

    private async Task<Dictionary<string, string>?> TrySettingsAsync(string project, CancellationToken cancellationToken)
    {
        try
        {
            var result = await processes.RunAsync(
                new ProcessRequest
                {
                    Program = "dotnet",
                    Arguments = ["msbuild", project, "-getProperty:ProjectAssetsFile", "-getProperty:RunAnalyzers", "-getProperty:RunAnalyzersDuringBuild", "-getProperty:MlOpsAnalysisMode"],
                    WorkingDirectory = projectRoot,
                },
                cancellationToken);
            return result.Succeeded
                ? JsonDocument.Parse(result.Output).RootElement.GetProperty("Properties").EnumerateObject().ToDictionary(property => property.Name, property => property.Value.GetString() ?? string.Empty)
                : null;
        }
        catch (Exception exception) when (exception is ProblemException or JsonException or KeyNotFoundException)
        {
            return null;
        }
    }

    /// <summary>What NuGet restored, each as name/version; null where nothing is restored yet.</summary>
    private static string[]? TryLibraries(Dictionary<string, string> settings)
    {
        try
        {
            return settings.TryGetValue("ProjectAssetsFile", out var path) && File.Exists(path)
                ? [.. JsonDocument.Parse(File.ReadAllBytes(path)).RootElement.GetProperty("libraries").EnumerateObject().Select(library => library.Name)]
                : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException)
        {
            return null;
        }
    }
}
