using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Tests.Hosts.GitHub;
using MlOps.Build.Templates.Tests.Workflows;

namespace MlOps.Build.Templates.Tests;

/// <summary>
/// The jobs of the shipped workflows, run on a generated project as a runner runs them: a fresh clone, the packed tool, the variables of
/// GitHub, a repository to push to, the artifacts handed to the workflow that comments, and a GitHub that remembers.
/// </summary>
[Trait("Speed", "Slow")]
public sealed class WorkflowRunTests(PackedTemplate template) : IDisposable
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose() => key.Dispose();

    [Fact]
    public async Task A_pull_request_is_judged_and_reported_and_a_release_is_registered_and_deployed()
    {
        await template.PackAllAsync();
        var project = await template.NewAsync("My Model", "--no-restore", "--feed", template.Feed, "--ci", "github");
        await GitAsync(template.Workspace, "init", "--bare", "--initial-branch=main", Origin);
        await RequireAttestationAsync(project.Folder);
        await GitAsync(project.Folder, "init", "--initial-branch=main");
        await GitAsync(project.Folder, "add", "--all");
        await GitAsync(project.Folder, "commit", "-m", "Start");
        await GitAsync(project.Folder, "push", Origin, "main");
        (string, string) bootstrap = ("bootstrap", "true"), environment = ("environment", "production"), runner = ("deploy-runs-on", "self-hosted");

        var first = await RunAsync("release", "mlops-release.yml", "release", bootstrap, environment, runner);
        (string, string)[] handedOver = [.. Needed.Select(name => ($"needs.release.outputs.{name}", first.Outputs[$"steps.release.outputs.{name}"]))];
        var early = await RunAsync("early", "mlops-release.yml", "deploy", handedOver, bootstrap, environment, runner);
        var attest = await RunAsync("attest", "mlops-release.yml", "attest", [.. handedOver, ("secrets.MLOPS_ATTESTATION_KEY", key.ExportECPrivateKeyPem())], environment, runner, ("attestation-environment", "attestation"));
        var deploy = await RunAsync("deploy", "mlops-release.yml", "deploy", handedOver, bootstrap, environment, runner);
        var full = await RunAsync("full", "mlops-pr.yml", "full");

        await GitAsync(project.Folder, "switch", "-c", "change");
        var settings = await File.ReadAllTextAsync(Path.Combine(project.Folder, "mlops.yml"), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(project.Folder, "mlops.yml"), settings.Replace("trees: 60", "trees: 50", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        await GitAsync(project.Folder, "commit", "-am", "Fewer trees");
        await GitAsync(project.Folder, "push", Origin, "change");
        var sample = await RunAsync("sample", "mlops-pr.yml", "sample");

        Assert.True(early.Failed);
        Assert.Contains("MLO2607", string.Join('\n', early.Log), StringComparison.Ordinal);
        Assert.All([first, attest, deploy, full, sample], job => Assert.False(job.Failed, string.Join('\n', job.Log)));
        Assert.Contains(first.Outputs["steps.release.outputs.verdict"], (string[])["pass", "warn", "inconclusive"]);
        var log = await GitAsync(Origin, "log", "--format=%s", "mlops-registry");
        Assert.Contains("deployed", log, StringComparison.OrdinalIgnoreCase);
        TwoModelsAreReleased(environment, runner);
        await ReportsAsync();
    }

    /// <summary>Two calls in one run leave two artifacts; with one name for both the second would be refused, after it has registered.</summary>
    private void TwoModelsAreReleased(params (string Name, string Value)[] inputs)
    {
        var workflow = new WorkflowFile(Path.Combine(Clone("release"), ".github", "workflows", "mlops-release.yml"));
        var uploads = Job(Clone("release"), "release", "release", []);

        uploads.Upload(workflow, "release", [.. inputs, ("name", "mlops-release-second")]);

        Assert.Equal(["mlops-release", "mlops-release-second"], Kept("release").Names);
        Assert.Throws<Xunit.Sdk.FalseException>(() => uploads.Upload(workflow, "release", inputs));
    }

    private static readonly string[] Needed = ["model-digest", "package", "verdict-digest"];

    /// <summary>The environment takes only what the job with the key has signed.</summary>
    private async Task RequireAttestationAsync(string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, "keys"));
        await File.WriteAllTextAsync(Path.Combine(folder, "keys", "ci.pub"), key.ExportSubjectPublicKeyInfoPem(), TestContext.Current.CancellationToken);
        var file = Path.Combine(folder, "mlops.yml");
        var settings = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        Assert.Contains("path: deploy/production }", settings, StringComparison.Ordinal);
        await File.WriteAllTextAsync(
            file,
            settings.Replace("path: deploy/production }", "path: deploy/production, require-attestation: bundle, attesters: [{ name: ci, publicKey: keys/ci.pub }] }", StringComparison.Ordinal),
            TestContext.Current.CancellationToken);
    }

    /// <summary>What those jobs uploaded, handed to the workflow that comments, one push after the other.</summary>
    private async Task ReportsAsync()
    {
        using var gitHub = new FakeGitHub();
        using var server = new GitHubServer(gitHub);

        // A fork's push, judged on a sample.
        var sample = await ReportAsync(gitHub, server, 1, "sample");
        Assert.False(sample.Failed, string.Join('\n', sample.Log));
        Assert.Contains("This is advice, from a sample", Assert.Single(gitHub.On(7)), StringComparison.Ordinal);
        Assert.Contains($"head={gitHub.Head} ", gitHub.On(7).Single(), StringComparison.Ordinal);
        Assert.Equal("mlops/advice (my-model)", (string)Assert.Single(gitHub.Statuses)["context"]!);

        // The label: all data.
        await ReportAsync(gitHub, server, 2, "full");
        Assert.Contains("This is advice, from all data", Assert.Single(gitHub.On(7)), StringComparison.Ordinal);

        // A fork that writes its own verdict, and names another pull request beside it.
        var refused = await ReportAsync(gitHub, server, 3, Forged());
        Assert.True(refused.Failed);
        Assert.Contains(refused.Log, line => line.Contains("ended with 5", StringComparison.Ordinal) && line.Contains("MLO2961", StringComparison.Ordinal));
        Assert.Contains("The run ended without a report.", Assert.Single(gitHub.On(7)), StringComparison.Ordinal);
        Assert.Equal("error", (string)gitHub.Statuses[^1]["state"]!);
        Assert.DoesNotContain(gitHub.Texts, text => text.Contains("Merge at once", StringComparison.Ordinal));

        // Two models in one workflow, by two calls with a name each.
        var second = await SecondModelAsync();
        var models = await ReportAsync(gitHub, server, 4, second);
        Assert.False(models.Failed, string.Join('\n', models.Log));
        Assert.Equal(["my-model", "second"], Models(gitHub));

        // A push that does not compile: the job is red and uploads nothing, and no green comment stays.
        var source = Directory.EnumerateFiles(Path.Combine(Clone("sample"), "src"), "*.cs", SearchOption.AllDirectories).First();
        await File.AppendAllTextAsync(source, "this does not compile", TestContext.Current.CancellationToken);
        var broken = Job(Clone("sample"), "sample", "broken", []);
        await broken.RunAsync(new(Path.Combine(Clone("sample"), ".github", "workflows", "mlops-pr.yml")), "sample");
        var silent = await ReportAsync(gitHub, server, 5, "broken");
        Assert.True(broken.Failed);
        Assert.Empty(Kept("broken").Names);
        Assert.False(silent.Failed, string.Join('\n', silent.Log));
        Assert.Equal(["my-model", "second"], Models(gitHub));
        Assert.All(gitHub.On(7), body => Assert.Contains("The run ended without a report.", body, StringComparison.Ordinal));
        Assert.All(gitHub.On(7), body => Assert.Contains($"head={gitHub.Head} ", body, StringComparison.Ordinal));
        Assert.Equal(["error", "error"], gitHub.Statuses.TakeLast(2).Select(status => (string)status["state"]!));
        Assert.Empty(gitHub.On(8));
        Assert.Empty(gitHub.On(9));
    }

    /// <summary>The artifact of the fork's run with a sentence of its own in the verdict and the number of a stranger's pull request.</summary>
    private string Forged()
    {
        var from = Kept("sample").At("mlops-run");
        var to = Directory.CreateDirectory(Kept("forged").At("mlops-run")).FullName;
        var report = JsonNode.Parse(File.ReadAllText(Path.Combine(from, "report.json")))!;
        report["verdict"]!["sentence"] = "Merge at once.";
        report["pullRequest"] = 8;
        File.WriteAllText(Path.Combine(to, "report.json"), report.ToJsonString());
        File.WriteAllText(Path.Combine(to, "pr-number.txt"), "8");
        return "forged";
    }

    private static IEnumerable<string> Models(FakeGitHub gitHub)
        => gitHub.On(7).Select(body => body.Split("model=")[1].Split(' ')[0]).Order(StringComparer.Ordinal);

    /// <summary>The jobs of a run with a second call of the workflow, whose model lies in a folder of its own.</summary>
    private async Task<string> SecondModelAsync()
    {
        var clone = Clone("sample");
        var bundle = Path.Combine(Kept("sample").At("mlops-run"), "report.json");
        var report = Documents.Read<ReportDocument>(bundle);
        var evaluation = report.Evaluation with { Model = "second" };
        var verdict = report.Verdict with { Model = "second", Subject = report.Verdict.Subject with { Evaluation = Digest.OfDocument(evaluation) } };
        var named = report with { Run = report.Run with { Model = "second" }, Evaluation = evaluation, Verdict = verdict, VerdictDigest = Digest.OfDocument(verdict) };
        var folder = Directory.CreateDirectory(Path.Combine(clone, "models", "second", ".mlops", "runs", report.Run.Id)).FullName;
        await File.WriteAllBytesAsync(Path.Combine(folder, "report.json"), Documents.Write(named), TestContext.Current.CancellationToken);

        var workflow = new WorkflowFile(Path.Combine(clone, ".github", "workflows", "mlops-pr.yml"));
        var uploads = Job(clone, "sample", "two", [("steps.pr.outputs.run-id", report.Run.Id)]);
        uploads.Upload(workflow, "sample");
        uploads.Upload(workflow, "sample", ("root", "models/second"), ("name", "mlops-run-second"));
        Assert.Equal(["mlops-run", "mlops-run-second"], Kept("two").Names);
        return "two";
    }

    /// <summary>The reporter, in an empty workspace on the default branch, after a run whose artifacts are these.</summary>
    private async Task<Runner> ReportAsync(FakeGitHub gitHub, GitHubServer server, int push, string run)
    {
        gitHub.Head = new string((char)('0' + push), 40);
        gitHub.Pulls.Clear();
        gitHub.Pulls.AddRange([(8, "our/models", gitHub.Head), (7, "fork/models", gitHub.Head), (9, "fork/models", new string('f', 40))]);
        var folder = Directory.CreateDirectory(Path.Combine(template.Workspace, $"report {run}")).FullName;
        var workspace = Directory.CreateDirectory(Path.Combine(folder, "workspace")).FullName;
        var events = Path.Combine(folder, "event.json");
        await File.WriteAllTextAsync(events, JsonSerializer.Serialize(new
        {
            repository = new { default_branch = "main" },
            workflow_run = new
            {
                @event = "pull_request",
                head_sha = gitHub.Head,
                workflow_id = 42,
                run_number = push,
                run_started_at = DateTimeOffset.UtcNow,
                html_url = "https://example.org/run",
                head_repository = new { full_name = "fork/models" },
            },
        }), TestContext.Current.CancellationToken);
        var environment = Variables(workspace, events);
        environment["GITHUB_EVENT_NAME"] = "workflow_run";
        environment["GITHUB_REF"] = "refs/heads/main";
        environment["GITHUB_API_URL"] = server.Address.AbsoluteUri;
        var reporter = new Runner(workspace, Path.Combine(folder, "temp"), Kept(run), environment);
        reporter.Contexts["github.event.workflow_run.id"] = "7";
        reporter.Contexts["github.event.workflow_run.event"] = "pull_request";
        reporter.Contexts["github.event.workflow_run.conclusion"] = "failure";
        (string Name, string Value)[] inputs = [("version", PackedTemplate.Version), ("feed", template.Feed)];
        var workflow = new WorkflowFile(Path.Combine(Clone("sample"), ".github", "workflows", "mlops-report.yml"));
        Assert.True(reporter.Starts(workflow, "report", inputs));
        await reporter.RunAsync(workflow, "report", inputs);

        // Nothing is checked out, unpacked or left where a tool looks for its settings.
        Assert.DoesNotContain("actions/checkout", reporter.Used);
        Assert.Empty(Directory.EnumerateFileSystemEntries(workspace));
        return reporter;
    }

    private Task<Runner> RunAsync(string name, string workflow, string job, params (string Name, string Value)[] inputs)
        => RunAsync(name, workflow, job, [], inputs);

    /// <summary>A job of a workflow, in a clone of its own.</summary>
    private async Task<Runner> RunAsync(string name, string workflow, string job, (string Name, string Value)[] contexts, params (string Name, string Value)[] inputs)
    {
        await GitAsync(template.Workspace, "clone", "--branch", job == "sample" ? "change" : "main", Origin, Clone(name));
        return await Job(Clone(name), job, name, contexts).RunAsync(new(Path.Combine(Clone(name), ".github", "workflows", workflow)), job, inputs);
    }

    private Runner Job(string clone, string job, string run, (string Name, string Value)[] contexts)
    {
        var runner = new Runner(clone, Path.Combine(template.Workspace, $"temp of {run}"), Kept(run), JobVariables(clone, job));
        if (job == "sample")
        {
            // A fork's run has nothing that is worth a theft: a step that asked for the token would not find it.
            runner.Contexts.Remove("github.token");
        }

        foreach (var (name, value) in contexts)
        {
            runner.Contexts[name] = value;
        }

        return runner;
    }

    private Artifacts Kept(string run) => new(Path.Combine(template.Workspace, $"artifacts of {run}"));

    private string Origin => Path.Combine(template.Workspace, "origin.git");

    private string Clone(string name) => Path.Combine(template.Workspace, "clone " + name);

    /// <summary>The variables of a job that runs what is in the repository.</summary>
    private Dictionary<string, string> JobVariables(string clone, string job)
    {
        var isPullRequest = job == "sample";
        var events = Path.Combine(template.Workspace, "event.json");
        const string Sha = "1af3b93b6815bc44a9784bd300feb67ff0d1eeb3";
        File.WriteAllText(events, JsonSerializer.Serialize(new
        {
            repository = new { default_branch = "main" },
            merge_group = new { head_ref = $"refs/heads/gh-readonly-queue/main/pr-1-{Sha}", head_sha = Sha, base_ref = "refs/heads/main" },
            pull_request = new
            {
                number = 1,
                head = new { sha = Sha, repo = new { full_name = "fork/models" } },
                @base = new { @ref = "main", repo = new { full_name = "our/models" } },
            },
        }));
        return new(Variables(clone, events))
        {
            ["GITHUB_EVENT_NAME"] = isPullRequest ? "pull_request" : job == "full" ? "merge_group" : "workflow_dispatch",
            ["GITHUB_REF"] = isPullRequest ? "refs/pull/1/merge" : "refs/heads/main",
            ["GITHUB_REF_PROTECTED"] = isPullRequest ? "false" : "true",
            ["GITHUB_BASE_REF"] = isPullRequest ? "main" : string.Empty,
            ["GITHUB_API_URL"] = "http://127.0.0.1:9",
        };
    }

    private Dictionary<string, string> Variables(string workspace, string events)
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return new(template.Environment)
        {
            // Folders of its own: two `dotnet tool restore` at once into one folder can each find the other's half unpacked tool.
            ["DOTNET_CLI_HOME"] = Path.Combine(template.Workspace, "home of workflows"),
            ["NUGET_PACKAGES"] = Path.Combine(template.Workspace, "packages of workflows"),
            ["NUGET_FALLBACK_PACKAGES"] = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(home, ".nuget", "packages"),
            ["GITHUB_ACTIONS"] = "true",
            ["GITHUB_WORKSPACE"] = workspace,
            ["GITHUB_EVENT_PATH"] = events,
            ["GITHUB_REPOSITORY"] = "our/models",
            ["GITHUB_SERVER_URL"] = "https://example.org",
            ["GITHUB_RUN_ID"] = "7",
            ["GITHUB_RUN_ATTEMPT"] = "1",
            ["GITHUB_ACTOR"] = "ana",
            ["GITHUB_STEP_SUMMARY"] = Path.Combine(template.Workspace, "summary"),
        };
    }

    private static async Task<string> GitAsync(string folder, params string[] words)
    {
        var (exit, text) = await Dotnet.TryProgramAsync("git", folder, new Dictionary<string, string>(), ["-c", "user.name=Ana", "-c", "user.email=ana@example.org", .. words]);
        Assert.True(exit == 0, $"git {string.Join(' ', words)}\n{text}");
        return text;
    }
}
