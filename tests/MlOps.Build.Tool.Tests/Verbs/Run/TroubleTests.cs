using MlOps.Build.Contracts;

namespace MlOps.Build.Tool.Tests.Verbs.Run;

public sealed class TroubleTests : IDisposable
{
    private readonly PipelineProject project = new();

    public void Dispose() => project.Dispose();

    [Fact]
    public async Task Data_that_break_their_contract_are_never_trained_on()
    {
        project.Settings(PipelineProject.Good, data: "  expect: { x: { max: 0.5 } }\n");

        var exit = await project.RunAsync("run");

        Assert.Equal(1, exit);
        Assert.Contains("error MLO2411", project.Error, StringComparison.Ordinal);
        Assert.Contains("x: ", project.Error, StringComparison.Ordinal);
        var run = Assert.Single(project.Runs());
        Assert.Equal((RunKind.Pipeline, RunStatus.Failed, "MLO2411"), (run.Kind, run.Status, run.ProblemCode));
    }

    [Fact]
    public async Task A_trainer_that_fails_leaves_a_record_of_it()
    {
        project.Settings("{ mode: exit-3 }");

        var exit = await project.RunAsync("run", "--output", "json");

        var problem = project.Answer<ProblemDocument>();
        Assert.Equal(problem.ExitCode, exit);
        Assert.NotEqual(0, exit);
        Assert.StartsWith("MLO22", problem.Code, StringComparison.Ordinal);
        Assert.Contains("the answer is three", problem.What + problem.Why, StringComparison.Ordinal);
        Assert.All(project.Runs(), run => Assert.Equal((RunStatus.Failed, problem.Code), (run.Status, run.ProblemCode)));
        Assert.Equal(2, project.Runs().Count);
    }

    [Theory]
    [InlineData("pr", "{ mode: exit-3 }")]
    [InlineData("pr", "{ scoreMode: exit-3 }")]
    [InlineData("full", "{ mode: exit-3 }")]
    [InlineData("full", "{ scoreMode: drop }")]
    public async Task A_run_that_fails_keeps_its_record_and_no_rows(string mode, string parameters)
    {
        project.Commit();
        project.Settings(parameters);

        var exit = await project.RunAsync("run", "--mode", mode);

        Assert.NotEqual(0, exit);
        var run = Assert.Single(project.Runs(), run => run.Kind == RunKind.Pipeline);
        Assert.Equal(RunStatus.Failed, run.Status);
        Assert.Empty(Rows(run));
        Assert.Contains(project.Runs(), other => other.Kind == RunKind.Training && File.Exists(project.RunFile(other, "run.json")));
    }

    [Fact]
    public async Task A_run_that_ends_in_a_bug_keeps_no_rows()
    {
        // The scorer leaves a folder in the place of evaluation.json, which nobody expects.
        project.Settings("{ scoreMode: squat }");

        var exit = await project.RunAsync("run");

        Assert.Equal(70, exit);
        Assert.Empty(Rows(Assert.Single(project.Runs(), run => run.Kind == RunKind.Pipeline)));
    }

    [Fact]
    public async Task A_cancelled_run_says_so_and_leaves_no_process()
    {
        var idFile = Path.Combine(project.Folder, ".mlops", "child.id");
        Directory.CreateDirectory(project.State);
        project.Settings($"{{ mode: fork-and-hang, idFile: '{idFile}' }}");
        using var watcher = new FileSystemWatcher(project.State, "child.id") { EnableRaisingEvents = true };
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        watcher.Renamed += (_, _) => cancellation.Cancel();

        var exit = await project.CancellableAsync(cancellation.Token, "run");

        Assert.Equal(130, exit);
        Assert.Equal(2, project.Runs().Count);
        Assert.All(project.Runs(), run => Assert.Equal(RunStatus.Cancelled, run.Status));
        Assert.All(project.Runs(), run => Assert.Empty(Rows(run)));
        Assert.Equal("cancelled: nothing is half written; run the same command again to go on.", project.Error.TrimEnd().Split('\n')[^1]);
        Assert.Empty(project.Output);
        var child = int.Parse(await File.ReadAllTextAsync(idFile, TestContext.Current.CancellationToken), System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(IsGone(child), $"process {child} is alive");
    }

    [Fact]
    public async Task Under_json_a_cancelled_run_is_a_document_too()
    {
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();

        var exit = await project.CancellableAsync(cancellation.Token, "run", "--output", "json");

        var problem = project.Answer<ProblemDocument>();
        Assert.Equal((130, 130, "MLO2071"), (exit, problem.ExitCode, problem.Code));
        Assert.StartsWith("error MLO2071: ", project.Error, StringComparison.Ordinal);
    }

    private IEnumerable<string> Rows(RunRecord run)
        => Directory.EnumerateFiles(project.RunFile(run, "."), "*.parquet", SearchOption.AllDirectories);

    /// <summary>Where nobody collects orphans, an ended one stays in the table as a zombie.</summary>
    private static bool IsGone(int id)
        => OperatingSystem.IsLinux()
            ? !File.Exists($"/proc/{id}/stat") || File.ReadAllText($"/proc/{id}/stat").Contains(") Z", StringComparison.Ordinal)
            : System.Diagnostics.Process.GetProcesses().All(process => process.Id != id);
}
