using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;

namespace MlOps.Build.Engine.Hosts;

/// <summary>A registry in a folder that a build server empties with the job.</summary>
public static class HostedFolder
{
    private static readonly string[] GitHub = ["GITHUB_WORKSPACE", "RUNNER_TEMP"];

    private static readonly string[] AzureDevOps = ["PIPELINE_WORKSPACE", "AGENT_BUILDDIRECTORY", "BUILD_SOURCESDIRECTORY", "AGENT_TEMPDIRECTORY"];

    /// <summary>Refuses to judge or register a model where what is remembered of it ends with the job.</summary>
    /// <exception cref="ProblemException">MLO2527: the folder lies in the job's workspace.</exception>
    public static void Refuse(string projectRoot, RegistryConfiguration registry, IEnvironment environment)
    {
        if (registry.Store == "folder" && Workspace(Path.GetFullPath(registry.Path, Path.GetFullPath(projectRoot)), environment) is { } workspace)
        {
            throw new ProblemException(new Problem(
                "MLO2527",
                $"The registry '{registry.Path}' would end with this job.",
                $"It is a folder in the job's workspace '{workspace}', which the next job does not see: there would never be a champion.",
                "Keep the registry on a branch of the repository: `registry: { store: git, branch: mlops-registry }` in mlops.yml, or name "
                    + "a folder outside of the workspace with `registry.path`."));
        }
    }

    private static string? Workspace(string folder, IEnvironment environment)
        => Names(environment)
            .Select(environment.Get)
            .FirstOrDefault(workspace => !string.IsNullOrEmpty(workspace) && IsInside(folder, Path.GetFullPath(workspace)));

    private static string[] Names(IEnvironment environment) => HostProbe.Of(environment).Name switch
    {
        "github" => GitHub,
        "azure-devops" => AzureDevOps,
        _ => [],
    };

    private static bool IsInside(string folder, string workspace)
        => Path.GetRelativePath(workspace, folder) is var path
            && path != ".."
            && !path.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            && !Path.IsPathRooted(path);
}
