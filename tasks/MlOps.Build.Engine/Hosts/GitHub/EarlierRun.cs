using Octokit;

namespace MlOps.Build.Engine.Hosts.GitHub;

/// <summary>
/// How the workflow that judges ended before: this one, or the one that this job reports for. A deleted comment leaves no text
/// behind, so this is what is known of the last verdict: whether the pull request's last finished run was green.
/// </summary>
internal static class EarlierRun
{
    /// <summary>Whether the verdict is of another kind than the last one; where that is not known, a person's deletion stands.</summary>
    public static async Task<bool> DiffersAsync(IGitHubClient client, GitHubJob job, PullRequestState state, bool needsAction)
    {
        var asked = new WorkflowRunsRequest { Branch = state.HeadBranch, Event = "pull_request" };
        var page = new ApiOptions { StartPage = 1, PageCount = 1, PageSize = 30 };
        try
        {
            var runs = (job.Followed, job.WorkflowFile) switch
            {
                ({ Workflow: { } workflow }, _) => await client.Actions.Workflows.Runs.ListByWorkflow(job.Owner, job.Repository, workflow, asked, page),
                (null, { } file) => await client.Actions.Workflows.Runs.ListByWorkflow(job.Owner, job.Repository, file, asked, page),
                _ => null,
            };
            return runs is not null && Last(runs.WorkflowRuns.Where(run => IsBefore(run, job))) is { } wasGreen && wasGreen == needsAction;
        }
        catch (Exception exception) when (exception is ForbiddenException or NotFoundException)
        {
            // A private repository says so only with `actions: read`.
            return false;
        }
    }

    /// <summary>An earlier run on the same branch of the same repository: forks have branches of the same names.</summary>
    private static bool IsBefore(WorkflowRun run, GitHubJob job) => job.Followed is { } followed
        ? run.RunNumber < followed.Number && string.Equals(run.HeadRepository?.FullName, followed.HeadRepository, StringComparison.OrdinalIgnoreCase)
        : run.Id != job.RunId;

    private static bool? Last(IEnumerable<WorkflowRun> runs) => runs
        .OrderByDescending(run => run.RunNumber)
        .Select(run => run.Conclusion?.StringValue switch { "success" => true, "failure" => false, _ => (bool?)null })
        .FirstOrDefault(green => green is not null);
}
