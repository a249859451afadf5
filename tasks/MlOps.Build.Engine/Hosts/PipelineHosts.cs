using MlOps.Build.Engine.Hosts.AzureDevOps;
using MlOps.Build.Engine.Hosts.GitHub;
using MlOps.Build.Engine.Hosts.Inputs;
using MlOps.Build.Engine.Hosts.Local;

namespace MlOps.Build.Engine.Hosts;

/// <summary>Makes the host of this process.</summary>
public static class PipelineHosts
{
    /// <summary>The host that is named (<c>github</c>, <c>azure-devops</c>, <c>local</c>), or the one whose variables are set.</summary>
    /// <param name="name">The name, or null.</param>
    /// <param name="environment">The variables of this process.</param>
    /// <param name="inputs">What <c>--input</c> said; it counts more than what a build server says.</param>
    /// <param name="commands">Where commands to the host are printed.</param>
    /// <param name="time">What the time is.</param>
    public static IPipelineHost Of(string? name, IEnvironment environment, IReadOnlyDictionary<string, string> inputs, TextWriter commands, TimeProvider? time = null)
        => (name ?? HostProbe.Of(environment).Name) switch
        {
            "github" => new GitHubHost(GivenEnvironment.Of(environment, inputs), commands, new() { Time = time ?? TimeProvider.System }),
            "azure-devops" => new AzureDevOpsHost(GivenEnvironment.Of(environment, inputs), commands, new() { Time = time ?? TimeProvider.System }),
            _ => new LocalHost(environment, inputs, commands),
        };
}
