using MlOps.Build.Contracts;
using MlOps.Build.Engine.Hosts;

namespace MlOps.Build.Engine.Tests.Hosts.GitHub;

public sealed class PullRequestEventTests : IDisposable
{
    private static readonly string Sha = new('a', 40);

    private readonly GitHubWorld world = new();

    [Fact]
    public void A_pull_request_is_known_by_its_number_and_the_commit_of_its_head()
    {
        var pull = world.Host().PullRequest;

        Assert.Equal(new PullRequestIdentity { Number = 7, HeadSha = Sha, BaseBranch = "main", IsFork = false }, pull);
    }

    [Theory]
    [InlineData("octo/flights", false)]
    [InlineData("Octo/Flights", false)]
    [InlineData("mallory/flights", true)]
    [InlineData(null, true)]
    public void A_fork_is_known_by_the_name_of_the_heads_repository(string? repository, bool fork)
        => Assert.Equal(fork, world.Event("pull_request", GitHubWorld.PullRequest(repository)).Host().PullRequest!.IsFork);

    [Fact]
    public void The_merge_queue_names_a_pull_request_and_a_commit_of_its_own()
    {
        world.Event("merge_group", $$$"""{"merge_group":{"head_sha":"{{{Sha}}}","head_ref":"refs/heads/gh-readonly-queue/release/1.x/pr-12-{{{Sha}}}","base_ref":"refs/heads/release/1.x"}}""");

        Assert.Equal(
            new PullRequestIdentity { Number = 12, HeadSha = Sha, BaseBranch = "release/1.x", IsFork = false, Queued = true },
            world.Host().PullRequest);
    }

    [Fact]
    public void A_person_can_name_a_commit_that_was_looked_at()
    {
        world.Event("workflow_dispatch", $$$"""{"inputs":{"pull-request":"12","head-sha":"{{{Sha}}}"},"repository":{"default_branch":"main"}}""");

        Assert.Equal(new PullRequestIdentity { Number = 12, HeadSha = Sha, BaseBranch = "main", IsFork = false }, world.Host().PullRequest);
    }

    [Theory]
    [InlineData("workflow_dispatch", """{"inputs":null}""")]
    [InlineData("workflow_dispatch", """{"inputs":{"pull-request":""}}""")]
    [InlineData("push", """{"ref":"refs/heads/main"}""")]
    [InlineData("merge_group", """{"merge_group":{"head_sha":"x","head_ref":"refs/heads/another","base_ref":"refs/heads/main"}}""")]
    public void Other_events_have_no_pull_request(string name, string json)
        => Assert.Null(world.Event(name, json).Host().PullRequest);

    [Fact]
    public void Without_a_file_there_is_no_pull_request()
        => Assert.Null(world.With("GITHUB_EVENT_PATH", "/nowhere/event.json").Host().PullRequest);

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"pull_request":{}}""")]
    [InlineData("""{"pull_request":{"number":0,"head":{"sha":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","repo":null},"base":{"ref":"main","repo":{"full_name":"a/b"}}}}""")]
    [InlineData("""{"pull_request":{"number":1,"head":{"sha":"--upload-pack=x","repo":null},"base":{"ref":"main","repo":{"full_name":"a/b"}}}}""")]
    [InlineData("""{"pull_request":{"number":1,"head":{"sha":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","repo":null},"base":{"ref":"--x","repo":{"full_name":"a/b"}}}}""")]
    [InlineData("""{"pull_request":{"number":1,"head":{"sha":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","repo":null},"base":{"ref":"a\nb","repo":{"full_name":"a/b"}}}}""")]
    [InlineData("""{"pull_request":{"number":"1","head":{"sha":7},"base":7}}""")]
    public void An_event_that_GitHub_does_not_write_is_refused(string json)
    {
        var host = world.Event("pull_request", json).Host();

        Assert.Equal("MLO2920", Assert.Throws<ProblemException>(() => host.PullRequest).Problem.Code);
    }

    [Fact]
    public void An_event_is_not_read_when_it_is_too_large_to_be_one()
    {
        world.Event("pull_request", "{}");
        using (var file = File.OpenWrite(world.Variables["GITHUB_EVENT_PATH"]))
        {
            file.SetLength(26L * 1024 * 1024);
        }

        Assert.Contains("25 MiB", Assert.Throws<ProblemException>(() => world.Host().PullRequest).Problem.Why);
    }

    public void Dispose() => world.Dispose();
}
