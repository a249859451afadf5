using System.Net;
using MlOps.Build.Engine.Tests.Hosts.GitHub;
using MlOps.Build.Tool.Tests.Verbs.Run;

namespace MlOps.Build.Tool.Tests.Verbs.Ci;

/// <summary><c>mlops ci pr</c> against a GitHub that remembers, from the first line on the wire to the comment that stands there.</summary>
public sealed class PullRequestCommentTests : IDisposable
{
    private readonly PullRequestJob job = new();
    private readonly PipelineProject project;
    private readonly FakeGitHub gitHub;

    public PullRequestCommentTests() => (project, gitHub) = (job.Project, job.GitHub);

    [Fact]
    public async Task A_change_that_makes_the_model_worse_is_in_the_comment_and_at_the_rules_line()
    {
        job.Push(PipelineProject.Bad);

        var exit = await project.RunAsync("ci", "pr");

        var body = Assert.Single(gitHub.Comments).Body;
        Assert.Equal(1, exit);
        Assert.Contains("verdict=fail -->\n### ❌ Blocked: late-visits", body);
        Assert.DoesNotContain("mlops:report", body);
        Assert.Contains($"::error file=mlops.yml,line={RuleLine},title=This rule of the gate does not hold::", project.Output);
        Assert.Contains("verdict=fail\n", File.ReadAllText(job.Outputs));
        Assert.Contains("### ❌ Blocked: late-visits", File.ReadAllText(job.Summary));
    }

    [Fact]
    public async Task A_green_comment_never_stands_beside_a_commit_that_was_not_judged()
    {
        job.Push(PipelineProject.Good, "# a remark\n");
        Assert.Equal(0, await project.RunAsync("ci", "pr"));
        Assert.Contains("verdict=pass", Assert.Single(gitHub.Comments).Body);
        gitHub.Texts.Clear();

        job.Push("{ mode: commands }");
        var exit = await project.RunAsync("ci", "pr");

        Assert.NotEqual(0, exit);
        Assert.Equal(["running", "not-judged"], gitHub.Texts.Select(text => text.Split("verdict=")[1].Split(' ')[0]));
        Assert.Contains("### ⚠️ Not judged: late-visits", Assert.Single(gitHub.Comments).Body);
        Assert.Contains("### ⚠️ Not judged: late-visits", File.ReadAllText(job.Summary));
        Assert.Contains("::error title=Not judged%3A MLO2", project.Output);
    }

    [Fact]
    public async Task Where_the_disk_fails_the_comment_does_not_say_running_for_ever()
    {
        job.Push(PipelineProject.Good, "# a remark\n");
        Assert.Equal(0, await project.RunAsync("ci", "pr"));
        gitHub.Texts.Clear();
        Directory.Move(Path.Combine(project.State, "runs"), Path.Combine(project.State, "former"));
        project.Write(".mlops/runs", "a file where a folder is needed");

        var exit = await project.RunAsync("ci", "pr");

        Assert.Equal(70, exit);
        Assert.Contains("mlops-bug-", project.Error);
        Assert.Equal(["running", "not-judged"], gitHub.Texts.Select(text => text.Split("verdict=")[1].Split(' ')[0]));
        Assert.Contains("`MLO2985`", Assert.Single(gitHub.Comments).Body);
        Assert.Contains("`MLO2985`", File.ReadAllText(job.Summary));
        Assert.Contains("::error title=Not judged%3A MLO2985::", project.Output);
    }

    [Fact]
    public async Task On_failure_a_pass_makes_no_comment_and_neither_does_a_run_that_begins()
    {
        job.Push(PipelineProject.Good, "# a remark\n");
        project.Variables["INPUT_COMMENT"] = "on-failure";

        Assert.Equal(0, await project.RunAsync("ci", "pr"));

        Assert.Empty(gitHub.Comments);
        Assert.Empty(gitHub.Writes);
    }

    [Fact]
    public async Task A_fork_is_judged_without_a_call_and_told_once()
    {
        job.Push(PipelineProject.Bad, repository: "mallory/flights");

        var exit = await project.RunAsync("ci", "pr");

        Assert.Equal(1, exit);
        Assert.Empty(gitHub.Calls);
        Assert.Single(project.Output.Split('\n'), line => line.StartsWith("::notice", StringComparison.Ordinal));
        Assert.Contains("### ❌ Blocked", File.ReadAllText(job.Summary));
    }

    [Fact]
    public async Task A_comment_that_GitHub_refuses_does_not_change_the_verdict()
    {
        job.Push(PipelineProject.Good, "# a remark\n");
        gitHub.Fails(_ => FakeGitHub.Answer(HttpStatusCode.Forbidden, """{"message":"Resource not accessible by integration"}"""), times: 10);

        var exit = await project.RunAsync("ci", "pr");

        Assert.Equal(0, exit);
        Assert.Single(gitHub.Calls);
        Assert.Single(project.Output.Split('\n'), line => line.StartsWith("::notice", StringComparison.Ordinal));
    }

    public void Dispose() => job.Dispose();

    private int RuleLine => Array.FindIndex(project.Read("mlops.yml").Split('\n'), line => line.Contains("metric: auc", StringComparison.Ordinal)) + 1;
}
