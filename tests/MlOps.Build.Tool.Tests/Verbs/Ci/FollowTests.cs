using System.Text.Json;
using System.Text.Json.Nodes;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Tests.Hosts.GitHub;
using MlOps.Build.Tool.Tests.Verbs.Run;

namespace MlOps.Build.Tool.Tests.Verbs.Ci;

/// <summary><c>mlops ci report</c> in a job on <c>workflow_run</c>, against a GitHub that remembers.</summary>
public sealed class FollowTests : IDisposable
{
    private const string Page = "https://github.test/runs/1";
    private static readonly string FirstHead = new('1', 40);
    private static readonly string SecondHead = new('2', 40);

    private readonly PipelineProject project = new();
    private readonly FakeGitHub gitHub = new();
    private readonly GitHubServer server;

    public FollowTests()
    {
        server = new(gitHub);
        project.Commit();
        project.Settings(PipelineProject.Good, more: "# a remark\n");
    }

    [Fact]
    public async Task A_run_that_left_nothing_takes_the_green_comment_of_an_older_commit_away()
    {
        await project.RunAsync("run");
        Follows(FirstHead, "2026-11-22T10:00:00Z");
        Leave("mlops-run", "late-visits");
        Assert.True(await project.RunAsync("ci", "report") == 0, project.Error);
        Assert.Contains("verdict=pass", Assert.Single(gitHub.Comments).Body, StringComparison.Ordinal);
        Assert.Contains("This is advice, from a sample", gitHub.Comments[0].Body, StringComparison.Ordinal);

        Follows(SecondHead, "2026-11-22T10:05:00Z");
        Directory.Delete(Bundles, recursive: true);
        var exit = await project.RunAsync("ci", "report", "--output", "json");

        var body = Assert.Single(gitHub.Comments).Body;
        Assert.Equal(0, exit);
        Assert.Contains($"head={SecondHead}", body, StringComparison.Ordinal);
        Assert.Contains("### ⚠️ Not judged: late-visits", body, StringComparison.Ordinal);
        Assert.Contains("The run ended without a report.", body, StringComparison.Ordinal);
        Assert.Contains(Page, body, StringComparison.Ordinal);
        Assert.Equal("error", (string)gitHub.Statuses[^1]["state"]!);
        Assert.Equal(["late-visits"], project.Answer<FollowAnswer>().NotJudged);
    }

    [Fact]
    public async Task Of_two_models_each_has_its_comment_and_the_one_whose_build_broke_is_not_judged()
    {
        await project.RunAsync("run");
        Follows(FirstHead, "2026-11-22T10:00:00Z");
        Leave("mlops-run-a", "model-a");
        Leave("mlops-run-b", "model-b");
        Assert.True(await project.RunAsync("ci", "report", "--output", "json") == 0, project.Error);
        Assert.Equal(["model-a", "model-b"], project.Answer<FollowAnswer>().Reports.Select(report => report.Model));

        Follows(SecondHead, "2026-11-22T10:05:00Z");
        Directory.Delete(Path.Combine(Bundles, "mlops-run-b"), recursive: true);
        Assert.Equal(0, await project.RunAsync("ci", "report"));

        Assert.Equal(["pass", "not-judged"], gitHub.Comments.Select(comment => comment.Body.Split("verdict=")[1].Split(' ')[0]));
        Assert.All(gitHub.Comments, comment => Assert.Contains($"head={SecondHead}", comment.Body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_forged_bundle_ends_with_five_and_takes_the_green_comment_away()
    {
        await project.RunAsync("run");
        Follows(FirstHead, "2026-11-22T10:00:00Z");
        Leave("mlops-run", "late-visits");
        Assert.Equal(0, await project.RunAsync("ci", "report"));

        Follows(SecondHead, "2026-11-22T10:05:00Z");
        await File.WriteAllTextAsync(Path.Combine(Bundles, "mlops-run", "report.json"), "{}", TestContext.Current.CancellationToken);
        var exit = await project.RunAsync("ci", "report");

        Assert.Equal(5, exit);
        Assert.StartsWith("error MLO2961:", project.Error, StringComparison.Ordinal);
        Assert.Contains("Not judged", Assert.Single(gitHub.Comments).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_run_to_follow_an_empty_folder_is_a_mistake()
        => Assert.Equal(5, await project.RunAsync("ci", "report", "--host", "local", "--input", "bundle=nowhere"));

    private string Runner => project.Folder + ".runner";

    private string Bundles => Path.Combine(Runner, "bundles");

    /// <summary>What the artifact of a job holds.</summary>
    private void Leave(string artifact, string model)
    {
        var run = project.Runs().Last(run => run.Kind == RunKind.Pipeline);
        var report = JsonNode.Parse(File.ReadAllText(project.RunFile(run, "report.json")))!;
        report["run"]!["model"] = model;
        report["evaluation"]!["model"] = model;
        report["verdict"]!["model"] = model;
        var document = Documents.Parse<ReportDocument>(System.Text.Encoding.UTF8.GetBytes(report.ToJsonString()), "report.json");
        var verdict = document.Verdict with { Subject = document.Verdict.Subject with { Evaluation = Digest.OfDocument(document.Evaluation) } };
        Directory.CreateDirectory(Path.Combine(Bundles, artifact));
        File.WriteAllBytes(Path.Combine(Bundles, artifact, "report.json"), Documents.Write(document with { Verdict = verdict, VerdictDigest = Digest.OfDocument(verdict) }));
    }

    private void Follows(string head, string began)
    {
        Directory.CreateDirectory(Runner);
        gitHub.Head = head;
        gitHub.Pulls.Clear();
        gitHub.Pulls.Add((7, "fork/flights", head));
        File.WriteAllText(Path.Combine(Runner, "event.json"), JsonSerializer.Serialize(new
        {
            workflow_run = new
            {
                @event = "pull_request",
                head_sha = head,
                workflow_id = 42,
                run_number = 1,
                run_started_at = began,
                html_url = Page,
                head_repository = new { full_name = "fork/flights" },
            },
        }));
        foreach (var (name, value) in new Dictionary<string, string>
        {
            ["GITHUB_ACTIONS"] = "true",
            ["GITHUB_API_URL"] = server.Address.AbsoluteUri,
            ["GITHUB_REPOSITORY"] = "octo/flights",
            ["GITHUB_RUN_ID"] = "19283746",
            ["GITHUB_EVENT_NAME"] = "workflow_run",
            ["GITHUB_EVENT_PATH"] = Path.Combine(Runner, "event.json"),
            ["GITHUB_OUTPUT"] = Path.Combine(Runner, "output.txt"),
            ["GITHUB_STEP_SUMMARY"] = Path.Combine(Runner, "summary.md"),
            ["INPUT_BUNDLE"] = Bundles,
            ["INPUT_GITHUBTOKEN"] = "ghs_secret",
        })
        {
            project.Variables[name] = value;
        }
    }

    public void Dispose()
    {
        server.Dispose();
        gitHub.Dispose();
        project.Dispose();
        if (Directory.Exists(Runner))
        {
            Directory.Delete(Runner, recursive: true);
        }
    }
}
