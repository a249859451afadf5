using System.Text.RegularExpressions;
using MlOps.Build.Engine.Tests.Hosts.AzureDevOps;

namespace MlOps.Build.Conformance.Tests.EndToEnd;

/// <summary>The packed task from its task.json to the thread of the pull request.</summary>
public sealed partial class AzureTaskTests : IDisposable
{
    private const string Token = "theTokenOfTheAgentsJob0123456789";

    private readonly PackedEngine engine;
    private readonly FakeAzureDevOps azure = new();
    private readonly LoopbackServer server;
    private readonly VisitProject project = new();

    public AzureTaskTests(PackedEngine engine)
    {
        this.engine = engine;
        server = new((method, path, body) =>
        {
            using var answer = azure.Answer(method, path, body);
            using var reader = new StreamReader(answer.Content.ReadAsStream());
            return new(reader.ReadToEnd(), Status: (int)answer.StatusCode);
        });
    }

    public void Dispose()
    {
        server.Dispose();
        project.Dispose();
    }

    [Fact]
    public async Task A_fail_opens_a_thread_and_the_pass_after_it_closes_the_same_one()
    {
        project.Push(VisitProject.Bad);
        var failed = await RunAsync();
        var thread = Assert.Single(azure.Threads);
        var (opened, text) = (FakeAzureDevOps.Status(thread), FakeAzureDevOps.Content(thread));

        project.Push(VisitProject.Good);
        var passed = await RunAsync();

        Assert.True(failed.Exit == 1, failed.Output + failed.Error);
        Assert.Equal("active", opened);
        Assert.Contains("Blocked: late-visits", text, StringComparison.Ordinal);
        Assert.True(passed.Exit == 0, passed.Output + passed.Error);
        Assert.Equal("closed", FakeAzureDevOps.Status(Assert.Single(azure.Threads)), ignoreCase: true);
        Assert.DoesNotContain("Blocked", FakeAzureDevOps.Content(thread), StringComparison.Ordinal);
        Assert.Equal(["fail", "pass"], new[] { failed, passed }.Select(run => Variable(run, "verdict")));
        Assert.Contains(Commands(failed), line => line.Area == "task.logissue" && line.Properties.Contains("type=error", StringComparison.Ordinal) && line.Properties.Contains($"linenumber={project.RuleLine}", StringComparison.Ordinal));
        Assert.Contains(Commands(passed), line => line.Area == "task.uploadsummary" && File.Exists(line.Text));
        Assert.All([failed, passed], run => Assert.DoesNotContain(Token, run.Output.Replace($"##vso[task.setsecret]{Token}\n", string.Empty, StringComparison.Ordinal) + run.Error, StringComparison.Ordinal));
    }

    private static IEnumerable<(string Area, string Properties, string Text)> Commands(StepRun run)
        => Command().Matches(run.Output).Select(match => (match.Groups["area"].Value, match.Groups["properties"].Value, match.Groups["text"].Value));

    private static string Variable(StepRun run, string name)
        => Assert.Single(Commands(run), line => line.Area == "task.setvariable" && line.Properties.Split(';').Contains($"variable={name}")).Text;

    private Task<StepRun> RunAsync()
    {
        azure.HeadNow = project.Head;
        var env = new Dictionary<string, string>(new AzureWorld().Variables, StringComparer.Ordinal)
        {
            ["SYSTEM_COLLECTIONURI"] = server.Address + "org/",
            ["SYSTEM_PULLREQUEST_SOURCECOMMITID"] = project.Head,
            ["BUILD_REASON"] = "PullRequest",
            ["BUILD_SOURCESDIRECTORY"] = project.Folder,
            ["AGENT_TEMPDIRECTORY"] = Directory.CreateDirectory(project.At(".mlops/agent")).FullName,
            ["ENDPOINT_AUTH_SYSTEMVSSCONNECTION"] = $$$"""{"parameters":{"AccessToken":"{{{Token}}}"},"scheme":"OAuth"}""",
        };
        env.Remove("SYSTEM_ACCESSTOKEN");
        return StepRun.TaskAsync(engine.Task, project.Folder, new Dictionary<string, string>(StringComparer.Ordinal) { ["command"] = "pr" }, env);
    }

    [GeneratedRegex(@"^##vso\[(?<area>[a-z.]+) ?(?<properties>[^\]]*)\](?<text>.*)$", RegexOptions.Multiline)]
    private static partial Regex Command();
}
