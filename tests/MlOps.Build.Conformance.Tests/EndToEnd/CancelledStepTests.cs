using System.Globalization;
using System.Text.Json.Nodes;
using MlOps.Build.Engine.Tests.Hosts.GitHub;

namespace MlOps.Build.Conformance.Tests.EndToEnd;

/// <summary>A step that ends while a trainer runs, which has started a process of its own.</summary>
public sealed class CancelledStepTests : IDisposable
{
    private readonly PackedEngine engine;
    private readonly FakeGitHub gitHub = new();
    private readonly GitHubServer server;
    private readonly VisitProject project = new();
    private readonly FileSystemWatcher watcher;
    private readonly TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public CancelledStepTests(PackedEngine engine)
    {
        this.engine = engine;
        server = new(gitHub);
        Directory.CreateDirectory(project.At(".mlops"));
        watcher = new(project.At(".mlops"), "child.id") { EnableRaisingEvents = true };
        watcher.Renamed += (_, _) => started.TrySetResult();
    }

    private string ChildId => project.At(Path.Combine(".mlops", "child.id"));

    public void Dispose()
    {
        watcher.Dispose();
        server.Dispose();
        gitHub.Dispose();
        project.Dispose();
    }

    [Fact]
    public async Task A_cancelled_job_ends_with_130_without_a_process_or_half_a_comment()
    {
        using var step = await StartAsync();

        step.Cancel();
        var result = await step.EndAsync();

        Assert.True(result.Exit == 130, result.All);
        NothingIsLeft();
        var body = Assert.Single(gitHub.Comments).Body;
        Assert.Contains("### ⚠️ Not judged: late-visits", body, StringComparison.Ordinal);
        Assert.Equal(["pass", "running", "not-judged"], gitHub.Texts.Select(text => text.Split("verdict=")[1].Split(' ')[0]));
        Assert.Contains("The run was cancelled.", result.Summary, StringComparison.Ordinal);
        Assert.DoesNotContain(ActionStep.Token, result.All + result.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_engine_whose_launcher_was_killed_hears_of_it_by_the_end_of_its_stdin()
    {
        using var step = await StartAsync();

        step.KillLauncher();
        var result = await step.EndAsync();

        Assert.Equal("SIGKILL", result.Signal);
        NothingIsLeft();
        Assert.Contains("### ⚠️ Not judged: late-visits", Assert.Single(gitHub.Comments).Body, StringComparison.Ordinal);
    }

    /// <summary>A pull request with a green comment, whose next push has a trainer that does not end.</summary>
    private async Task<ActionStep> StartAsync()
    {
        project.Push(VisitProject.Good);
        gitHub.Head = project.Head;
        using (var green = ActionStep.Start(engine.Action, project, server.Address))
        {
            var result = await green.EndAsync();
            Assert.True(result.Exit == 0, result.All);
        }

        project.Push($"mode: fork-and-hang, idFile: '{ChildId}'");
        gitHub.Head = project.Head;
        var step = ActionStep.Start(engine.Action, project, server.Address);
        var ended = step.EndAsync();
        if (await Task.WhenAny(started.Task, ended) == ended)
        {
            var result = await ended;
            Assert.Fail(result.All);
        }

        return step;
    }

    private void NothingIsLeft()
    {
        var child = int.Parse(File.ReadAllText(ChildId), CultureInfo.InvariantCulture);
        Assert.True(IsGone(child), $"process {child} is alive");
        var runs = project.StateFiles("run.json").Select(file => (string?)JsonNode.Parse(File.ReadAllText(file))!["status"]).ToArray();
        Assert.NotEmpty(runs);
        Assert.DoesNotContain("running", runs);
        Assert.Contains("cancelled", runs);
    }

    /// <summary>Where nobody collects orphans, an ended one stays in the table as a zombie.</summary>
    private static bool IsGone(int id)
        => OperatingSystem.IsLinux()
            ? !File.Exists($"/proc/{id}/stat") || File.ReadAllText($"/proc/{id}/stat").Contains(") Z", StringComparison.Ordinal)
            : System.Diagnostics.Process.GetProcesses().All(process => process.Id != id);
}
