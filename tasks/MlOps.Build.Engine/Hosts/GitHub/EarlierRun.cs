using Octokit;

namespace MlOps.Build.Engine.Hosts.GitHub;

/// <summary>
/// How this workflow ended before. A deleted comment leaves no text behind, so this is what is known of the last verdict:
/// whether the pull request's last finished run was green.
/// </summary>
internal static class EarlierRun
{
    /// <summary>Whether the verdict is of another kind than the last one; where that is not known, a person's deletion stands.</summary>
    public static async Task<bool> DiffersAsync(IGitHubClient client, GitHubJob job, PullRequestState state, bool needsAction)
    {
        if (job.WorkflowFile is not { } file)
        {
            return false;
        }

        try
        {
            var runs = await client.Actions.Workflows.Runs.ListByWorkflow(
                job.Owner,
                job.Repository,
                file,
                new WorkflowRunsRequest { Branch = state.HeadBranch, Event = "pull_request" },
                new ApiOptions { StartPage = 1, PageCount = 1, PageSize = 30 });
            return Last(runs.WorkflowRuns.Where(run => run.Id != job.RunId)) is { } wasGreen && wasGreen == needsAction;
        }
        catch (Exception exception) when (exception is ForbiddenException or NotFoundException)
        {
            // A private repository says so only with `actions: read`.
            return false;
        }
    }

    private static bool? Last(IEnumerable<WorkflowRun> runs) => runs
        .OrderByDescending(run => run.RunNumber)
        .Select(run => run.Conclusion?.StringValue switch { "success" => true, "failure" => false, _ => (bool?)null })
        .FirstOrDefault(green => green is not null);
}
