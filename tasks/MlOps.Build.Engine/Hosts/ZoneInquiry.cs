using MlOps.Build.Engine.Hosts.AzureDevOps;

namespace MlOps.Build.Engine.Hosts;

/// <summary>
/// The zone of a job, with what its build server itself says of the branch. GitHub's runner writes the default branch into its event;
/// Azure DevOps has to be asked, because a variable of a pipeline is whatever its file says.
/// </summary>
/// <param name="environment">The variables of this process.</param>
/// <param name="network">The way to Azure DevOps.</param>
public sealed class ZoneInquiry(IEnvironment environment, AzureNetwork? network = null)
{
    /// <summary>For what binds: the server's word where the step has a token, and else that of the variables.</summary>
    public Task<JobZone> AskAsync(CancellationToken cancellationToken) => AskAsync(isRelease: false, cancellationToken);

    /// <summary>For what changes the registry or an environment: without the server's word no branch is the default one.</summary>
    public Task<JobZone> AskToReleaseAsync(CancellationToken cancellationToken) => AskAsync(isRelease: true, cancellationToken);

    private async Task<JobZone> AskAsync(bool isRelease, CancellationToken cancellationToken)
    {
        var zone = ZoneProbe.Of(environment);
        var branch = environment.Get("BUILD_SOURCEBRANCH") ?? string.Empty;
        if (!IsBranchOfAzureRepos(zone, branch))
        {
            return isRelease && zone.MayRelease && IsNamedByThePipeline(branch) ? Elsewhere(branch) : zone;
        }

        var (job, missing) = AzureJob.Of(environment);
        if (job is not { RepositoryId.Length: > 0 })
        {
            return isRelease && zone.MayRelease ? Unknown(branch, missing ?? "the agent names no repository (BUILD_REPOSITORY_ID)") : zone;
        }

        var (actual, whyNot) = await DefaultBranch.AskAsync(job, network ?? new(), cancellationToken);
        return whyNot is not null ? Unknown(branch, whyNot)
            : actual == branch ? new(ZoneKind.Trusted, $"{branch} is the default branch.")
            : new(ZoneKind.Advisory, $"'{branch}' is not the default branch, which is '{actual}' as Azure DevOps says.");
    }

    /// <summary>A pull request, a fork or a tag is none whatever the server says, and of GitHub's repositories Azure DevOps knows no default branch.</summary>
    private bool IsBranchOfAzureRepos(JobZone zone, string branch)
        => HostProbe.Of(environment).Name == "azure-devops"
            && zone.Kind is ZoneKind.Trusted or ZoneKind.Advisory
            && branch.StartsWith("refs/heads/", StringComparison.Ordinal)
            && environment.Get("BUILD_REPOSITORY_PROVIDER")?.Trim() is null or "" or "TfsGit";

    /// <summary>Whether only a variable makes it the default branch: the file of the pipeline sets it, on a branch that anybody with write access pushes.</summary>
    private bool IsNamedByThePipeline(string branch)
        => HostProbe.Of(environment).Name == "azure-devops" && branch is not ("refs/heads/main" or "refs/heads/master");

    private JobZone Elsewhere(string branch)
        => new(ZoneKind.Advisory, $"Nobody says that '{branch}' is the default branch: Azure DevOps does not know it of a repository of {environment.Get("BUILD_REPOSITORY_PROVIDER")?.Trim()}, and a variable is what the pipeline's file says.")
        {
            Fix = "Release from main or master, from Azure Repos, or with GitHub Actions, whose runner names the default branch.",
        };

    private static JobZone Unknown(string branch, string whyNot)
        => new(ZoneKind.Advisory, $"Nobody says that '{branch}' is the default branch: {whyNot}.")
        {
            Fix = "Map the token of the job, `env: SYSTEM_ACCESSTOKEN: $(System.AccessToken)`, let the build service read the repository, and run it again.",
        };
}
