using MlOps.Build.Engine.Hosts;
using MlOps.Build.Engine.Tests.Registry;

namespace MlOps.Build.Engine.Tests.Hosts;

/// <summary>What a job is trusted with follows from what started it.</summary>
public sealed class ZoneProbeTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("pull_request")]
    [InlineData("pull_request_target")]
    [InlineData("pull_request_review")]
    [InlineData("issue_comment")]
    [InlineData("")]
    public void What_nobody_has_merged_is_not_trusted_on_github(string name)
        => Assert.Equal(ZoneKind.Untrusted, GitHub(name, "refs/heads/main", isProtected: true).Kind);

    [Theory]
    [InlineData("push", "refs/heads/main", false, ZoneKind.Trusted)]
    [InlineData("workflow_dispatch", "refs/heads/main", false, ZoneKind.Trusted)]
    [InlineData("schedule", "refs/heads/main", false, ZoneKind.Trusted)]
    [InlineData("push", "refs/heads/release", true, ZoneKind.Advisory)]
    [InlineData("push", "refs/heads/idea", false, ZoneKind.Advisory)]
    [InlineData("push", "refs/tags/main", false, ZoneKind.Advisory)]
    [InlineData("push", "refs/tags/v1", true, ZoneKind.Advisory)]
    [InlineData("merge_group", "refs/heads/gh-readonly-queue/main/pr-1", false, ZoneKind.Trusted)]
    [InlineData("workflow_run", "refs/heads/main", true, ZoneKind.Reporter)]
    public void The_merge_queue_and_the_default_branch_bind_on_github(string name, string reference, bool isProtected, ZoneKind zone)
        => Assert.Equal(zone, GitHub(name, reference, isProtected).Kind);

    [Fact]
    public void The_merge_queue_binds_and_changes_nothing()
    {
        var zone = GitHub("merge_group", "refs/heads/gh-readonly-queue/main/pr-1", isProtected: false);

        Assert.Equal((true, false), (zone.Binds, zone.MayRelease));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"repository":{"default_branch":7}}""")]
    [InlineData("""{"repository":null}""")]
    public void An_event_file_that_is_not_understood_makes_no_branch_the_default(string payload)
        => Assert.Equal(ZoneKind.Advisory, GitHub("push", "refs/heads/main", isProtected: false, payload).Kind);

    [Theory]
    [InlineData("PullRequest", "refs/heads/main", null, null, ZoneKind.Untrusted)]
    [InlineData("IndividualCI", "refs/heads/main", "True", null, ZoneKind.Untrusted)]
    [InlineData("Manual", "refs/pull/7/merge", null, null, ZoneKind.Untrusted)]
    [InlineData("Manual", "refs/heads/main", null, "7", ZoneKind.Untrusted)]
    [InlineData("Manual", "", null, null, ZoneKind.Untrusted)]
    [InlineData("IndividualCI", "refs/heads/main", "False", null, ZoneKind.Trusted)]
    public void A_pull_request_is_not_trusted_on_azure_devops(string reason, string branch, string? isFork, string? number, ZoneKind zone)
    {
        var variables = new Variables
        {
            ["TF_BUILD"] = "True",
            ["BUILD_REASON"] = reason,
            ["BUILD_SOURCEBRANCH"] = branch,
            ["SYSTEM_PULLREQUEST_ISFORK"] = isFork ?? string.Empty,
            ["SYSTEM_PULLREQUEST_PULLREQUESTID"] = number ?? string.Empty,
        };

        Assert.Equal(zone, ZoneProbe.Of(variables).Kind);
    }

    [Theory]
    [InlineData("refs/heads/main", null, ZoneKind.Trusted)]
    [InlineData("refs/heads/master", null, ZoneKind.Trusted)]
    [InlineData("refs/heads/feature/x", null, ZoneKind.Advisory)]
    [InlineData("refs/heads/Main", null, ZoneKind.Advisory)]
    [InlineData("refs/tags/main", null, ZoneKind.Advisory)]
    [InlineData("refs/heads/trunk", "trunk", ZoneKind.Trusted)]
    [InlineData("refs/heads/trunk", "refs/heads/trunk", ZoneKind.Trusted)]
    [InlineData("refs/heads/trunk2", "trunk", ZoneKind.Advisory)]
    [InlineData("refs/tags/trunk", "refs/tags/trunk", ZoneKind.Advisory)]
    [InlineData("refs/heads/trunk", "", ZoneKind.Advisory)]
    [InlineData("refs/pull/7/merge", "refs/pull/7/merge", ZoneKind.Untrusted)]
    public void Only_the_default_branch_binds_on_azure_devops(string branch, string? named, ZoneKind zone)
    {
        var variables = new Variables { ["TF_BUILD"] = "True", ["BUILD_REASON"] = "Manual", ["BUILD_SOURCEBRANCH"] = branch };
        if (named is not null)
        {
            variables["MLOPS_DEFAULTBRANCH"] = named;
        }

        Assert.Equal(zone, ZoneProbe.Of(variables).Kind);
    }

    [Fact]
    public void A_laptop_is_its_owners()
        => Assert.True(ZoneProbe.Of(new Variables()).MayRelease);

    private JobZone GitHub(string name, string reference, bool isProtected, string payload = """{"repository":{"default_branch":"main"}}""")
    {
        var file = folder.At("event.json");
        File.WriteAllText(file, payload);
        return ZoneProbe.Of(new Variables
        {
            ["GITHUB_ACTIONS"] = "true",
            ["GITHUB_EVENT_NAME"] = name,
            ["GITHUB_REF"] = reference,
            ["GITHUB_REF_PROTECTED"] = isProtected ? "true" : "false",
            ["GITHUB_EVENT_PATH"] = file,
        });
    }

    private sealed class Variables : Dictionary<string, string>, IEnvironment
    {
        IReadOnlyDictionary<string, string> IEnvironment.Variables => this;
    }
}
