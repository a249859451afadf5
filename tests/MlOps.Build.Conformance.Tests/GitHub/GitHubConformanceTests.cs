using System.Net;
using System.Text;
using MlOps.Build.Engine.Hosts;
using MlOps.Build.Engine.Tests.Hosts.GitHub;

namespace MlOps.Build.Conformance.Tests.GitHub;

public sealed class GitHubConformanceTests(GitHubDescription description) : IClassFixture<GitHubDescription>, IDisposable
{
    private readonly GitHubWorld world = new();

    public void Dispose() => world.Dispose();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Prism_is_alive_and_refuses_a_wrong_body_and_a_path_that_is_none()
    {
        var seen = new List<JudgedRequest>();
        var before = description.Seen.Count;

        using var wrong = await Send(HttpMethod.Post, "repos/o/r/issues/5/comments", """{"bdy":"x"}""");
        using var good = await Send(HttpMethod.Post, "repos/o/r/issues/5/comments", """{"body":"x"}""");
        using var none = await Send(HttpMethod.Get, "repos/o/r/nothing", null);
        seen.AddRange(description.Seen[before..]);
        description.Seen.RemoveRange(before, seen.Count);

        Assert.Equal([422, 201, 404], seen.Select(request => request.Status));
        Assert.Contains("body", Assert.Single(seen[0].Violations));
        Assert.Equal([1, 0, 1], seen.Select(request => request.Violations.Count));
    }

    [Fact]
    public async Task Every_call_of_the_host_is_one_that_GitHub_describes()
    {
        world.Network = description.Alone;
        var host = world.Host();

        // Prism's pull request has another head, so this asks and writes nothing.
        var comment = await host.CommentAsync(GitHubWorld.Comment(), Token);
        var status = await host.SetStatusAsync(new("mlops/gate (late-flights)", HostStatusState.Failed, "1 of 9 rules"), Token);
        var approvals = await host.ApprovalsAsync("Staging", Token);

        Assert.Contains("newer commit", comment.Notice);
        Assert.Equal(Delivery.Ok, status);
        Assert.True(Assert.Single(approvals).Approved);
        NoViolation();
    }

    [Fact]
    public async Task Writing_replacing_paging_tidying_and_asking_for_earlier_runs_is_as_described()
    {
        world.Network = () => description.Beside(world.Server);
        foreach (var number in Enumerable.Range(0, 120))
        {
            world.Server.Add("octocat", $"{number}");
        }

        await world.Host().CommentAsync(GitHubWorld.Comment(), Token);
        world.Server.Add(FakeGitHub.Login, world.Server.Comments[^1].Body);
        await world.Host().CommentAsync(GitHubWorld.Comment(new string('é', 59_000)), Token);
        world.Server.Comments.Clear();
        world.Server.Deletions.Add(("User", "github-actions"));
        world.Server.Runs.Add((1, "success"));
        var last = await world.Host().CommentAsync(GitHubWorld.Comment("### ❌", "fail"), Token);

        Assert.True(last.Done);
        Assert.Equal(["POST", "PATCH", "DELETE", "POST"], world.Server.Writes.Select(call => call.Split(' ')[0]));
        NoViolation();
    }

    [Theory]
    [InlineData(403, """{"message":"Resource not accessible by integration"}""", null, false)]
    [InlineData(403, """{"message":"You have exceeded a secondary rate limit"}""", null, true)]
    [InlineData(429, """{"message":"Too many"}""", "7", true)]
    [InlineData(503, """{"message":"Unavailable"}""", null, true)]
    [InlineData(422, """{"message":"Validation Failed","errors":[{"message":"Body is too long (maximum is 65536 characters)"}]}""", null, true)]
    public async Task What_is_sent_after_a_refusal_is_as_described_too(int status, string json, string? retryAfter, bool done)
    {
        world.Network = () => description.Beside(world.Server);
        world.Server.Fails(request => request.Method == HttpMethod.Post && request.RequestUri!.AbsolutePath.EndsWith("/comments", StringComparison.Ordinal)
            ? retryAfter is null ? FakeGitHub.Answer((HttpStatusCode)status, json) : FakeGitHub.Answer((HttpStatusCode)status, json, ("Retry-After", retryAfter))
            : null);

        var delivery = await world.Host().CommentAsync(GitHubWorld.Comment("### ✅\n\n<details><summary>x</summary>\n\n</details>\n"), Token);

        Assert.Equal(done, delivery.Done);
        Assert.Equal(done ? 1 : 0, world.Server.Comments.Count);
        NoViolation();
    }

    private void NoViolation()
    {
        TestContext.Current.TestOutputHelper!.WriteLine($"GitHub: {description.Seen.Count} requests tried so far, {description.Seen.Count(request => request.Violations.Count > 0)} violations");
        Assert.NotEmpty(description.Seen);
        Assert.All(description.Seen, request => Assert.True(request.Violations.Count == 0, $"{request.Line}: {string.Join("; ", request.Violations)}"));
    }

    private async Task<HttpResponseMessage> Send(HttpMethod method, string path, string? body)
    {
        using var request = new HttpRequestMessage(method, new Uri("https://api.github.test/" + path));
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        return await description.Proxy.SendAsync(request, Token);
    }
}
