using System.Globalization;
using System.Net;
using MlOps.Build.Engine.Hosts;

namespace MlOps.Build.Engine.Tests.Hosts.GitHub;

/// <summary>Limits, failures and rights: what is waited for, what is not, and what is said.</summary>
public sealed class LimitTests : IDisposable
{
    private readonly GitHubWorld world = new();

    private FakeGitHub Server => world.Server;

    [Fact]
    public async Task A_429_is_waited_out_for_as_long_as_it_asks()
    {
        Server.Fails(_ => FakeGitHub.Answer(HttpStatusCode.TooManyRequests, "{}", ("Retry-After", "17")));

        Assert.Equal(Delivery.Ok, await SendAsync());
        Assert.Equal([17], Seconds);
    }

    [Fact]
    public async Task A_retry_after_can_be_a_date()
    {
        Server.Fails(_ => FakeGitHub.Answer(HttpStatusCode.TooManyRequests, "{}", ("Retry-After", GitHubWorld.Noon.AddSeconds(9).ToString("R", CultureInfo.InvariantCulture))));

        Assert.Equal(Delivery.Ok, await SendAsync());
        Assert.Equal([9], Seconds);
    }

    [Fact]
    public async Task A_spent_limit_is_waited_out_until_it_is_reset()
    {
        var reset = GitHubWorld.Noon.AddSeconds(30).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        Server.Fails(_ => FakeGitHub.Answer(HttpStatusCode.Forbidden, """{"message":"API rate limit exceeded"}""", ("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", reset)));

        Assert.Equal(Delivery.Ok, await SendAsync());
        Assert.Equal([30], Seconds);
    }

    [Fact]
    public async Task A_secondary_limit_without_a_time_is_a_minute()
    {
        Server.Fails(OnWrite(() => FakeGitHub.Answer(HttpStatusCode.Forbidden, """{"message":"You have exceeded a secondary rate limit."}""")));

        Assert.Equal(Delivery.Ok, await SendAsync());
        Assert.Equal([60], Seconds);
        Assert.Single(Server.Comments);
    }

    [Fact]
    public async Task A_wait_that_does_not_fit_into_two_minutes_is_not_begun()
    {
        Server.Fails(_ => FakeGitHub.Answer(HttpStatusCode.TooManyRequests, "{}", ("Retry-After", "3600")));

        var delivery = await SendAsync();

        Assert.Equal("GitHub asks to wait 3600 seconds, and a report may take two minutes in all: the report is in the job summary.", delivery.Notice);
        Assert.Empty(Seconds);
    }

    [Fact]
    public async Task The_two_minutes_are_for_all_calls_of_a_process()
    {
        Server.Fails(_ => FakeGitHub.Answer(HttpStatusCode.TooManyRequests, "{}", ("Retry-After", "50")), times: 3);
        var host = world.Host();

        var delivery = await host.CommentAsync(GitHubWorld.Comment(), TestContext.Current.CancellationToken);

        Assert.False(delivery.Done);
        Assert.Equal([50, 50], Seconds);
    }

    [Fact]
    public async Task A_failing_server_is_asked_again_after_longer_and_longer_waits()
    {
        Server.Fails(_ => FakeGitHub.Answer(HttpStatusCode.ServiceUnavailable, "{}"), times: 3);

        Assert.Equal(Delivery.Ok, await SendAsync());
        Assert.Equal([1, 2, 4], Seconds);
    }

    [Fact]
    public async Task A_server_that_keeps_failing_is_asked_five_times()
    {
        Server.Fails(_ => FakeGitHub.Answer(HttpStatusCode.BadGateway, "{}"), times: 100);

        var delivery = await SendAsync();

        Assert.EndsWith("the report is in the job summary.", delivery.Notice);
        Assert.InRange(Server.Calls.Count, 5, 10);
    }

    [Fact]
    public async Task A_line_that_is_cut_is_tried_again()
    {
        Server.Fails(_ => throw new HttpRequestException("Connection reset by peer"), times: 1);
        Server.Fails(_ => null);

        var delivery = await SendAsync();

        Assert.Equal("GitHub could not be reached (Connection reset by peer): the report is in the job summary.", delivery.Notice);
        Assert.Equal(5, Server.Calls.Count);
    }

    [Fact]
    public async Task The_same_is_not_said_twice()
    {
        Server.Fails(_ => throw new HttpRequestException("No route to host"));
        var host = world.Host();

        var first = await host.CommentAsync(GitHubWorld.Comment(), TestContext.Current.CancellationToken);
        var second = await host.CommentAsync(GitHubWorld.Comment(), TestContext.Current.CancellationToken);

        Assert.Contains("No route to host", first.Notice);
        Assert.Equal(new Delivery(false, null), second);
    }

    [Fact]
    public async Task A_second_lies_between_two_calls_that_write()
    {
        var host = world.Host();

        await host.CommentAsync(GitHubWorld.Comment(), TestContext.Current.CancellationToken);
        await host.CommentAsync(GitHubWorld.Comment("again"), TestContext.Current.CancellationToken);

        Assert.Equal([1], Seconds);
    }

    [Fact]
    public async Task A_fork_is_not_even_tried_and_said_once()
    {
        var host = world.Event("pull_request", GitHubWorld.PullRequest("mallory/flights")).Host();

        var first = await host.CommentAsync(GitHubWorld.Comment(), TestContext.Current.CancellationToken);
        var second = await host.SetStatusAsync(new("x", HostStatusState.Failed, "y"), TestContext.Current.CancellationToken);

        Assert.Contains("fork", first.Notice);
        Assert.Equal(new Delivery(false, null), second);
        Assert.Empty(Server.Calls);
    }

    [Fact]
    public async Task A_pull_request_of_dependabot_is_not_even_tried_and_said_once()
    {
        var host = world.With("GITHUB_ACTOR", "dependabot[bot]").Host();

        var first = await host.CommentAsync(GitHubWorld.Comment(), TestContext.Current.CancellationToken);
        var second = await host.SetStatusAsync(new("x", HostStatusState.Failed, "y"), TestContext.Current.CancellationToken);

        Assert.Contains("Dependabot", first.Notice);
        Assert.Equal(new Delivery(false, null), second);
        Assert.Empty(Server.Calls);
    }

    [Fact]
    public async Task Without_a_token_nothing_is_tried_and_the_input_is_named()
    {
        var host = world.With("INPUT_GITHUB-TOKEN", null).Host();

        var delivery = await host.CommentAsync(GitHubWorld.Comment(), TestContext.Current.CancellationToken);

        Assert.Contains("`github-token`", delivery.Notice);
        Assert.Empty(Server.Calls);
    }

    [Theory]
    [InlineData(HttpStatusCode.Forbidden, "Resource not accessible by integration")]
    [InlineData(HttpStatusCode.Unauthorized, "Bad credentials")]
    [InlineData(HttpStatusCode.NotFound, "Not Found")]
    public async Task A_token_that_may_not_write_is_tried_once_and_said_once(HttpStatusCode status, string message)
    {
        Server.Fails(OnWrite(() => FakeGitHub.Answer(status, $$"""{"message":"{{message}}"}""")), times: 10);
        var host = world.Host();

        var first = await host.CommentAsync(GitHubWorld.Comment(), TestContext.Current.CancellationToken);
        var second = await host.CommentAsync(GitHubWorld.Comment("again"), TestContext.Current.CancellationToken);

        Assert.Contains("`permissions: pull-requests: write`", first.Notice);
        Assert.Equal(new Delivery(false, null), second);
        Assert.Single(Server.Writes);
    }

    [Fact]
    public async Task The_token_never_goes_to_another_server()
    {
        Server.Fails(_ => FakeGitHub.Answer(HttpStatusCode.TemporaryRedirect, "{}", ("Location", "https://elsewhere.test/graphql")));

        var delivery = await SendAsync();

        Assert.Equal("GitHub named a page on another server than api.github.test, where the token must not go: the report is in the job summary.", delivery.Notice);
        Assert.DoesNotContain(Server.Calls, call => call.Contains("elsewhere", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("https://ghe.test/api/v3", "https://ghe.test/api/graphql")]
    [InlineData("https://ghe.test/api/v3/", "https://elsewhere.test/api/graphql")]
    [InlineData("https://ghe.test/api/v3/", null)]
    public async Task An_Enterprise_server_is_taken_as_it_is_named(string api, string? graphQl)
    {
        world.With("GITHUB_API_URL", api).With("GITHUB_GRAPHQL_URL", graphQl);

        await SendAsync();

        Assert.Equal(
            ["POST /api/graphql", "GET /api/v3/repos/octo/flights/issues/7/comments", "POST /api/v3/repos/octo/flights/issues/7/comments"],
            Server.Calls.Select(call => call.Split('?')[0]));
    }

    [Fact]
    public async Task Cancelling_is_cancelling()
    {
        using var cancelled = new CancellationTokenSource();
        Server.Fails(_ =>
        {
            cancelled.Cancel();
            return FakeGitHub.Answer(HttpStatusCode.ServiceUnavailable, "{}");
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => world.Host().CommentAsync(GitHubWorld.Comment(), cancelled.Token));
    }

    private static Func<HttpRequestMessage, HttpResponseMessage?> OnWrite(Func<HttpResponseMessage> answer)
        => request => request.Method == HttpMethod.Post && request.RequestUri!.AbsolutePath.EndsWith("/comments", StringComparison.Ordinal) ? answer() : null;

    private IEnumerable<double> Seconds => world.Time.Waits.Select(wait => wait.TotalSeconds);

    private Task<Delivery> SendAsync() => world.Host().CommentAsync(GitHubWorld.Comment(), TestContext.Current.CancellationToken);

    public void Dispose() => world.Dispose();
}
