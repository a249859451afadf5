namespace MlOps.Build.Engine.Hosts.AzureDevOps;

/// <summary>The addresses of a pull request, below the collection.</summary>
internal sealed class PullRequestPaths(AzureJob job, long number)
{
    private readonly string root = FormattableString.Invariant(
        $"{Uri.EscapeDataString(job.ProjectId)}/_apis/git/repositories/{Uri.EscapeDataString(job.RepositoryId)}/pullRequests/{number}");

    public string PullRequest => root;

    public string Iterations => root + "/iterations";

    public string Statuses => root + "/statuses";

    public string Threads => root + "/threads";

    public string Thread(int id) => FormattableString.Invariant($"{Threads}/{id}");

    public string Comment(int thread, int id) => FormattableString.Invariant($"{Thread(thread)}/comments/{id}");
}
