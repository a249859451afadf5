using System.Net;
using MlOps.Build.Engine.Hosts;

namespace MlOps.Build.Engine.Tests.Hosts.GitHub;

public sealed class StickyCommentTests : IDisposable
{
    private readonly GitHubWorld world = new();

    private FakeGitHub Server => world.Server;

    [Fact]
    public async Task The_first_report_makes_a_comment_with_a_marker()
    {
        var delivery = await SendAsync(GitHubWorld.Comment());

        Assert.Equal(Delivery.Ok, delivery);
        Assert.Equal(
            "<!-- mlops:comment v=1 model=late-flights head=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa run=19283746 attempt=2 valid-at=2026-11-22T12:00:00.000Z verdict=pass -->\n### ✅ Pass",
            Assert.Single(Server.Comments).Body);
        Assert.All(Server.Tokens, token => Assert.Equal("Token ghs_secret", token));
    }

    [Fact]
    public async Task The_next_report_replaces_it()
    {
        await SendAsync(GitHubWorld.Comment());

        await SendAsync(GitHubWorld.Comment("### ❌ Blocked", "fail", at: GitHubWorld.Noon.AddMinutes(1)));

        Assert.EndsWith("verdict=fail -->\n### ❌ Blocked", Assert.Single(Server.Comments).Body);
        Assert.Equal(["POST", "PATCH"], Server.Writes.Select(call => call.Split(' ')[0]));
    }

    [Fact]
    public async Task It_is_found_behind_250_other_comments_without_following_an_address_that_a_page_names()
    {
        foreach (var number in Enumerable.Range(0, 250))
        {
            Server.Add("octocat", $"comment {number}");
        }

        await SendAsync(GitHubWorld.Comment());
        await SendAsync(GitHubWorld.Comment("again"));

        Assert.Equal(251, Server.Comments.Count);
        Assert.EndsWith("again", Server.Comments[^1].Body);
        Assert.Equal(6, Server.Calls.Count(call => call.StartsWith("GET", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_marker_in_somebody_elses_comment_is_not_ours()
    {
        await SendAsync(GitHubWorld.Comment());
        var body = Server.Comments[0].Body;
        Server.Comments.Clear();
        Server.Add("mallory", body);
        Server.Add(FakeGitHub.Login, "as it said:\n" + body);

        await SendAsync(GitHubWorld.Comment("new"));

        Assert.Equal(3, Server.Comments.Count);
        Assert.Equal(body, Server.Comments[0].Body);
    }

    [Fact]
    public async Task Each_model_has_a_comment_of_its_own_whatever_its_name()
    {
        string[] models = ["late-flights", "late_flights", "late flights", "late@flights", "late-flights -->", "Ünïcode", ""];
        foreach (var model in models)
        {
            await SendAsync(GitHubWorld.Comment(model, model: model));
            await SendAsync(GitHubWorld.Comment("again " + model, model: model));
        }

        Assert.Equal(models.Select(model => "again " + model), Server.Comments.Select(comment => comment.Body.Split('\n', 2)[1]));
    }

    [Fact]
    public async Task A_newer_report_on_the_same_commit_is_left_alone()
    {
        await SendAsync(GitHubWorld.Comment("newer", at: GitHubWorld.Noon.AddSeconds(1)));

        var delivery = await SendAsync(GitHubWorld.Comment("older"));

        Assert.Equal("A newer run has already commented on this commit.", delivery.Notice);
        Assert.EndsWith("newer", Assert.Single(Server.Comments).Body);
    }

    [Fact]
    public async Task Nothing_is_written_for_a_commit_that_is_no_longer_the_head()
    {
        Server.Head = new('c', 40);

        var delivery = await SendAsync(GitHubWorld.Comment());

        Assert.False(delivery.Done);
        Assert.Contains("newer commit", delivery.Notice);
        Assert.Empty(Server.Comments);
    }

    [Fact]
    public async Task A_notice_that_a_run_has_begun_replaces_a_comment_and_makes_none()
    {
        var notice = GitHubWorld.Comment("⏳ running", "running") with { ReplaceOnly = true };

        var first = await SendAsync(notice);
        await SendAsync(GitHubWorld.Comment());
        await SendAsync(notice with { ValidAt = GitHubWorld.Noon.AddMinutes(1) });

        Assert.Equal(new Delivery(false, null), first);
        Assert.EndsWith("⏳ running", Assert.Single(Server.Comments).Body);
    }

    [Fact]
    public async Task Of_two_comments_that_two_runs_made_at_once_one_is_left()
    {
        await SendAsync(GitHubWorld.Comment());
        Server.Add(FakeGitHub.Login, Server.Comments[0].Body);

        await SendAsync(GitHubWorld.Comment("only one"));

        Assert.EndsWith("only one", Assert.Single(Server.Comments).Body);
    }

    [Theory]
    [InlineData("User", "github-actions", "success", "pass", false)]
    [InlineData("User", "github-actions", "success", "fail", true)]
    [InlineData("User", "github-actions", "failure", "fail", false)]
    [InlineData("User", "github-actions", "failure", "pass", true)]
    [InlineData("User", "github-actions", null, "fail", false)]
    [InlineData("User", "octocat", "success", "pass", true)]
    [InlineData("Bot", "github-actions", "success", "pass", true)]
    public async Task A_comment_that_a_person_deleted_comes_back_only_with_another_kind_of_verdict(string actor, string author, string? last, string verdict, bool written)
    {
        Server.Deletions.Add((actor, author));
        Server.Runs.AddRange([(1, "success"), (2, "failure"), (3, last), (4, "cancelled"), (19283746, null)]);
        if (last is null)
        {
            Server.Runs.RemoveRange(0, 3);
        }

        var delivery = await SendAsync(GitHubWorld.Comment("x", verdict));

        Assert.Equal(written, delivery.Done);
        Assert.Equal(written ? 1 : 0, Server.Comments.Count);
        Assert.Equal(written ? null : "A person deleted the comment and the verdict is still the same kind: it is not written again. The report is in the job summary.", delivery.Notice);
    }

    [Fact]
    public async Task A_server_without_GraphQL_still_gets_its_comment_and_a_moved_head_is_still_seen()
    {
        Server.HasGraphQl = false;

        var first = await SendAsync(GitHubWorld.Comment());
        Server.Head = new('c', 40);
        var second = await SendAsync(GitHubWorld.Comment());

        Assert.True(first.Done);
        Assert.False(second.Done);
        Assert.Single(Server.Comments);
    }

    [Fact]
    public async Task A_comment_that_GitHub_finds_too_long_is_cut_before_its_first_folded_part()
    {
        Server.LongestBody = 400;

        var delivery = await SendAsync(GitHubWorld.Comment($"### ✅ Pass\n\nseen\n\n<details><summary>more</summary>\n\n{new string('x', 400)}\n</details>\n"));

        Assert.True(delivery.Done);
        Assert.EndsWith(" -->\n### ✅ Pass\n\nseen\n\n\nThe host takes no longer comment: the rest is in the full report.\n", Assert.Single(Server.Comments).Body);
    }

    [Fact]
    public async Task A_comment_that_is_too_long_even_then_is_not_written_and_nothing_fails()
    {
        Server.LongestBody = 10;

        var delivery = await SendAsync(GitHubWorld.Comment());

        Assert.False(delivery.Done);
        Assert.EndsWith("the report is in the job summary.", delivery.Notice);
    }

    [Fact]
    public async Task The_merge_queues_own_commit_gets_no_comment_and_no_word()
    {
        world.Event("merge_group", $$$"""{"merge_group":{"head_sha":"{{{new string('a', 40)}}}","head_ref":"refs/heads/gh-readonly-queue/main/pr-7-{{{new string('b', 40)}}}","base_ref":"refs/heads/main"}}""");

        Assert.Equal(new Delivery(false, null), await SendAsync(GitHubWorld.Comment()));
        Assert.Empty(Server.Calls);
    }

    [Fact]
    public async Task A_server_that_fails_after_it_has_written_leaves_one_comment()
    {
        Server.Fails(request =>
        {
            if (request.Method != HttpMethod.Post || !request.RequestUri!.AbsolutePath.EndsWith("/comments", StringComparison.Ordinal))
            {
                return null;
            }

            Server.Add(FakeGitHub.Login, Written(request));
            return FakeGitHub.Answer(HttpStatusCode.BadGateway, "{}");
        });

        var delivery = await SendAsync(GitHubWorld.Comment());

        Assert.True(delivery.Done);
        Assert.Single(Server.Comments);
        Assert.Equal(["POST", "PATCH"], Server.Writes.Select(call => call.Split(' ')[0]));
    }

    private static string Written(HttpRequestMessage request)
    {
        using var reader = new StreamReader(request.Content!.ReadAsStream());
        return (string)System.Text.Json.Nodes.JsonNode.Parse(reader.ReadToEnd())!["body"]!;
    }

    private Task<Delivery> SendAsync(StickyComment comment) => world.Host().CommentAsync(comment, TestContext.Current.CancellationToken);

    public void Dispose() => world.Dispose();
}
