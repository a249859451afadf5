using MlOps.Build.Engine.Tests.Hosts.GitHub;

namespace MlOps.Build.Conformance.Tests.EndToEnd;

/// <summary>The packed action from its action.yml to the comment that stands below the pull request.</summary>
public sealed class ActionTests(PackedEngine engine) : IDisposable
{
    private readonly FakeGitHub gitHub = new();
    private GitHubServer? server;
    private VisitProject? project;

    private VisitProject Project => project ??= new();

    public void Dispose()
    {
        server?.Dispose();
        gitHub.Dispose();
        project?.Dispose();
    }

    [Fact]
    public async Task A_pass_sets_the_outputs_and_the_next_push_changes_the_same_comment()
    {
        Project.Push(VisitProject.Good);
        var first = await RunAsync();
        var (id, _, body) = Assert.Single(gitHub.Comments);

        Project.Push(VisitProject.Bad);
        var second = await RunAsync();

        Assert.True(first.Exit == 0, first.All);
        Assert.Contains("verdict=pass", body, StringComparison.Ordinal);
        Assert.Equal("pass", first.Outputs["verdict"]);
        Assert.Matches("^sha256:[0-9a-f]{64}$", first.Outputs["verdict-digest"]);
        Assert.Matches("^sha256:[0-9a-f]{64}$", first.Outputs["model-digest"]);
        Assert.True(File.Exists(Path.Combine(Project.Folder, first.Outputs["report-path"])), first.Outputs["report-path"]);
        Assert.Empty(first.Undeclared);
        Assert.Contains("late-visits", first.Summary, StringComparison.Ordinal);
        Assert.Equal((1, id), (second.Exit, Assert.Single(gitHub.Comments).Id));
        Assert.Single(gitHub.Writes, call => call.StartsWith("POST", StringComparison.Ordinal) && call.EndsWith("/comments", StringComparison.Ordinal));
        Assert.All([first, second], NoSecret);
    }

    [Fact]
    public async Task A_fail_points_at_the_rules_line_and_the_comment_says_blocked()
    {
        Project.Push(VisitProject.Bad);

        var result = await RunAsync();

        Assert.True(result.Exit == 1, result.All);
        Assert.Equal("fail", result.Outputs["verdict"]);
        var error = Assert.Single(result.Annotations, one => one.Name == "error");
        Assert.Equal(("mlops.yml", $"{Project.RuleLine}"), (error.Properties["file"], error.Properties["line"]));
        Assert.Contains("### ❌ Blocked: late-visits", Assert.Single(gitHub.Comments).Body, StringComparison.Ordinal);
        Assert.Contains("### ❌ Blocked: late-visits", result.Summary, StringComparison.Ordinal);
        NoSecret(result);
    }

    [Fact]
    public async Task What_cannot_be_told_ends_with_4_where_the_policy_of_main_says_so()
    {
        project = new(rules: "    - { metric: auc, no-worse-by: 0.05 }\n    - { metric: accuracy, at-least: 0.87 }\n  on-inconclusive: fail");
        Project.Push(VisitProject.Good);

        var result = await RunAsync();

        Assert.True(result.Exit == 4, result.All + result.Summary);
        Assert.Equal("inconclusive", result.Outputs["verdict"]);
        Assert.Contains("verdict=inconclusive", Assert.Single(gitHub.Comments).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_trainer_takes_the_green_comment_away()
    {
        Project.Push(VisitProject.Good);
        Assert.Equal(0, (await RunAsync()).Exit);

        Project.Push("mode: exit-3");
        var result = await RunAsync();

        Assert.NotEqual(0, result.Exit);
        var body = Assert.Single(gitHub.Comments).Body;
        Assert.Contains("### ⚠️ Not judged: late-visits", body, StringComparison.Ordinal);
        Assert.DoesNotContain("verdict=pass", body, StringComparison.Ordinal);
        Assert.Matches("(?s)### ⚠️ Not judged: late-visits.*MLO2[0-9]{3}", result.Summary);
        Assert.StartsWith("Not judged: MLO2", Assert.Single(result.Annotations, one => one.Name == "error").Properties["title"], StringComparison.Ordinal);
        Assert.False(result.Outputs.ContainsKey("verdict"), "No verdict was reached.");
        NoSecret(result);
    }

    [Fact]
    public async Task A_fork_is_judged_without_one_call_and_told_once()
    {
        Project.Push(VisitProject.Bad);

        var result = await RunAsync("mallory/flights");

        Assert.True(result.Exit == 1, result.All);
        Assert.Empty(gitHub.Calls);
        Assert.Single(result.Annotations, one => one.Name == "notice");
        Assert.Contains("### ❌ Blocked: late-visits", result.Summary, StringComparison.Ordinal);
        NoSecret(result);
    }

    [Fact]
    public async Task A_trainer_sees_no_token_and_no_input()
    {
        var file = Project.At("environment.txt");
        Project.Push($"{VisitProject.Good}, mode: environment-file, file: '{file}'");

        var result = await RunAsync(env: [("GITHUB_TOKEN", "canary-1"), ("SYSTEM_ACCESSTOKEN", "canary-2"), ("ACTIONS_RUNTIME_TOKEN", "canary-3"), ("AWS_SECRET_ACCESS_KEY", "canary-4"), ("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "canary-5")]);

        Assert.True(result.Exit == 0, result.All);
        var seen = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        Assert.Matches("(?m)^PATH=.", seen);
        Assert.DoesNotContain("canary-", seen, StringComparison.Ordinal);
        Assert.DoesNotContain(ActionStep.Token, seen, StringComparison.Ordinal);
        Assert.DoesNotMatch("(?mi)^(INPUT_|ACTIONS_|SYSTEM_|GITHUB_TOKEN|AWS_)", seen);
        Assert.DoesNotContain("canary-", result.All + result.Summary, StringComparison.Ordinal);
        NoSecret(result);
    }

    [Fact]
    public async Task A_trainer_reads_no_token_from_the_processes_above_it()
    {
        var file = Project.At("processes.txt");
        Project.Push($"{VisitProject.Good}, mode: processes-file, file: '{file}'");

        var result = await RunAsync(env: [("SYSTEM_ACCESSTOKEN", "canary-2")]);

        Assert.True(result.Exit == 0, result.All);
        var seen = await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken);
        Assert.Contains(seen, line => line.Contains("mlops.dll ci pr", StringComparison.Ordinal));
        Assert.Contains(seen, line => line.Contains("main.mjs", StringComparison.Ordinal));
        Assert.DoesNotContain(seen, line => line.Contains(ActionStep.Token, StringComparison.Ordinal) || line.Contains("canary-", StringComparison.Ordinal));

        // The first process above is the engine: nothing of it is open, whatever the kernel offers, and nothing answers.
        Assert.EndsWith(" environ: refused", seen[1], StringComparison.Ordinal);
        Assert.DoesNotContain(seen, line => line.StartsWith(seen[1].Split(' ')[0] + " socket:", StringComparison.Ordinal));
    }

    private static void NoSecret(ActionResult result)
    {
        Assert.DoesNotContain(ActionStep.Token, result.All + result.Summary + string.Concat(result.Outputs.Values), StringComparison.Ordinal);
        Assert.Contains(ActionStep.Token, result.Masks);
        Assert.Empty(result.Env);
        Assert.Empty(result.Paths);
    }

    private async Task<ActionResult> RunAsync(string headRepository = "octo/flights", (string, string)[]? env = null)
    {
        server ??= new(gitHub);
        gitHub.Head = Project.Head;
        using var step = ActionStep.Start(engine.Action, Project, server.Address, headRepository, env ?? []);
        return await step.EndAsync();
    }
}
