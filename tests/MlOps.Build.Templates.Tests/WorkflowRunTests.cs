using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace MlOps.Build.Templates.Tests;

/// <summary>
/// The command lines of the shipped workflows, run in their order on a generated project as a runner runs them: a fresh clone, the packed
/// tool, the variables of GitHub, a repository to push to.
/// </summary>
[Trait("Speed", "Slow")]
public sealed partial class WorkflowRunTests(PackedTemplate template, ITestOutputHelper output) : IDisposable
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose() => key.Dispose();

    [Fact]
    public async Task A_pull_request_is_judged_and_a_release_is_registered_and_deployed()
    {
        await template.PackAllAsync();
        var project = await template.NewAsync("My Model", "--no-restore", "--feed", template.Feed, "--ci", "github");
        var origin = Path.Combine(template.Workspace, "origin.git");
        await GitAsync(template.Workspace, "init", "--bare", "--initial-branch=main", origin);
        await RequireAttestationAsync(project.Folder);
        await GitAsync(project.Folder, "init", "--initial-branch=main");
        await GitAsync(project.Folder, "add", "--all");
        await GitAsync(project.Folder, "commit", "-m", "Start");
        await GitAsync(project.Folder, "push", origin, "main");

        var first = await CloneAsync(origin, "release");
        await RunJobAsync(first, "mlops-release.yml", "release", ("INPUT_BOOTSTRAP", "true"));
        var outputs = await File.ReadAllTextAsync(Path.Combine(template.Workspace, "outputs"), TestContext.Current.CancellationToken);
        var deploy = await CloneAsync(origin, "deploy");
        var refused = await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(
            () => RunJobAsync(deploy, "mlops-release.yml", "deploy", ("INPUT_ENVIRONMENT", "production")));
        await RunJobAsync(await CloneAsync(origin, "attest"), "mlops-release.yml", "attest");
        await RunJobAsync(deploy, "mlops-release.yml", "deploy", ("INPUT_ENVIRONMENT", "production"));
        await RunJobAsync(await CloneAsync(origin, "full"), "mlops-pr.yml", "full");

        await GitAsync(project.Folder, "switch", "-c", "change");
        var settings = await File.ReadAllTextAsync(Path.Combine(project.Folder, "mlops.yml"), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(project.Folder, "mlops.yml"), settings.Replace("trees: 60", "trees: 50", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        await GitAsync(project.Folder, "commit", "-am", "Fewer trees");
        await GitAsync(project.Folder, "push", origin, "change");
        var pullRequest = await CloneAsync(origin, "sample", "change");
        await RunJobAsync(pullRequest, "mlops-pr.yml", "sample");

        Assert.Contains("MLO2607", refused.Message, StringComparison.Ordinal);
        Assert.Contains("verdict=", outputs, StringComparison.Ordinal);
        Assert.Contains("model-digest", outputs, StringComparison.Ordinal);
        var log = await GitAsync(origin, "log", "--format=%s", "mlops-registry");
        output.WriteLine(log);
        Assert.Contains("deployed", log, StringComparison.OrdinalIgnoreCase);
        var run = RunIds().Matches(await File.ReadAllTextAsync(Path.Combine(template.Workspace, "outputs"), TestContext.Current.CancellationToken))[^1].Value;
        Assert.True(File.Exists(Path.Combine(pullRequest, ".mlops", "runs", run, "report.json")), $"What the workflow uploads of {run} is not there.");
    }

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

    [GeneratedRegex("[0-9A-HJKMNP-TV-Z]{26}")]
    private static partial Regex RunIds();

    /// <summary>Every <c>run</c> of a job; what it gives of <c>env</c> by its name, expressions as GitHub would fill them in.</summary>
    private async Task RunJobAsync(string clone, string workflow, string job, params (string Name, string Value)[] inputs)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(await File.ReadAllTextAsync(Path.Combine(clone, ".github", "workflows", workflow), TestContext.Current.CancellationToken)));
        var jobs = stream.Documents[0].RootNode["jobs"];
        foreach (var step in ((YamlSequenceNode)jobs[job]["steps"]).Cast<YamlMappingNode>().Where(step => step.Children.ContainsKey("run")))
        {
            var words = step["run"].ToString().Split(' ');
            Assert.Equal("dotnet", words[0]);
            var environment = Runner(clone, job);
            foreach (var (name, value) in step.Children.TryGetValue("env", out var env) ? ((YamlMappingNode)env).Children.Select(pair => (pair.Key.ToString(), pair.Value.ToString())) : [])
            {
                environment[name] = inputs.FirstOrDefault(input => input.Name == name).Value ?? (value.Contains("${{", StringComparison.Ordinal) ? Expression(value, jobs) : value);
            }

            var (exit, text) = await Dotnet.TryAsync(clone, environment, words[1..]);
            Assert.True(exit == 0, $"{workflow}, {job}: {step["run"]} ended with {exit}\n{text}");
        }
    }

    /// <summary>What a job before put out, by the names that stand in the workflow.</summary>
    private string HandedOver(string value, YamlNode jobs)
    {
        var needed = Needed().Match(value);
        var name = StepOutput().Match(jobs[needed.Groups["job"].Value]["outputs"][needed.Groups["output"].Value].ToString()).Groups["output"].Value;
        var text = File.ReadAllText(Path.Combine(template.Workspace, "outputs"));
        return Regex.Matches(text, $"^{Regex.Escape(name)}(?:=(?<value>.*)|<<(?<end>.+)\n(?<value>.*)\n\\k<end>)$", RegexOptions.Multiline)[^1].Groups["value"].Value;
    }

    [GeneratedRegex(@"^\$\{\{ needs\.(?<job>[a-z]+)\.outputs\.(?<output>[a-z-]+) \}\}$")]
    private static partial Regex Needed();

    [GeneratedRegex(@"\.outputs\.(?<output>[a-z-]+) ")]
    private static partial Regex StepOutput();

    private string Expression(string value, YamlNode jobs) => value switch
    {
        _ when Needed().IsMatch(value) => HandedOver(value, jobs),
        "${{ secrets.MLOPS_ATTESTATION_KEY }}" => key.ExportECPrivateKeyPem(),
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
