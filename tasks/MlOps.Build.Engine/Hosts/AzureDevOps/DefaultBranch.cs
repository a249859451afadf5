namespace MlOps.Build.Engine.Hosts.AzureDevOps;

/// <summary>Which branch of the repository is the default one, as Azure DevOps itself says: no variable of a job does.</summary>
internal static class DefaultBranch
{
    /// <summary>The branch with <c>refs/heads/</c>, or null and why it is not known, as the middle of a sentence.</summary>
    public static async Task<(string? Branch, string? WhyNot)> AskAsync(AzureJob job, AzureNetwork network, CancellationToken cancellationToken)
    {
        try
        {
            using var client = new RestClient(job.Collection, job.Token, network, new(network.Budget));
            var path = $"{Uri.EscapeDataString(job.ProjectId)}/_apis/git/repositories/{Uri.EscapeDataString(job.RepositoryId)}";
            return (await client.GetAsync(path, cancellationToken)).Text("defaultBranch") is { Length: > 0 } branch
                ? (branch, null)
                : (null, "Azure DevOps names none");
        }
        catch (RestException exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return (null, exception.Message);
        }
    }
}
