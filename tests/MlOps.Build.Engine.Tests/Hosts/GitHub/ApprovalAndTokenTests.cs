using System.Net;
using System.Text.Json.Nodes;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Hosts;

namespace MlOps.Build.Engine.Tests.Hosts.GitHub;

public sealed class ApprovalAndTokenTests : IDisposable
{
    private readonly GitHubWorld world = new();

    [Fact]
    public async Task Reviews_of_the_run_are_read_for_one_environment()
    {
        world.Server.Approvals.Add(Review("approved", "production", "mona", "c41d2f0a99b1 looks right"));
        world.Server.Approvals.Add(Review("rejected", "Production", "hubot", ""));
        world.Server.Approvals.Add(Review("approved", "staging", "octocat", ""));
        world.Server.Approvals.Add(Review("pending", "production", "octocat", ""));

        var approvals = await world.Host().ApprovalsAsync("production", TestContext.Current.CancellationToken);

        Assert.Equal(
            [
                new HostApproval("production", true, "mona", "c41d2f0a99b1 looks right", null, null),
                new HostApproval("Production", false, "hubot", "", null, null),
            ],
            approvals);
        Assert.Equal(["GET /repos/octo/flights/actions/runs/19283746/approvals"], world.Server.Calls);
    }

    [Fact]
    public async Task An_approval_that_cannot_be_read_is_none()
    {
        world.Server.Fails(_ => FakeGitHub.Answer(HttpStatusCode.Forbidden, """{"message":"Resource not accessible by integration"}"""));

        var problem = (await Assert.ThrowsAsync<ProblemException>(() => world.Host().ApprovalsAsync("production", TestContext.Current.CancellationToken))).Problem;

        Assert.Equal("MLO2921", problem.Code);
        Assert.Contains("`permissions: actions: read`", problem.Fix);
    }

    [Fact]
    public async Task Without_a_token_nobody_can_be_asked()
    {
        var host = world.With("INPUT_GITHUB-TOKEN", null).Host();

        Assert.Equal("MLO2921", (await Assert.ThrowsAsync<ProblemException>(() => host.ApprovalsAsync("production", TestContext.Current.CancellationToken))).Problem.Code);
    }

    [Fact]
    public async Task A_status_names_its_context_and_is_short_enough()
    {
        var delivery = await world.Host().SetStatusAsync(new("mlops/gate (late-flights)", HostStatusState.Failed, new string('x', 200)), TestContext.Current.CancellationToken);

        var status = Assert.Single(world.Server.Statuses);
        Assert.True(delivery.Done);
        Assert.Equal("mlops/gate (late-flights)", (string)status["context"]!);
        Assert.Equal("failure", (string)status["state"]!);
        Assert.Equal(140, ((string)status["description"]!).Length);
        Assert.EndsWith($"/statuses/{new string('a', 40)}", world.Server.Calls[0]);
    }

    [Fact]
    public async Task The_runner_vouches_for_the_job_and_the_token_is_masked_first()
    {
        world.With("ACTIONS_ID_TOKEN_REQUEST_URL", "https://token.test/idtoken?api-version=2.0").With("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "bearer");
        var server = new TokenService("""{"value":"eyJ.eyJ.sig"}""");
        world.Network = () => server;

        var token = await world.Host().IdentityTokenAsync("api://Azure AD", TestContext.Current.CancellationToken);

        Assert.Equal("eyJ.eyJ.sig", token);
        Assert.Equal("https://token.test/idtoken?api-version=2.0&audience=api%3A%2F%2FAzure%20AD Bearer bearer", server.Seen);
        Assert.StartsWith("::add-mask::eyJ.eyJ.sig\n", world.Commands.ToString());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("not json")]
    [InlineData("""{"value":""}""")]
    public async Task An_answer_without_a_token_is_a_problem(string json)
    {
        world.With("ACTIONS_ID_TOKEN_REQUEST_URL", "https://token.test/idtoken").With("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "bearer");
        world.Network = () => new TokenService(json);

        Assert.Equal("MLO2922", await CodeAsync());
    }

    [Fact]
    public async Task A_job_without_the_right_has_no_token()
        => Assert.Equal("MLO2903", await CodeAsync());

    private async Task<string> CodeAsync()
        => (await Assert.ThrowsAsync<ProblemException>(() => world.Host().IdentityTokenAsync("x", TestContext.Current.CancellationToken))).Problem.Code;

    private static JsonObject Review(string state, string environment, string login, string comment) => new()
    {
        ["state"] = state,
        ["comment"] = comment,
        ["environments"] = new JsonArray(new JsonObject { ["id"] = 1, ["name"] = environment }),
        ["user"] = new JsonObject { ["login"] = login, ["id"] = 1 },
    };

    public void Dispose() => world.Dispose();

    private sealed class TokenService(string json) : HttpMessageHandler
    {
        public string? Seen { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Seen = $"{request.RequestUri!.AbsoluteUri} {request.Headers.Authorization}";
            return Task.FromResult(FakeGitHub.Answer(HttpStatusCode.OK, json));
        }
    }
}
