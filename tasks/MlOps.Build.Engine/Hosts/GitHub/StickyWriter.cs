using Octokit;

namespace MlOps.Build.Engine.Hosts.GitHub;

/// <summary>Finds, writes and replaces the comment of a model.</summary>
internal sealed class StickyWriter(IGitHubClient client, GitHubJob job, PullRequestIdentity pull)
{
    /// <summary>GitHub takes 2,500 comments on a pull request.</summary>
    private const int MostPages = 25;
    private const int PageSize = 100;

    private int Number => checked((int)pull.Number);

    public async Task<Delivery> WriteAsync(StickyComment comment, CancellationToken cancellationToken)
    {
        try
        {
            return await TryWriteAsync(comment, cancellationToken);
        }
        catch (Exception exception) when (IsUncertain(exception))
        {
            // The server failed while it made a comment: it is there or it is not, so look again before writing again.
            return await TryWriteAsync(comment, cancellationToken);
        }
    }

    /// <summary>Replaces what the followed workflow said of other models before; writes nothing where nothing stands.</summary>
    public async Task<Delivery> WithdrawAsync(
        IReadOnlySet<string> kept, Func<string, StickyComment> notice, ICollection<string> models, CancellationToken cancellationToken)
    {
        if (job.Followed?.Workflow is not { } workflow)
        {
            return Delivery.Ok;
        }

        var state = await PullRequestQuery.AskAsync(client, job, pull, cancellationToken);
        var left = (await StandingAsync(state.Login)).Where(item => item.Marker.Workflow == workflow && !kept.Contains(item.Marker.Model));
        foreach (var standing in left.GroupBy(item => item.Marker.Model, StringComparer.Ordinal))
        {
            var comment = notice(standing.Key) with { ReplaceOnly = true };
            if (StickyDecision.Of(comment, state, [.. standing]) is StickyDecision.Replace replace)
            {
                await ReplaceAsync(replace, StickyMarker.Of(comment, job), comment);
                models.Add(standing.Key);
            }
        }

        return Delivery.Ok;
    }

    private static bool IsUncertain(Exception exception)
        => exception is CallGivenUpException { IsUncertain: true } or ApiException { StatusCode: >= System.Net.HttpStatusCode.InternalServerError };

    private async Task<Delivery> TryWriteAsync(StickyComment comment, CancellationToken cancellationToken)
    {
        var state = await PullRequestQuery.AskAsync(client, job, pull, cancellationToken);
        var marker = StickyMarker.Of(comment, job);
        var decision = StickyDecision.Of(comment, state, [.. (await StandingAsync(state.Login)).Where(item => item.Marker.Model == marker.Model)]);
        switch (decision)
        {
            case StickyDecision.Skip skip:
                return new(false, skip.Notice);
            case StickyDecision.CreateWhenChanged when !await EarlierRun.DiffersAsync(client, job, state, comment.NeedsAction):
                return Delivery.Skipped("A person deleted the comment and the verdict is still the same kind: it is not written again. The report is in the job summary.");
            case StickyDecision.Replace replace:
                await ReplaceAsync(replace, marker, comment);
                return Delivery.Ok;
            default:
                await FittingAsync(marker, comment.Markdown, text => client.Issue.Comment.Create(job.Owner, job.Repository, Number, text));
                return Delivery.Ok;
        }
    }

    private async Task ReplaceAsync(StickyDecision.Replace replace, StickyMarker marker, StickyComment comment)
    {
        await FittingAsync(marker, comment.Markdown, text => client.Issue.Comment.Update(job.Owner, job.Repository, replace.Id, text));
        foreach (var surplus in replace.Surplus)
        {
            await client.Issue.Comment.Delete(job.Owner, job.Repository, surplus);
        }
    }

    /// <summary>All comments of ours, page by page and never by the address that a page names for the next.</summary>
    private async Task<List<StandingComment>> StandingAsync(string login)
    {
        var standing = new List<StandingComment>();
        for (var page = 1; page <= MostPages; page++)
        {
            var comments = await client.Issue.Comment.GetAllForIssue(
                job.Owner, job.Repository, Number, new ApiOptions { StartPage = page, PageCount = 1, PageSize = PageSize });
            standing.AddRange(
                from comment in comments
                where string.Equals(comment.User?.Login, login, StringComparison.OrdinalIgnoreCase)
                let marker = StickyMarker.Read(comment.Body ?? string.Empty)
                where marker is not null
                select new StandingComment(comment.Id, marker));
            if (comments.Count < PageSize)
            {
                break;
            }
        }

        return standing;
    }

    /// <summary>GitHub has refused shorter comments than it promises to take: then the part that is seen at first has to do.</summary>
    private static async Task FittingAsync(StickyMarker marker, string markdown, Func<string, Task<IssueComment>> send)
    {
        try
        {
            await send($"{marker}\n{markdown}");
        }
        catch (ApiValidationException exception) when (exception.Message.Contains("too long", StringComparison.OrdinalIgnoreCase)
            || exception.ApiError?.Errors?.Any(error => error.Message?.Contains("too long", StringComparison.OrdinalIgnoreCase) == true) == true)
        {
            await send($"{marker}\n{Seen(markdown)}");
        }
    }

    /// <summary>The text up to the first part that opens on demand: tables and fences before it are whole.</summary>
    public static string Seen(string markdown)
    {
        var end = markdown.IndexOf("\n<details>", StringComparison.Ordinal);
        return end < 0 ? markdown : $"{markdown[..end]}\n\nThe host takes no longer comment: the rest is in the full report.\n";
    }
}
