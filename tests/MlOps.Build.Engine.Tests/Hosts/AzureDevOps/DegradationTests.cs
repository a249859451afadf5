using System.Net;
using MlOps.Build.Engine.Hosts;

namespace MlOps.Build.Engine.Tests.Hosts.AzureDevOps;

public class DegradationTests
{
    private readonly AzureWorld world = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(FakeAzureDevOps.ProjectId, "Flights Build Service (org)")]
    [InlineData("77777777-7777-7777-7777-777777777777", "Project Collection Build Service (org)")]
    public async Task A_missing_right_names_the_identity_and_the_setting_once(string identity, string name)
    {
        world.Service.Fail("POST", HttpStatusCode.Forbidden, $$"""
            {"message":"TF401027: You need the Git 'PullRequestContribute' permission to perform this action. Details: identity 'Build\\{{identity}}', scope 'repository'."}
            """);
        var host = world.Host();

        var first = await host.CommentAsync(AzureWorld.Comment(), Token);
        var calls = world.Service.Calls.Count;
        var second = await host.SetStatusAsync(new("mlops/gate (late-flights)", HostStatusState.Succeeded, "passed"), Token);

        Assert.Equal(
            "Azure DevOps refused to write on the pull request (TF401027). In Project settings > Repositories > late-flights > Security set "
            + $"'Contribute to pull requests' to Allow for '{name}'. The report is in the summary of the run.",
            first.Notice);
        Assert.Equal(new(false, null), second);
        Assert.Equal(calls, world.Service.Calls.Count);
    }

    [Theory]
    [InlineData("SYSTEM_PULLREQUEST_ISFORK", "True", "fork")]
    [InlineData("SYSTEM_ACCESSTOKEN", "", "System.AccessToken")]
    [InlineData("BUILD_REPOSITORY_PROVIDER", "GitHub", "Azure Repos")]
    public async Task What_cannot_be_done_is_said_before_any_call(string variable, string value, string expected)
    {
        world.Variables[variable] = value;

        var delivery = await world.Host().CommentAsync(AzureWorld.Comment(), Token);

        Assert.False(delivery.Done);
        Assert.Contains(expected, delivery.Notice, StringComparison.Ordinal);
        Assert.Empty(world.Service.Calls);
    }

    [Fact]
    public async Task Without_a_pull_request_there_is_nothing_to_write_and_nothing_to_say()
    {
        world.Variables.Remove("SYSTEM_PULLREQUEST_PULLREQUESTID");

        Assert.Equal(new(false, null), await world.Host().CommentAsync(AzureWorld.Comment(), Token));
        Assert.Empty(world.Service.Calls);
    }

    [Fact]
    public async Task A_limit_is_waited_for_as_long_as_it_says()
    {
        world.Service.Fail("GET", HttpStatusCode.TooManyRequests, retryAfter: 7);

        Assert.True((await world.Host().CommentAsync(AzureWorld.Comment(), Token)).Done);

        Assert.Equal([TimeSpan.FromSeconds(7)], world.Time.Waits);
    }

    [Fact]
    public async Task A_post_that_met_a_limit_is_made_again_since_nothing_was_done()
    {
        world.Service.Fail("POST", HttpStatusCode.TooManyRequests, retryAfter: 3);

        Assert.True((await world.Host().CommentAsync(AzureWorld.Comment(), Token)).Done);

        Assert.Single(world.Service.Threads);
    }

    [Fact]
    public async Task A_wait_that_is_too_long_ends_in_a_notice()
    {
        world.Service.Fail("GET", HttpStatusCode.OK, """{"authenticatedUser":{}}""");
        world.Service.Fail("GET", HttpStatusCode.TooManyRequests, retryAfter: 600);

        var delivery = await world.Host().CommentAsync(AzureWorld.Comment(), Token);

        Assert.Contains("600 seconds", delivery.Notice, StringComparison.Ordinal);
        Assert.Contains("summary", delivery.Notice, StringComparison.Ordinal);
        Assert.Empty(world.Time.Waits);
    }

    [Fact]
    public async Task A_server_that_fails_and_recovers_is_asked_again_at_growing_distance()
    {
        world.Service.Fail("GET", HttpStatusCode.BadGateway);
        world.Service.Fail("GET", HttpStatusCode.ServiceUnavailable);

        Assert.True((await world.Host().CommentAsync(AzureWorld.Comment(), Token)).Done);

        Assert.Equal([TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)], world.Time.Waits);
    }

    [Theory]
    [InlineData(HttpStatusCode.NonAuthoritativeInformation)]
    [InlineData(HttpStatusCode.Redirect)]
    public async Task A_sign_in_page_is_a_token_that_is_not_accepted(HttpStatusCode status)
    {
        world.Service.Fail("GET", HttpStatusCode.OK, """{"authenticatedUser":{}}""");
        world.Service.Fail("GET", status, "<html>");

        var delivery = await world.Host().CommentAsync(AzureWorld.Comment(), Token);

        Assert.Contains("does not accept the token", delivery.Notice, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-token", delivery.Notice, StringComparison.Ordinal);
    }
}
