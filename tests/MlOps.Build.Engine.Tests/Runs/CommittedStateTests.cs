using MlOps.Build.Contracts;
using MlOps.Build.Engine.Processes;
using MlOps.Build.Engine.Runs;
using MlOps.Build.Engine.Tests.Processes;

namespace MlOps.Build.Engine.Tests.Runs;

public sealed class CommittedStateTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops committed ");
    private readonly GitFixture _git;

    public CommittedStateTests() => _git = new GitFixture(_folder.FullName);

    public void Dispose()
    {
        foreach (var file in _folder.EnumerateFiles("*", SearchOption.AllDirectories))
        {
            file.IsReadOnly = false;
        }

        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData(".mlops/build/trainer/App.dll")]
    [InlineData(".mlops/cache/predictions/0a.txt")]
    [InlineData(".mlops/runs/01KB/run.json")]
    [InlineData(".mlops/worktrees/Directory.Build.props")]
    [InlineData(".mlops/tmp/x")]
    [InlineData(".MLOPS/Cache/predictions/0a.txt")]
    public async Task What_mlops_would_trust_as_its_own_is_refused_when_it_was_committed(string file)
    {
        _git.Write(file, "x");
        await _git.CommitAllAsync("first");

        var problem = await RefusedAsync();

        Assert.Equal(("MLO2416", ExitCode.Refused), (problem.Code, problem.Exit));
        Assert.Contains($"'{file}'", problem.What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_files_are_named_and_the_command_that_removes_all()
    {
        foreach (var name in new[] { "build/a", "build/b", "cache/c", "runs/d", "runs/e" })
        {
            _git.Write($".mlops/{name}", name);
        }

        await _git.CommitAllAsync("first");

        var problem = await RefusedAsync();

        Assert.EndsWith("'.mlops/build/a', '.mlops/build/b', '.mlops/cache/c' and 2 more.", problem.What, StringComparison.Ordinal);
        Assert.Contains("`git rm -r -f .mlops/build .mlops/cache .mlops/runs`", problem.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_command_that_is_named_mends_it()
    {
        _git.Write(".mlops/build/a", "x");
        _git.Write(".mlops/runs/d", "x");
        await _git.CommitAllAsync("first");
        await RefusedAsync();

        await _git.RunAsync("rm", "--quiet", "-r", "-f", ".mlops/build", ".mlops/runs");

        await LookAsync(_folder.FullName);
        Assert.False(Path.Exists(Path.Combine(_folder.FullName, ".mlops", "build", "a")));
    }

    [Fact]
    public async Task A_folder_that_was_committed_as_a_link_is_refused()
    {
        _git.Write("elsewhere/cache/x", "x");
        Directory.CreateSymbolicLink(Path.Combine(_folder.FullName, ".mlops"), "elsewhere");
        await _git.CommitAllAsync("first");

        Assert.Contains("'.mlops'", (await RefusedAsync()).What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_project_answers_for_its_own_folder_only()
    {
        _git.Write("models/flights/.mlops/cache/x", "x");
        _git.Write("models/trains/mlops.yml", "x");
        await _git.CommitAllAsync("first");

        await LookAsync(Path.Combine(_folder.FullName, "models", "trains"));
        var problem = await RefusedAsync("models/flights");

        Assert.Contains("'.mlops/cache/x'", problem.What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_registry_and_the_schema_may_be_committed()
    {
        _git.Write(".mlops/.gitignore", "/*\n!/schema/\n");
        _git.Write(".mlops/registry/events/1.json", "x");
        _git.Write(".mlops/schema/mlops.schema.json", "x");
        await _git.RunAsync("init", "--quiet");
        await _git.RunAsync("add", "--force", ".mlops");
        _git.Write(".mlops/cache/x", "ignored");
        await _git.CommitAllAsync("first");

        await LookAsync(_folder.FullName);
    }

    [Fact]
    public async Task A_folder_outside_of_git_has_nothing_committed()
    {
        _git.Write(".mlops/cache/x", "x");

        await LookAsync(_folder.FullName);
    }

    private static Task LookAsync(string project)
        => CommittedState.RefuseAsync(
            new StateFolder(project), new ProcessRunner(new SystemEnvironment(), TimeProvider.System), new SystemEnvironment(), TestContext.Current.CancellationToken);

    private async Task<Problem> RefusedAsync(string project = ".")
        => (await Assert.ThrowsAsync<ProblemException>(() => LookAsync(Path.Combine(_folder.FullName, project)))).Problem;
}
