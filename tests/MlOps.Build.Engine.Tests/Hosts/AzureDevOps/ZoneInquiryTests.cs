using System.Net;
using MlOps.Build.Engine.Hosts;

namespace MlOps.Build.Engine.Tests.Hosts.AzureDevOps;

/// <summary>Which branch is the default one is Azure DevOps' word, not that of a pipeline's variables.</summary>
public sealed class ZoneInquiryTests
{
    private readonly AzureWorld world = new();

    public ZoneInquiryTests()
    {
        foreach (var name in world.Variables.Keys.Where(name => name.StartsWith("SYSTEM_PULLREQUEST_", StringComparison.Ordinal)).ToArray())
        {
            world.Variables.Remove(name);
        }

        world.Variables["BUILD_SOURCEBRANCH"] = "refs/heads/main";
    }

    private ZoneInquiry Inquiry => new(new JobVariables(world.Variables), world.Network());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("refs/heads/main", "refs/heads/main", null, ZoneKind.Trusted)]
    [InlineData("refs/heads/trunk", "refs/heads/trunk", null, ZoneKind.Trusted)]
    [InlineData("refs/heads/main", "refs/heads/trunk", null, ZoneKind.Advisory)]
    [InlineData("refs/heads/evil", "refs/heads/main", "evil", ZoneKind.Advisory)]
    [InlineData("refs/heads/Main", "refs/heads/main", null, ZoneKind.Advisory)]
    [InlineData("refs/heads/main", null, null, ZoneKind.Advisory)]
    public async Task The_settings_of_the_repository_count_and_not_a_variable(string branch, string? actual, string? named, ZoneKind zone)
    {
        world.Variables["BUILD_SOURCEBRANCH"] = branch;
        world.Variables["MLOPS_DEFAULTBRANCH"] = named ?? string.Empty;
        world.Service.DefaultBranch = actual;

        Assert.Equal(zone, (await Inquiry.AskToReleaseAsync(Token)).Kind);
        Assert.Equal(zone, (await Inquiry.AskAsync(Token)).Kind);
        Assert.StartsWith($"GET /org/{FakeAzureDevOps.ProjectId}/_apis/git/repositories/55555555-5555-5555-5555-555555555555?", world.Service.Calls[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_token_nothing_is_released_and_a_gate_believes_the_variables()
    {
        world.Variables.Remove("SYSTEM_ACCESSTOKEN");

        var release = await Inquiry.AskToReleaseAsync(Token);

        Assert.Equal(ZoneKind.Advisory, release.Kind);
        Assert.Contains("the step has no token", release.Why, StringComparison.Ordinal);
        Assert.Contains("SYSTEM_ACCESSTOKEN: $(System.AccessToken)", release.Fix, StringComparison.Ordinal);
        Assert.Equal(ZoneKind.Trusted, (await Inquiry.AskAsync(Token)).Kind);
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.Forbidden)]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.NonAuthoritativeInformation)]
    public async Task A_server_that_does_not_say_makes_no_branch_the_default(HttpStatusCode status)
    {
        world.Service.Fail("GET", status, """{"message":"TF401019: the repository does not exist or you may not read it."}""");
        world.Service.Fail("GET", status, """{"message":"TF401019: the repository does not exist or you may not read it."}""");

        Assert.False((await Inquiry.AskToReleaseAsync(Token)).MayRelease);
        Assert.False((await Inquiry.AskAsync(Token)).Binds);
    }

    [Fact]
    public async Task A_server_that_stumbles_is_asked_again()
    {
        world.Service.Fail("GET", HttpStatusCode.ServiceUnavailable, retryAfter: 3);

        Assert.True((await Inquiry.AskToReleaseAsync(Token)).MayRelease);
        Assert.Equal(2, world.Service.Calls.Count);
    }

    [Theory]
    [InlineData("BUILD_REASON", "PullRequest", ZoneKind.Untrusted)]
    [InlineData("SYSTEM_PULLREQUEST_ISFORK", "True", ZoneKind.Untrusted)]
    [InlineData("BUILD_SOURCEBRANCH", "refs/pull/7/merge", ZoneKind.Untrusted)]
    [InlineData("BUILD_SOURCEBRANCH", "refs/tags/main", ZoneKind.Advisory)]
    [InlineData("BUILD_REPOSITORY_PROVIDER", "GitHub", ZoneKind.Trusted)]
    [InlineData("TF_BUILD", "", ZoneKind.Local)]
    public async Task Where_its_word_would_change_nothing_it_is_not_asked(string name, string value, ZoneKind zone)
    {
        world.Variables[name] = value;

        Assert.Equal(zone, (await Inquiry.AskToReleaseAsync(Token)).Kind);
        Assert.Empty(world.Service.Calls);
    }

    [Theory]
    [InlineData("refs/heads/main", null, true)]
    [InlineData("refs/heads/master", "trunk", true)]
    [InlineData("refs/heads/trunk", "trunk", false)]
    [InlineData("refs/heads/trunk", "refs/heads/trunk", false)]
    [InlineData("refs/heads/evil", null, false)]
    public async Task A_repository_elsewhere_is_not_released_from_a_branch_that_the_file_of_the_pipeline_names(string branch, string? named, bool mayRelease)
    {
        world.Variables["BUILD_REPOSITORY_PROVIDER"] = "GitHub";
        world.Variables["BUILD_SOURCEBRANCH"] = branch;
        world.Variables["MLOPS_DEFAULTBRANCH"] = named ?? string.Empty;

        var release = await Inquiry.AskToReleaseAsync(Token);

        Assert.Equal(mayRelease, release.MayRelease);
        Assert.Equal(!mayRelease && named is not null, release.Why.Contains("of a repository of GitHub", StringComparison.Ordinal));
        Assert.Equal(mayRelease || named is not null, (await Inquiry.AskAsync(Token)).Binds);
    }
}
