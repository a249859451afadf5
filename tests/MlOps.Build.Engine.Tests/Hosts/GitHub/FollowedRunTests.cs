using System.Net;
using System.Text.Json;

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
        Open((3, "octo/flights", Head), (7, "Fork/flights", Head), (8, "fork/flights", new string('c', 40)));
        var host = world.Host();

        var followed = await host.FollowAsync(TestContext.Current.CancellationToken);
        var delivery = await host.CommentAsync(GitHubWorld.Comment(), TestContext.Current.CancellationToken);

        Assert.Equal((7, "https://github.test/runs/1", null), (followed.PullRequest!.Number, followed.Page, followed.WhyNot));
        Assert.True(delivery.Done);
        Assert.Single(world.Server.Comments);
    }

    [Theory]
    [InlineData("fork/flights", "moved")]
    [InlineData("other/flights", "other repository")]
    [InlineData(null, "deleted fork")]
    public async Task Without_an_open_pull_request_of_this_head_nothing_is_written(string? repository, string how)
    {
        Follows(repository, Head);
        Open((7, "fork/flights", how == "moved" ? new string('d', 40) : Head));
        var host = world.Host();

        var followed = await host.FollowAsync(TestContext.Current.CancellationToken);
        var delivery = await host.CommentAsync(GitHubWorld.Comment(), TestContext.Current.CancellationToken);

        Assert.Null(followed.PullRequest);
        Assert.NotNull(followed.WhyNot);
        Assert.False(delivery.Done);
        Assert.Empty(world.Server.Comments);
    }

    [Fact]
    public async Task A_head_that_moves_after_it_was_found_drops_the_comment()
    {
        Follows("fork/flights", Head);
        Open((7, "fork/flights", Head));
        world.Server.Head = new string('e', 40);
        var host = world.Host();
        await host.FollowAsync(TestContext.Current.CancellationToken);

        await host.CommentAsync(GitHubWorld.Comment(), TestContext.Current.CancellationToken);

        Assert.Empty(world.Server.Comments);
    }

    [Fact]
    public async Task Another_event_follows_nothing()
        => Assert.Null((await world.Host().FollowAsync(TestContext.Current.CancellationToken)).PullRequest);

    private void Follows(string? repository, string sha) => world.Event("workflow_run", JsonSerializer.Serialize(new
    {
        workflow_run = new
        {
            @event = "pull_request",
            head_sha = sha,
            html_url = "https://github.test/runs/1",
            pull_requests = Array.Empty<object>(),
            head_repository = repository is null ? null : new { full_name = repository },
        },
    }));

    private void Open(params (int Number, string Repository, string Sha)[] pulls)
        => world.Server.Fails(request => request.RequestUri!.AbsolutePath.EndsWith("/pulls", StringComparison.Ordinal)
            ? FakeGitHub.Answer(HttpStatusCode.OK, JsonSerializer.Serialize(pulls.Select(pull => new
            {
                number = pull.Number,
                state = "open",
                head = new { sha = pull.Sha, @ref = "topic", repo = new { full_name = pull.Repository } },
                @base = new { sha = new string('b', 40), @ref = "main" },
            })))
            : null);
}
