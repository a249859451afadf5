using System.Text.RegularExpressions;
using MlOps.Build.Engine.Tests.Hosts.AzureDevOps;
using MlOps.Build.Pipeline.Tests;
using MlOps.Build.Pipeline.Tests.Yaml;
using YamlDotNet.RepresentationModel;

namespace MlOps.Build.Conformance.Tests.EndToEnd;

/// <summary>The two jobs of <c>templates/pr.yml</c> with the extension: what one leaves behind is all that the other one gets.</summary>
public sealed partial class AzureTemplateTests : IDisposable
{
    private const string Token = "theTokenOfTheAgentsJob0123456789";

    private readonly PackedEngine engine;
    private readonly FakeAzureDevOps azure = new();
    private readonly LoopbackServer server;
    private readonly VisitProject project = new();
    private readonly TemporaryFolder agent = new();
    private readonly Dictionary<string, YamlMappingNode> jobs;

    public AzureTemplateTests(PackedEngine engine)
    {
        this.engine = engine;
        server = new((method, path, body) =>
        {
            using var answer = azure.Answer(method, path, body);
            using var reader = new StreamReader(answer.Content.ReadAsStream());
            return new(reader.ReadToEnd(), Status: (int)answer.StatusCode);
        });
        jobs = TemplateExpander.Expand(Path.Combine(Repository.Root, "tasks", "azure-devops", "templates", "pr.yml"), "extension: true")
            .ToDictionary(job => job["job"].ToString(), StringComparer.Ordinal);
    }

    public void Dispose()
    {
        server.Dispose();
        project.Dispose();
        agent.Dispose();
    }

    [Fact]
    public async Task What_the_judging_job_leaves_behind_is_reported_by_the_job_that_holds_the_token()
    {
        project.Push(VisitProject.Bad);
        var judged = await JudgeAsync();
        var nothing = azure.Calls.ToArray();

        var reported = await ReportAsync();

        Assert.True(judged.Exit == 1, judged.Output + judged.Error);
        Assert.Empty(nothing);
        Assert.True(reported.Exit == 0, reported.Output + reported.Error);
        var thread = Assert.Single(azure.Threads);
        Assert.Equal("active", FakeAzureDevOps.Status(thread));
        Assert.Contains("Blocked: late-visits", FakeAzureDevOps.Content(thread), StringComparison.Ordinal);
        Assert.Equal("advice/late-visits failed", $"{azure.Statuses.Single()["context"]!["name"]} {azure.Statuses.Single()["state"]}");
    }

    [Fact]
    public async Task A_verdict_that_the_pull_request_wrote_itself_is_not_reported()
    {
        project.Push(VisitProject.Bad);
        await JudgeAsync();
        var file = Path.Combine(Bundle, "report.json");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).Replace("\"fail\"", "\"pass\"", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        var reported = await ReportAsync();

        Assert.Equal(5, reported.Exit);
        Assert.Contains("MLO2961", reported.Error, StringComparison.Ordinal);
        Assert.Empty(azure.Threads);
        Assert.Empty(azure.Statuses);
    }

    [Fact]
    public async Task The_report_goes_to_the_pull_request_that_the_agent_names_and_to_no_other()
    {
        project.Push(VisitProject.Good);
        await JudgeAsync();

        var reported = await ReportAsync(env => env.Where(pair => !pair.Key.StartsWith("SYSTEM_PULLREQUEST_", StringComparison.Ordinal)));

        Assert.True(reported.Exit == 0, reported.Output + reported.Error);
        Assert.Contains("This build is not one of a pull request.", reported.Output, StringComparison.Ordinal);
        Assert.Empty(azure.Calls);
    }

    [Fact]
    public async Task A_build_that_breaks_opens_the_green_thread_of_an_earlier_push_again()
    {
        var said = $"[//]: # (mlops v=1 model=late-visits head={new string('1', 40)} valid-at=2026-01-01T00:00:00.000Z verdict=pass action=no by=42.deploy..gate)";
        azure.AddThread(said, FakeAzureDevOps.Me, "closed");

        var reported = await ReportAsync();

        Assert.True(reported.Exit == 0, reported.Output + reported.Error);
        var thread = Assert.Single(azure.Threads);
        Assert.Equal("active", FakeAzureDevOps.Status(thread));
        Assert.Contains("Not judged: late-visits", FakeAzureDevOps.Content(thread), StringComparison.Ordinal);
        Assert.Equal("advice/late-visits error", $"{azure.Statuses.Single()["context"]!["name"]} {azure.Statuses.Single()["state"]}");
    }

    private string Bundle => agent.At("temp/mlops-bundle");

    /// <summary>The job without a token, and what a server does with the file that it publishes.</summary>
    private async Task<StepRun> JudgeAsync()
    {
        var steps = Steps("mlops_sample");
        var step = Assert.Single(steps, step => step.At("name")?.ToString() == "mlops");
        var env = Variables(((YamlMappingNode)step["env"]).Select(pair => KeyValuePair.Create(pair.Key.ToString(), pair.Value.ToString())));
        Assert.DoesNotContain(env, pair => pair.Value.Contains(Token, StringComparison.Ordinal) || pair.Value.Contains("AccessToken", StringComparison.Ordinal));
        var judged = await StepRun.ScriptAsync(engine.Engine, project.Folder, step["script"].ToString(), env);

        var published = Assert.Single(steps, step => step.At("publish") is not null);
        var file = Macros(published["publish"].ToString(), judged);
        var downloaded = Assert.Single(Steps("mlops_report"), step => step.At("task")?.ToString() == "DownloadPipelineArtifact@2")["inputs"];
        Assert.Equal(Macros(published["artifact"].ToString(), judged), Macros(downloaded["artifactName"].ToString().Replace("$(run)", "$(mlops.runId)", StringComparison.Ordinal), judged));
        Assert.Equal(Path.GetFileName(file), downloaded["itemPattern"].ToString());
        Assert.Equal(Bundle, Macros(downloaded["targetPath"].ToString(), judged));
        Directory.CreateDirectory(Bundle);
        File.Copy(file, Path.Combine(Bundle, Path.GetFileName(file)));
        return judged;
    }

    /// <summary>The job with the token, on an agent that has no sources.</summary>
    private Task<StepRun> ReportAsync(Func<IEnumerable<KeyValuePair<string, string>>, IEnumerable<KeyValuePair<string, string>>>? change = null)
    {
        azure.HeadNow = project.Head;
        var step = Assert.Single(Steps("mlops_report"), step => step.At("task")?.ToString() == "MlOpsBuild@1");
        var inputs = ((YamlMappingNode)step["inputs"]).ToDictionary(pair => pair.Key.ToString(), pair => Macros(pair.Value.ToString(), null), StringComparer.Ordinal);
        var env = Variables([KeyValuePair.Create("SYSTEM_ACCESSTOKEN", Token)]);
        return StepRun.TaskAsync(engine.Task, Directory.CreateDirectory(agent.At("s")).FullName, inputs, new Dictionary<string, string>(change?.Invoke(env) ?? env, StringComparer.Ordinal));
    }

    private IEnumerable<YamlMappingNode> Steps(string job) => ((YamlSequenceNode)jobs[job]["steps"]).Cast<YamlMappingNode>();

    private Dictionary<string, string> Variables(IEnumerable<KeyValuePair<string, string>> more)
    {
        var env = new Dictionary<string, string>(new AzureWorld().Variables, StringComparer.Ordinal)
        {
            ["SYSTEM_COLLECTIONURI"] = server.Address + "org/",
            ["SYSTEM_PULLREQUEST_SOURCECOMMITID"] = project.Head,
            ["BUILD_REASON"] = "PullRequest",
            ["BUILD_SOURCESDIRECTORY"] = project.Folder,
            ["AGENT_TEMPDIRECTORY"] = Directory.CreateDirectory(agent.At("temp")).FullName,
        };
        env.Remove("SYSTEM_ACCESSTOKEN");
        foreach (var (name, value) in more)
        {
            env[name] = value;
        }

        return env;
    }

    private string Macros(string text, StepRun? judged) => Macro().Replace(text, match => match.Groups["name"].Value switch
    {
        "Build.SourcesDirectory" => project.Folder,
        "Agent.TempDirectory" => agent.At("temp"),
        "mlops.runId" => RunId().Match(judged!.Output).Groups["id"].Value,
        var other => throw new InvalidOperationException($"{other} is not known here."),
    });

    [GeneratedRegex(@"\$\((?<name>[^)]+)\)")]
    private static partial Regex Macro();

    [GeneratedRegex(@"^##vso\[task\.setvariable variable=runId;isOutput=true;\](?<id>[0-9A-Z]{26})$", RegexOptions.Multiline)]
    private static partial Regex RunId();
}
