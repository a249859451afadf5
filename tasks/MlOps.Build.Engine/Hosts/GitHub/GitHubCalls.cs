using MlOps.Build.Contracts;
using Octokit;

namespace MlOps.Build.Engine.Hosts.GitHub;

/// <summary>Everything that goes over the network. What is refused or takes too long becomes a sentence, never a failed gate.</summary>
internal sealed class GitHubCalls(GitHubJob job, CallBudget budget, Func<HttpMessageHandler> network, Func<double> jitter)
{
    /// <summary>Whether GitHub said that the token may not write here: asking again would give the same answer.</summary>
    public bool Refused { get; private set; }

    public Task<Delivery> CommentAsync(PullRequestIdentity pull, StickyComment comment, CancellationToken cancellationToken)
        => DeliverAsync(client => new StickyWriter(client, job, pull).WriteAsync(comment, cancellationToken), "pull-requests: write", cancellationToken);

    public Task<Delivery> WithdrawAsync(
        PullRequestIdentity pull, IReadOnlySet<string> kept, Func<string, StickyComment> notice, ICollection<string> models, CancellationToken cancellationToken)
        => DeliverAsync(client => new StickyWriter(client, job, pull).WithdrawAsync(kept, notice, models, cancellationToken), "pull-requests: write", cancellationToken);

    public Task<Delivery> SetStatusAsync(string sha, HostStatus status, string? page, CancellationToken cancellationToken)
        => DeliverAsync(
            async client =>
            {
                await client.Repository.Status.Create(job.Owner, job.Repository, sha, new NewCommitStatus
                {
                    Context = status.Name,
                    Description = status.Description.Length <= 140 ? status.Description : status.Description[..139] + "…",
                    State = status.State switch
                    {
                        HostStatusState.Pending => CommitState.Pending,
                        HostStatusState.Succeeded => CommitState.Success,
                        HostStatusState.Failed => CommitState.Failure,
                        _ => CommitState.Error,
                    },
                    TargetUrl = page,
                });
                return Delivery.Ok;
            },
            "statuses: write",
            cancellationToken);

    /// <summary>The reviews of this run's deployments.</summary>
    /// <exception cref="ProblemException">MLO2921: the host did not answer.</exception>
    public async Task<IReadOnlyList<HostApproval>> ApprovalsAsync(string environment, CancellationToken cancellationToken)
    {
        try
        {
            using var handler = Handler(cancellationToken);
            var history = await GitHubClients.Of(job, handler).Actions.Workflows.Runs.GetReviewHistory(job.Owner, job.Repository, job.RunId);
            return
            [
                .. from review in history
                   where review.State.StringValue is "approved" or "rejected"
                   from place in review.Environments
                   where string.Equals(place.Name, environment, StringComparison.OrdinalIgnoreCase)
                   select new HostApproval(place.Name, review.State.StringValue == "approved", review.User.Login, review.Comment, At: null, Attempt: null),
            ];
        }
        catch (Exception exception) when (exception is ApiException or CallGivenUpException)
        {
            throw new ProblemException(new(
                "MLO2921",
                "GitHub does not say who approved this run.",
                exception is ForbiddenException or NotFoundException ? "The job's token may not read the run." : $"{exception.Message.TrimEnd('.')}.",
                "Add `permissions: actions: read` to the job, and run it again.")
            { Exit = ExitCode.Unavailable });
        }
    }

    /// <summary>
    /// The open pull requests with this head. The event names none for a fork, and what the run says of itself was written
    /// by whoever opened the pull request.
    /// </summary>
    /// <exception cref="ProblemException">MLO2962: the host did not answer.</exception>
    public async Task<IReadOnlyList<PullRequestIdentity>> FindAsync(FinishedRun run, CancellationToken cancellationToken)
    {
        try
        {
            using var handler = Handler(cancellationToken);
            var open = await GitHubClients.Of(job, handler).PullRequest.GetAllForRepository(
                job.Owner, job.Repository, new PullRequestRequest { State = ItemStateFilter.Open }, new ApiOptions { PageSize = 100, PageCount = 20 });
            return
            [
                .. from pull in open
                   where pull.Head.Sha == run.HeadSha
                       && string.Equals(pull.Head.Repository?.FullName, run.HeadRepository, StringComparison.OrdinalIgnoreCase)
                   orderby pull.Number
                   select new PullRequestIdentity
                   {
                       Number = pull.Number,
                       HeadSha = run.HeadSha,
                       BaseBranch = pull.Base.Ref,

                       // The head may be in a fork; this job is not, and may write.
                       IsFork = false,
                   },
            ];
        }
        catch (Exception exception) when (exception is ApiException or CallGivenUpException)
        {
            throw new ProblemException(new(
                "MLO2962",
                "GitHub does not say which pull request the run belongs to.",
                exception is ForbiddenException or NotFoundException ? "The job's token may not read pull requests." : $"{exception.Message.TrimEnd('.')}.",
                "Add `permissions: pull-requests: write` to the job, and run it again.")
            { Exit = ExitCode.Unavailable });
        }
    }

    private async Task<Delivery> DeliverAsync(Func<IGitHubClient, Task<Delivery>> call, string right, CancellationToken cancellationToken)
    {
        try
        {
            using var handler = Handler(cancellationToken);
            return await call(GitHubClients.Of(job, handler));
        }
        catch (Exception exception) when (exception is ForbiddenException or AuthorizationException or NotFoundException)
        {
            Refused = true;
            return Delivery.Skipped($"The token of this job may not do this: the report is in the job summary. With `permissions: {right}` it can.");
        }
        catch (Exception exception) when (exception is ApiException or CallGivenUpException)
        {
            return Delivery.Skipped($"{OutputText(exception)}: the report is in the job summary.");
        }
    }

    private static string OutputText(Exception exception) => exception is CallGivenUpException
        ? exception.Message
        : $"GitHub refused ({Processes.OutputNeutraliser.Neutralise(exception.Message).TrimEnd('.')})";

    private CallHandler Handler(CancellationToken cancellationToken)
        => new(job.Api, budget, jitter, cancellationToken) { InnerHandler = network() };
}
