using System.Text.Json;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace MlOps.Build.Templates.Tests;

/// <summary>
/// The command lines of the shipped workflows, run in their order on a generated project as a runner runs them: a fresh clone, the packed
/// tool, the variables of GitHub, a repository to push to.
/// </summary>
[Trait("Speed", "Slow")]
public sealed partial class WorkflowRunTests(PackedTemplate template, ITestOutputHelper output)
{
    [Fact]
    public async Task A_pull_request_is_judged_and_a_release_is_registered_and_deployed()
    {
        await template.PackAllAsync();
        var project = await template.NewAsync("My Model", "--no-restore", "--feed", template.Feed, "--ci", "github");
        var origin = Path.Combine(template.Workspace, "origin.git");
        await GitAsync(template.Workspace, "init", "--bare", "--initial-branch=main", origin);
        await GitAsync(project.Folder, "init", "--initial-branch=main");
        await GitAsync(project.Folder, "add", "--all");
        await GitAsync(project.Folder, "commit", "-m", "Start");
        await GitAsync(project.Folder, "push", origin, "main");

        var first = await CloneAsync(origin, "release");
        await RunJobAsync(first, "mlops-release.yml", "release", ("INPUT_BOOTSTRAP", "true"));
        var outputs = await File.ReadAllTextAsync(Path.Combine(template.Workspace, "outputs"), TestContext.Current.CancellationToken);
        await RunJobAsync(await CloneAsync(origin, "deploy"), "mlops-release.yml", "deploy", ("INPUT_ENVIRONMENT", "production"), ("INPUT_MODEL", ""));
        await RunJobAsync(await CloneAsync(origin, "full"), "mlops-pr.yml", "full");

        await GitAsync(project.Folder, "switch", "-c", "change");
        var settings = await File.ReadAllTextAsync(Path.Combine(project.Folder, "mlops.yml"), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(project.Folder, "mlops.yml"), settings.Replace("trees: 60", "trees: 50", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        await GitAsync(project.Folder, "commit", "-am", "Fewer trees");
        await GitAsync(project.Folder, "push", origin, "change");
        var pullRequest = await CloneAsync(origin, "sample", "change");
        await RunJobAsync(pullRequest, "mlops-pr.yml", "sample");

        Assert.Contains("verdict=", outputs, StringComparison.Ordinal);
        Assert.Contains("model-digest", outputs, StringComparison.Ordinal);
        var log = await GitAsync(origin, "log", "--format=%s", "mlops-registry");
        output.WriteLine(log);
        Assert.Contains("deployed", log, StringComparison.OrdinalIgnoreCase);
        var run = RunIds().Matches(await File.ReadAllTextAsync(Path.Combine(template.Workspace, "outputs"), TestContext.Current.CancellationToken))[^1].Value;
        Assert.True(File.Exists(Path.Combine(pullRequest, ".mlops", "runs", run, "report.json")), $"What the workflow uploads of {run} is not there.");
    }

    [GeneratedRegex("[0-9A-HJKMNP-TV-Z]{26}")]
    private static partial Regex RunIds();

    /// <summary>Every <c>run</c> of a job; what it gives of <c>env</c> by its name, expressions as GitHub would fill them in.</summary>
    private async Task RunJobAsync(string clone, string workflow, string job, params (string Name, string Value)[] inputs)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(await File.ReadAllTextAsync(Path.Combine(clone, ".github", "workflows", workflow), TestContext.Current.CancellationToken)));
        foreach (var step in ((YamlSequenceNode)stream.Documents[0].RootNode["jobs"][job]["steps"]).Cast<YamlMappingNode>().Where(step => step.Children.ContainsKey("run")))
        {
            var words = step["run"].ToString().Split(' ');
            Assert.Equal("dotnet", words[0]);
            var environment = Runner(clone, job);
            foreach (var (name, value) in step.Children.TryGetValue("env", out var env) ? ((YamlMappingNode)env).Children.Select(pair => (pair.Key.ToString(), pair.Value.ToString())) : [])
            {
                environment[name] = inputs.FirstOrDefault(input => input.Name == name).Value ?? (value.Contains("${{", StringComparison.Ordinal) ? Expression(value) : value);
            }

            var (exit, text) = await Dotnet.TryAsync(clone, environment, words[1..]);
            Assert.True(exit == 0, $"{workflow}, {job}: {step["run"]} ended with {exit}\n{text}");
        }
    }

    private static string Expression(string value) => value switch
    {
        "credential.${{ github.server_url }}.helper" => "credential.https://example.org.helper",
        "${{ github.token }}" => "t0ken",
        "${{ inputs.approval-source }}" => "any",
        _ => string.Empty,
    };

    private Dictionary<string, string> Runner(string clone, string job)
    {
        var isPullRequest = job == "sample";
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var events = Path.Combine(template.Workspace, "event.json");
        const string Sha = "1af3b93b6815bc44a9784bd300feb67ff0d1eeb3";
        File.WriteAllText(events, JsonSerializer.Serialize(new
        {
            repository = new { default_branch = "main" },
            merge_group = new { head_ref = $"refs/heads/gh-readonly-queue/main/pr-1-{Sha}", head_sha = Sha, base_ref = "refs/heads/main" },
            pull_request = new
            {
                number = 1,
                head = new { sha = Sha, repo = new { full_name = "our/models" } },
                @base = new { @ref = "main", repo = new { full_name = "our/models" } },
            },
        }));
        return new Dictionary<string, string>(template.Environment)
        {
            // Folders of its own: two `dotnet tool restore` at once into one folder can each find the other's half unpacked tool.
            ["DOTNET_CLI_HOME"] = Path.Combine(template.Workspace, "home of workflows"),
            ["NUGET_PACKAGES"] = Path.Combine(template.Workspace, "packages of workflows"),
            ["NUGET_FALLBACK_PACKAGES"] = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(home, ".nuget", "packages"),
            ["GITHUB_ACTIONS"] = "true",
            ["GITHUB_WORKSPACE"] = clone,
            ["GITHUB_EVENT_NAME"] = isPullRequest ? "pull_request" : job == "full" ? "merge_group" : "workflow_dispatch",
            ["GITHUB_EVENT_PATH"] = events,
            ["GITHUB_REF"] = isPullRequest ? "refs/pull/1/merge" : "refs/heads/main",
            ["GITHUB_REF_PROTECTED"] = isPullRequest ? "false" : "true",
            ["GITHUB_BASE_REF"] = isPullRequest ? "main" : string.Empty,
            ["GITHUB_REPOSITORY"] = "our/models",
            ["GITHUB_SERVER_URL"] = "https://example.org",
            ["GITHUB_API_URL"] = "http://127.0.0.1:9",
            ["GITHUB_RUN_ID"] = "7",
            ["GITHUB_RUN_ATTEMPT"] = "1",
            ["GITHUB_ACTOR"] = "ana",
            ["GITHUB_OUTPUT"] = Path.Combine(template.Workspace, "outputs"),
            ["GITHUB_STEP_SUMMARY"] = Path.Combine(template.Workspace, "summary"),
        };
    }

    private async Task<string> CloneAsync(string origin, string name, string branch = "main")
    {
        var clone = Path.Combine(template.Workspace, "clone " + name);
        await GitAsync(template.Workspace, "clone", "--branch", branch, origin, clone);
        return clone;
    }

    private static async Task<string> GitAsync(string folder, params string[] words)
    {
        var (exit, text) = await Dotnet.TryProgramAsync("git", folder, new Dictionary<string, string>(), ["-c", "user.name=Ana", "-c", "user.email=ana@example.org", .. words]);
        Assert.True(exit == 0, $"git {string.Join(' ', words)}\n{text}");
        return text;
    }
}
