namespace MlOps.Build.Engine.Hosts.AzureDevOps;

/// <summary>The addresses of a pull request, below the collection.</summary>
internal sealed class PullRequestPaths(AzureJob job, long number)
{
    private readonly string root = FormattableString.Invariant(
        $"{Uri.EscapeDataString(job.ProjectId)}/_apis/git/repositories/{Uri.EscapeDataString(job.RepositoryId)}");

    private string Number => FormattableString.Invariant($"{root}/pullRequests/{number}");

    /// <summary>Small letters only here: that is how the service describes itself.</summary>
    public string PullRequest => FormattableString.Invariant($"{root}/pullrequests/{number}");

    public string Iterations => Number + "/iterations";

    public string Statuses => Number + "/statuses";

    public string Threads => Number + "/threads";

    public string Thread(int id) => FormattableString.Invariant($"{Threads}/{id}");

    public string Comment(int thread, int id) => FormattableString.Invariant($"{Thread(thread)}/comments/{id}");
}
