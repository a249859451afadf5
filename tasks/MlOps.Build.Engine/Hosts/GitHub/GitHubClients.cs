using Octokit;
using Octokit.Internal;

namespace MlOps.Build.Engine.Hosts.GitHub;

/// <summary>Makes Octokit's client. Nothing outside the calls refers to Octokit, so that no other verb loads it.</summary>
internal static class GitHubClients
{
    /// <summary>
    /// Octokit's own constructor would append <c>api/v3</c> to any server but github.com; a connection takes the address
    /// as it is.
    /// </summary>
    public static GitHubClient Of(GitHubJob job, HttpMessageHandler handler) => new(new Connection(
        new ProductHeaderValue("mlops-build"),
        job.Api,
        new InMemoryCredentialStore(new Credentials(job.Token)),
        new HttpClientAdapter(() => handler),
        new SimpleJsonSerializer()));
}
