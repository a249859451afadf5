namespace MlOps.Build.Pipeline.Tests;

/// <summary>The tasks of the build and what each depends on. Set MLOPS_UPDATE=1 to write the snapshot anew.</summary>
public sealed class BuildTreeTests
{
    private static readonly string Program = Path.Combine(
        Repository.Root, "artifacts", "bin", "Build", Repository.Configuration, "Build.dll");

    [Fact]
    public async Task The_tree_of_tasks_is_the_one_in_the_snapshot()
    {
        var snapshot = Path.Combine(Repository.Root, "tests", "MlOps.Build.Pipeline.Tests", "Snapshots", "tree.txt");

        var (exit, tree) = await Repository.RunAsync(Repository.Root, "dotnet", Program, "--tree");

        if (Environment.GetEnvironmentVariable("MLOPS_UPDATE") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(snapshot)!);
            await File.WriteAllTextAsync(snapshot, tree, TestContext.Current.CancellationToken);
        }

        Assert.Equal(0, exit);
        Assert.Equal(await File.ReadAllTextAsync(snapshot, TestContext.Current.CancellationToken), tree);
    }

    [Theory]
    [InlineData("Clean")]
    [InlineData("Restore")]
    [InlineData("Format")]
    [InlineData("Compile")]
    [InlineData("Test")]
    [InlineData("Pack")]
    [InlineData("Demo")]
    [InlineData("Bench")]
    [InlineData("Eyeball")]
    public async Task Every_task_says_what_it_does(string task)
    {
        var (exit, output) = await Repository.RunAsync(Repository.Root, "dotnet", Program, "--description");

        var line = output.Split('\n').Single(text => text.TrimStart().StartsWith(task + " ", StringComparison.Ordinal));
        Assert.Equal(0, exit);
        Assert.NotEmpty(line.Trim()[task.Length..].Trim());
    }

    [Fact]
    public async Task A_dry_run_names_the_tasks_and_runs_none()
    {
        var (exit, output) = await Repository.RunAsync(Repository.Root, "dotnet", Program, "--target=Compile", "--dryrun");

        Assert.Equal(0, exit);
        Assert.Contains("1. Restore", output, StringComparison.Ordinal);
        Assert.Contains("2. Compile", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_exclusive_target_leaves_out_what_it_depends_on()
    {
        var (exit, output) = await Repository.RunAsync(Repository.Root, "dotnet", Program, "--target=Compile", "--dryrun", "--exclusive");

        Assert.Equal(0, exit);
        Assert.Contains("1. Compile", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Restore", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_target_fails()
    {
        var (exit, output) = await Repository.RunAsync(Repository.Root, "dotnet", Program, "--target=Tset");

        Assert.Equal(1, exit);
        Assert.Contains("Tset", output, StringComparison.Ordinal);
    }
}
