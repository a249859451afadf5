using System.Text.Json.Nodes;
using MlOps.Build.Engine.Hosts;
using MlOps.Build.Engine.Tests.Hosts.AzureDevOps;

namespace MlOps.Build.Conformance.Tests.Azure;

/// <summary>Every call to Azure DevOps against its own description.</summary>
public sealed class RestTests(AzurePrism prism) : IClassFixture<AzurePrism>
{
    private const string Repository = "/org/p/_apis/git/repositories/r";

    private readonly AzureWorld world = new();
    private readonly List<string> seen = [];
    private readonly List<string> violations = [];

    [Fact]
    public async Task No_call_breaks_the_description()
    {
        await ThreadsAsync();
        await Host().SetStatusAsync(new("mlops/gate (late-flights)", HostStatusState.Failed, "1 of 9 rules fails"), TestContext.Current.CancellationToken);
        await ApprovalsAsync();
        await BranchAsync();

        Assert.Empty(violations);
        string[] kinds = ["GET pullrequests", "GET threads", "POST threads", "PATCH comments", "PATCH threads", "DELETE comments", "GET iterations", "POST statuses", "GET timeline", "GET approvals", "GET repositories"];
        Assert.Equal(kinds.Order(), seen.Select(Kind).Distinct().Order());
    }

    [Theory]
    [InlineData("POST", Repository + "/pullRequests/12/threads", "42")]
    [InlineData("POST", Repository + "/pullRequests/12/threads", """{"status":"open"}""")]
    [InlineData("PATCH", Repository + "/pullRequests/12/threads/1", """{"status":"blocked"}""")]
    [InlineData("PATCH", Repository + "/pullRequests/12/threads/1/comments/1", """{"content":7}""")]
    [InlineData("PATCH", Repository + "/pullRequests/12/threads/one/comments/1", """{"content":"x"}""")]
    [InlineData("POST", Repository + "/pullRequests/12/statuses", """{"state":"succeded"}""")]
    [InlineData("GET", Repository + "/pullRequests/twelve/iterations", null)]
    [InlineData("GET", "/org/p/_apis/build/builds/7/timeline/none", null)]
    [InlineData("GET", "/org/p/_apis/pipelines/approvals?$expand=everything", null)]
    public async Task The_description_is_alive(string method, string path, string? body)
    {
        var address = $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}api-version=7.1";

        Assert.NotEmpty(await prism.Server.ViolationsAsync(new(method), address, body) ?? []);
    }

    [Fact]
    public async Task A_call_without_a_version_and_one_to_another_page_are_seen()
    {
        Assert.NotEmpty(await prism.Server.ViolationsAsync(HttpMethod.Get, Repository + "/pullRequests/12/threads", null) ?? []);
        Assert.Null(await prism.Server.ViolationsAsync(HttpMethod.Get, "/org/p/_apis/nothing?api-version=7.1", null));
    }

    private IPipelineHost Host() => world.Host(service => new CheckedWire(prism.Server, service, seen, violations));

    private async Task ThreadsAsync()
    {
        await Host().CommentAsync(AzureWorld.Comment(), TestContext.Current.CancellationToken);
        world.Service.AddThread(FakeAzureDevOps.Content(world.Service.Threads[0]), FakeAzureDevOps.Me);
        await Host().CommentAsync(AzureWorld.Comment("fail", minutes: 1, text: "@everyone `|` </details> ü 🛫"), TestContext.Current.CancellationToken);
    }

    private async Task ApprovalsAsync()
    {
        world.Variables["ENVIRONMENT_NAME"] = "production";
        world.Service.Records =
        [
            new JsonObject { ["id"] = "a1", ["type"] = "Stage", ["identifier"] = "deploy" },
            new JsonObject { ["id"] = FakeAzureDevOps.Approval, ["parentId"] = "a1", ["type"] = "Checkpoint.Approval" },
        ];
        await Host().ApprovalsAsync("production", TestContext.Current.CancellationToken);
    }

    private async Task BranchAsync()
    {
        foreach (var name in world.Variables.Keys.Where(name => name.StartsWith("SYSTEM_PULLREQUEST_", StringComparison.Ordinal)).ToArray())
        {
            world.Variables.Remove(name);
        }

        world.Variables["BUILD_SOURCEBRANCH"] = "refs/heads/main";
        var network = world.Network(service => new CheckedWire(prism.Server, service, seen, violations));
        Assert.True((await new ZoneInquiry(new JobVariables(world.Variables), network).AskToReleaseAsync(TestContext.Current.CancellationToken)).MayRelease);
    }

    /// <summary>The method and the last word of the path that is no number.</summary>
    private static string Kind(string call)
    {
        var path = call.Split(' ')[1].Split('?')[0];
        return $"{call.Split(' ')[0]} {path.Split('/').Last(word => word.Length > 0 && !word.Any(char.IsAsciiDigit))}";
    }
}
