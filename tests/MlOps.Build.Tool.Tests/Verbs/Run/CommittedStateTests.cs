namespace MlOps.Build.Tool.Tests.Verbs.Run;

public sealed class CommittedStateTests : IDisposable
{
    private readonly PipelineProject project = new();

    public void Dispose() => project.Dispose();

    [Theory]
    [InlineData("run")]
    [InlineData("run --mode full")]
    [InlineData("ci pr")]
    [InlineData("train")]
    [InlineData("score")]
    [InlineData("gate")]
    [InlineData("gate explain")]
    [InlineData("report")]
    [InlineData("register --run latest")]
    [InlineData("runs list")]
    [InlineData("runs show latest")]
    [InlineData("runs compare 01KB3 latest")]
    public async Task No_verb_works_on_state_that_was_committed(string line)
    {
        project.Write(".mlops/cache/predictions/0a.txt", "x");
        project.Commit();

        var exit = await project.RunAsync(line.Split(' '));

        Assert.Equal(5, exit);
        Assert.Contains("error MLO2416", project.Error, StringComparison.Ordinal);
        Assert.Contains("'.mlops/cache/predictions/0a.txt'", project.Error, StringComparison.Ordinal);
        Assert.Contains("git rm -r -f .mlops/cache", project.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_that_removes_what_its_base_has_committed_is_judged()
    {
        project.Write(".mlops/cache/predictions/0a.txt", "x");
        project.Commit();
        project.Git("checkout", "--quiet", "-b", "change");
        project.Git("rm", "--quiet", "-r", "-f", ".mlops/cache");
        project.Settings("{ scoreMode: column, leaves: 5 }");
        project.Commit();

        var (exit, result) = await project.PipelineAsync("--base", "main");

        Assert.Equal(0, exit);
        Assert.StartsWith("main@", result.Baseline, StringComparison.Ordinal);
    }
}
