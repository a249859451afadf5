using System.Text.Json;
using MlOps.Build.Engine.Hosts;
using MlOps.Build.Engine.Hosts.GitHub;

namespace MlOps.Build.Engine.Tests.Hosts.GitHub;

/// <summary>A job that reports for a fork finds the pull request by what GitHub says of the head.</summary>
public sealed class FollowedRunTests : IDisposable
{
    private static readonly string Head = new('a', 40);

    private readonly GitHubWorld world = new();

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task The_pull_request_with_this_head_gets_the_comment()
    {
        Follows("fork/flights", Head);
        world.Server.Pulls.AddRange([(3, "octo/flights", Head), (7, "Fork/flights", Head), (8, "fork/flights", new string('c', 40))]);
        var host = world.Host();

        var followed = await host.FollowAsync(TestContext.Current.CancellationToken);
        var delivery = await host.CommentAsync(GitHubWorld.Comment(), TestContext.Current.CancellationToken);

        Assert.Equal((7, "https://github.test/runs/1", null), (Assert.Single(followed.PullRequests).Number, followed.Page, followed.WhyNot));
        Assert.Equal((Head, GitHubWorld.Noon), (followed.Head, followed.Began));
        Assert.True(delivery.Done);
        Assert.Contains("verdict=pass workflow=42 -->", Assert.Single(world.Server.On(7)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_open_pull_request_with_this_head_gets_the_comment()
    {
        Follows("fork/flights", Head);
        world.Server.Pulls.AddRange([(7, "fork/flights", Head), (9, "fork/flights", Head)]);
        var host = world.Host();
        await host.FollowAsync(TestContext.Current.CancellationToken);

        await host.CommentAsync(GitHubWorld.Comment(), TestContext.Current.CancellationToken);
        await host.CommentAsync(GitHubWorld.Comment("again"), TestContext.Current.CancellationToken);

        Assert.EndsWith("again", Assert.Single(world.Server.On(7)), StringComparison.Ordinal);
        Assert.EndsWith("again", Assert.Single(world.Server.On(9)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_comment_on_a_model_that_the_run_left_no_report_of_is_withdrawn_and_no_other()
    {
        var host = await FollowingAsync();
        foreach (var model in (string[])["reported", "left"])
        {
            await host.CommentAsync(Older(model), TestContext.Current.CancellationToken);
        }

        world.Server.Add("mallory", world.Server.Comments[1].Body.Replace("model=left", "model=strangers", StringComparison.Ordinal));
        world.Server.Add(FakeGitHub.Login, world.Server.Comments[1].Body.Replace("workflow=42", "workflow=43", StringComparison.Ordinal));
        world.Server.Add(FakeGitHub.Login, world.Server.Comments[1].Body.Replace(" workflow=42", string.Empty, StringComparison.Ordinal));
        var before = world.Server.Comments.ToArray();

        var withdrawal = await host.WithdrawAsync(new HashSet<string> { "reported" }, Notice, TestContext.Current.CancellationToken);

        Assert.Equal(["left"], withdrawal.Models);
        Assert.EndsWith("nothing is known of left", world.Server.Comments[1].Body, StringComparison.Ordinal);
        Assert.Equal(before.Where((_, at) => at != 1), world.Server.Comments.Where((_, at) => at != 1));
    }

    [Fact]
    public async Task A_verdict_on_this_very_commit_by_a_later_run_is_not_withdrawn()
    {
        var host = await FollowingAsync();
        await host.CommentAsync(GitHubWorld.Comment(model: "left", at: GitHubWorld.Noon.AddMinutes(1)), TestContext.Current.CancellationToken);

        var withdrawal = await host.WithdrawAsync(new HashSet<string>(), Notice, TestContext.Current.CancellationToken);

        Assert.Empty(withdrawal.Models);
        Assert.Contains("verdict=pass", Assert.Single(world.Server.Comments).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_no_comment_stands_none_is_withdrawn()
    {
        var host = await FollowingAsync();

        Assert.Empty((await host.WithdrawAsync(new HashSet<string>(), Notice, TestContext.Current.CancellationToken)).Models);
        Assert.Empty(world.Server.Writes);
    }

    [Fact]
    public async Task A_head_that_has_moved_withdraws_nothing()
    {
        var host = await FollowingAsync();
        await host.CommentAsync(GitHubWorld.Comment(model: "left"), TestContext.Current.CancellationToken);
        world.Server.Head = new string('e', 40);

        Assert.Empty((await host.WithdrawAsync(new HashSet<string>(), Notice, TestContext.Current.CancellationToken)).Models);
        Assert.Contains("verdict=pass", Assert.Single(world.Server.Comments).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fork/flights", "moved")]
    [InlineData("other/flights", "other repository")]
    [InlineData(null, "deleted fork")]
    public async Task Without_an_open_pull_request_of_this_head_nothing_is_written(string? repository, string how)
    {
        Follows(repository, Head);
        world.Server.Pulls.Add((7, "fork/flights", how == "moved" ? new string('d', 40) : Head));
        var host = world.Host();

        var followed = await host.FollowAsync(TestContext.Current.CancellationToken);
        var delivery = await host.CommentAsync(GitHubWorld.Comment(), TestContext.Current.CancellationToken);

        Assert.Empty(followed.PullRequests);
        Assert.NotNull(followed.WhyNot);
        Assert.False(delivery.Done);
        Assert.Empty(world.Server.Comments);
    }

    [Theory]
    [InlineData("fork/flights", "success", "fail", true)]
    [InlineData("fork/flights", "failure", "pass", true)]
    [InlineData("fork/flights", "success", "pass", false)]
    [InlineData("fork/flights", null, "fail", false)]
    [InlineData("other/flights", "success", "fail", false)]
    public async Task A_deleted_comment_comes_back_when_the_followed_workflow_changes_its_mind(string from, string? before, string verdict, bool back)
    {
        var host = await FollowingAsync();
        world.Server.Deletions.Add(("User", "github-actions"));
        (world.Server.Workflow, world.Server.RunsFrom) = ("42", from);

        // The fifth run is the one that is followed.
        world.Server.Runs.AddRange([(1, "success"), (2, "failure"), (3, before), (4, "cancelled"), (5, "success"), (6, "failure")]);
        if (before is null)
        {
            world.Server.Runs[0] = world.Server.Runs[1] = (1, null);
        }

        await host.CommentAsync(GitHubWorld.Comment(verdict: verdict), TestContext.Current.CancellationToken);

        Assert.Equal(back ? 1 : 0, world.Server.Comments.Count);
    }

    [Fact]
    public async Task A_head_that_moves_after_it_was_found_drops_the_comment()
    {
        Follows("fork/flights", Head);
        world.Server.Pulls.Add((7, "fork/flights", Head));
        world.Server.Head = new string('e', 40);
        var host = world.Host();
        await host.FollowAsync(TestContext.Current.CancellationToken);

        await host.CommentAsync(GitHubWorld.Comment(), TestContext.Current.CancellationToken);

        Assert.Empty(world.Server.Comments);
    }

    [Fact]
    public async Task Another_event_follows_nothing()
        => Assert.Equal(
            (0, null),
            await world.Host().FollowAsync(TestContext.Current.CancellationToken) is var none ? (none.PullRequests.Count, none.Head) : default);

    /// <summary>A comment of a run before, on a commit before.</summary>
    private static StickyComment Older(string model) => GitHubWorld.Comment(model: model, at: GitHubWorld.Noon.AddMinutes(-5));

    private static StickyComment Notice(string model) => GitHubWorld.Comment($"nothing is known of {model}", "not-judged", model);

    private async Task<GitHubHost> FollowingAsync()
    {
        Follows("fork/flights", Head);
        world.Server.Pulls.Add((7, "fork/flights", Head));
        var host = world.Host();
        await host.FollowAsync(TestContext.Current.CancellationToken);
        return host;
    }

    private void Follows(string? repository, string sha) => world.Event("workflow_run", JsonSerializer.Serialize(new
    {
        workflow_run = new
        {
            @event = "pull_request",
            head_sha = sha,
            workflow_id = 42,
            run_number = 5,
            run_started_at = "2026-11-22T12:00:00Z",
            html_url = "https://github.test/runs/1",
            pull_requests = Array.Empty<object>(),
            head_repository = repository is null ? null : new { full_name = repository },
        },
    }));
}
