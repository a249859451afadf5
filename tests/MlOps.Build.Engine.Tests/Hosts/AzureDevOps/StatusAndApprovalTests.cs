using System.Text;
using System.Text.Json.Nodes;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Hosts;

namespace MlOps.Build.Engine.Tests.Hosts.AzureDevOps;

public class StatusAndApprovalTests
{
    private readonly AzureWorld world = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static HostStatus Status => new("mlops/gate (late-flights)", HostStatusState.Failed, "1 of 9 rules fails");

    [Fact]
    public async Task A_status_is_written_on_the_newest_iteration_under_the_name_a_policy_asks_for()
    {
        Assert.True((await world.Host().SetStatusAsync(Status, Token)).Done);

        Assert.Equal(
            """{"iterationId":2,"state":"failed","description":"1 of 9 rules fails","context":{"genre":"mlops","name":"gate/late-flights"},"targetUrl":"https://dev.azure.test/org/Flights/_build/results?buildId=7"}""",
            Assert.Single(world.Service.Statuses).ToJsonString());
    }

    [Fact]
    public async Task A_status_of_an_older_push_is_not_written()
    {
        world.Service.HeadNow = "4f2c9e1d00000000000000000000000000000002";

        Assert.Contains("newer commit", (await world.Host().SetStatusAsync(Status, Token)).Notice, StringComparison.Ordinal);
        Assert.Empty(world.Service.Statuses);
    }

    [Fact]
    public async Task Approvals_are_those_of_the_stage_that_asks()
    {
        Deployment();

        var approval = Assert.Single(await world.Host().ApprovalsAsync("production", Token));

        Assert.Equal(new("production", true, "ana@example.test", "ab12cd34ef56", AzureWorld.Noon, 2), approval);
        Assert.Contains(world.Service.Calls, call => call.EndsWith($"approvalIds={FakeAzureDevOps.Approval}&$expand=steps&api-version=7.1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_stage_that_nobody_had_to_approve_has_no_approvals()
    {
        Deployment();
        world.Variables["SYSTEM_STAGENAME"] = "test";

        Assert.Empty(await world.Host().ApprovalsAsync("production", Token));
    }

    [Theory]
    [InlineData("ENVIRONMENT_NAME", "staging", "'staging'")]
    [InlineData("SYSTEM_ACCESSTOKEN", "", "System.AccessToken")]
    public async Task A_job_of_another_environment_or_without_a_token_is_told_so(string variable, string value, string expected)
    {
        Deployment();
        world.Variables[variable] = value;

        var exception = await Assert.ThrowsAsync<ProblemException>(() => world.Host().ApprovalsAsync("production", Token));

        Assert.Equal("MLO2940", exception.Problem.Code);
        Assert.Contains(expected, exception.Problem.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_identity_token_is_masked_before_it_is_returned()
    {
        world.Service.OidcToken = Jwt("""{"aud":"api://AzureADTokenExchange"}""");
        world.Variables["SYSTEM_OIDCREQUESTURI"] = "https://dev.azure.test/org/p/_apis/oidc?jobId=1";

        Assert.Equal(world.Service.OidcToken, await world.Host().IdentityTokenAsync("api://AzureADTokenExchange", Token));

        Assert.Equal($"##vso[task.setsecret]{world.Service.OidcToken}", world.Lines[0]);
        Assert.Equal("POST /org/p/_apis/oidc?jobId=1&api-version=7.1", Assert.Single(world.Service.Calls));
    }

    [Fact]
    public async Task An_identity_token_for_another_audience_is_not_handed_out()
    {
        world.Service.OidcToken = Jwt("""{"aud":["api://AzureADTokenExchange"]}""");
        world.Variables["SYSTEM_OIDCREQUESTURI"] = "https://dev.azure.test/org/p/_apis/oidc";

        var exception = await Assert.ThrowsAsync<ProblemException>(() => world.Host().IdentityTokenAsync("sigstore", Token));

        Assert.Equal("MLO2942", exception.Problem.Code);
        Assert.Contains("api://AzureADTokenExchange", exception.Problem.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_without_a_token_and_a_job_without_a_service_are_problems_of_their_own()
    {
        var without = await Assert.ThrowsAsync<ProblemException>(() => world.Host().IdentityTokenAsync("x", Token));
        world.Variables["SYSTEM_OIDCREQUESTURI"] = "https://dev.azure.test/org/p/_apis/oidc";

        var empty = await Assert.ThrowsAsync<ProblemException>(() => world.Host().IdentityTokenAsync("x", Token));

        Assert.Equal(["MLO2903", "MLO2941"], [without.Problem.Code, empty.Problem.Code]);
    }

    private void Deployment()
    {
        world.Variables["ENVIRONMENT_NAME"] = "production";
        const string Other = "88888888-8888-8888-8888-888888888888";
        world.Service.Records =
        [
            Record("a1", null, "Stage", "deploy"), Record("a2", "a1", "Checkpoint", null), Record(FakeAzureDevOps.Approval, "a2", "Checkpoint.Approval", null),
            Record("b1", null, "Stage", "build"), Record("b2", "b1", "Checkpoint", null), Record(Other, "b2", "Checkpoint.Approval", null),
        ];
        world.Service.Approvals = [Approval(FakeAzureDevOps.Approval, "ana@example.test"), Approval(Other, "eve@example.test")];
    }

    private static JsonObject Record(string id, string? parent, string type, string? identifier)
        => new() { ["id"] = id, ["parentId"] = parent, ["type"] = type, ["identifier"] = identifier };

    private static JsonObject Approval(string id, string approver) => new()
    {
        ["id"] = id,
        ["status"] = "approved",
        ["steps"] = new JsonArray(
            new JsonObject { ["status"] = "pending", ["assignedApprover"] = new JsonObject { ["uniqueName"] = "bob@example.test" } },
            new JsonObject
            {
                ["status"] = "approved",
                ["actualApprover"] = new JsonObject { ["uniqueName"] = approver },
                ["comment"] = "ab12cd34ef56",
                ["lastModifiedOn"] = "2026-11-22T12:00:00Z",
            }),
    };

    private static string Jwt(string claims)
        => $"e30.{Convert.ToBase64String(Encoding.UTF8.GetBytes(claims)).TrimEnd('=').Replace('+', '-').Replace('/', '_')}.c2ln";
}
