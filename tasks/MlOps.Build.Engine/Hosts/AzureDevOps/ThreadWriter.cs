using System.Text.Json.Nodes;

namespace MlOps.Build.Engine.Hosts.AzureDevOps;

/// <summary>Finds, writes and replaces the thread of a model.</summary>
internal sealed class ThreadWriter(RestClient client, PullRequestPaths paths, BuildService identity, string? origin, TimeProvider time)
{
    /// <summary>The property of the thread that holds the marker; it outlives a deleted comment.</summary>
    private const string Property = "mlops.build.marker";

    public async Task<Delivery> WriteAsync(StickyComment comment, CancellationToken cancellationToken)
    {
        try
        {
            return await TryWriteAsync(comment, cancellationToken);
        }
        catch (RestException exception) when (exception.IsUncertain)
        {
            // The server failed while it made a thread: it is there or it is not, so look again before writing again.
            return await TryWriteAsync(comment, cancellationToken);
        }
    }

    /// <summary>Replaces what the same job said of other models in an earlier run; writes nothing where nothing of it stands.</summary>
    public async Task<IReadOnlyList<string>> WithdrawAsync(IReadOnlySet<string> kept, Func<string, StickyComment> notice, CancellationToken cancellationToken)
    {
        var models = new List<string>();
        if (origin is null)
        {
            return models;
        }

        var spared = kept.Select(ThreadMarker.Word).ToHashSet(StringComparer.Ordinal);
        var head = await HeadAsync(cancellationToken);
        var left = Standing(await client.GetAsync(paths.Threads, cancellationToken))
            .Where(thread => thread.Marker.Origin == ThreadMarker.Word(origin) && !spared.Contains(thread.Marker.Model));
        foreach (var standing in left.GroupBy(thread => thread.Marker.Model, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var comment = notice(standing.Key);
            var marker = ThreadMarker.Of(comment, origin) with { Model = standing.Key };
            if (ThreadDecision.Of(marker, replaceOnly: true, head, [.. standing]) is ThreadDecision.Replace replace)
            {
                await ReplaceAsync(replace, marker, comment.Markdown, cancellationToken);
                models.Add(standing.Key);
            }
        }

        return models;
    }

    private async Task<Delivery> TryWriteAsync(StickyComment comment, CancellationToken cancellationToken)
    {
        var marker = ThreadMarker.Of(comment, origin);
        var head = await HeadAsync(cancellationToken);
        var threads = await client.GetAsync(paths.Threads, cancellationToken);
        var decision = ThreadDecision.Of(marker, comment.ReplaceOnly, head, [.. Standing(threads).Where(thread => thread.Marker.Model == marker.Model)]);
        switch (decision)
        {
            case ThreadDecision.Skip skip:
                return new(false, skip.Notice);
            case ThreadDecision.Replace replace:
                await ReplaceAsync(replace, marker, comment.Markdown, cancellationToken);
                return Delivery.Ok;
            default:
                await client.PostAsync(paths.Threads, Thread(marker, comment.Markdown), cancellationToken);
                return Delivery.Ok;
        }
    }

    private async Task<string?> HeadAsync(CancellationToken cancellationToken)
        => (await client.GetAsync(paths.PullRequest, cancellationToken)).Get("lastMergeSourceCommit").Text("commitId");

    private async Task ReplaceAsync(ThreadDecision.Replace replace, ThreadMarker marker, string markdown, CancellationToken cancellationToken)
    {
        await client.PatchAsync(paths.Comment(replace.Thread.Id, replace.Thread.CommentId), new() { ["content"] = Content(marker, markdown) }, cancellationToken);
        if (replace.PatchThread)
        {
            await client.PatchAsync(paths.Thread(replace.Thread.Id), new() { ["status"] = Status(marker), ["properties"] = Properties(marker) }, cancellationToken);
        }

        foreach (var surplus in replace.Surplus)
        {
            await client.DeleteAsync(paths.Comment(surplus.Id, surplus.CommentId), cancellationToken);
        }
    }

    /// <summary>Ours only: anybody may write a marker. One from the future would silence us for good.</summary>
    private List<StandingThread> Standing(JsonNode threads)
        => [..
            from thread in threads.List("value")
            let first = thread.List("comments").FirstOrDefault()
            where thread.Number("id") is not null && identity.IsOurs(first.Get("author"))
            let marker = ThreadMarker.OfComment(first.Text("content")) ?? ThreadMarker.Read(thread.Get("properties").Get(Property).Text("$value"))
            where marker is not null && marker.ValidAt <= time.GetUtcNow().AddHours(1)
            select new StandingThread(
                thread.Number("id")!.Value, first.Number("id") ?? 1, marker, thread.IsTrue("isDeleted") || first.IsTrue("isDeleted"), thread.Text("status"))];

    private static JsonObject Thread(ThreadMarker marker, string markdown) => new()
    {
        ["comments"] = new JsonArray(new JsonObject { ["parentCommentId"] = 0, ["content"] = Content(marker, markdown), ["commentType"] = "text" }),
        ["status"] = Status(marker),
        ["properties"] = Properties(marker),
    };

    /// <summary>An active thread holds up a pull request under the policy that all comments are resolved.</summary>
    private static string Status(ThreadMarker marker) => marker.NeedsAction ? "active" : "closed";

    private static JsonObject Properties(ThreadMarker marker) => new()
    {
        [Property] = new JsonObject { ["$type"] = "System.String", ["$value"] = marker.ToString() },
    };

    private static string Content(ThreadMarker marker, string markdown) => $"{marker.Line}\n\n{markdown}";
}
