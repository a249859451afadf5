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
        var child = int.Parse(await File.ReadAllTextAsync(idFile, TestContext.Current.CancellationToken), System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(IsGone(child), $"process {child} is alive");
    }

    /// <summary>Where nobody collects orphans, an ended one stays in the table as a zombie.</summary>
    private static bool IsGone(int id)
        => OperatingSystem.IsLinux()
            ? !File.Exists($"/proc/{id}/stat") || File.ReadAllText($"/proc/{id}/stat").Contains(") Z", StringComparison.Ordinal)
            : System.Diagnostics.Process.GetProcesses().All(process => process.Id != id);
}
