using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Storage.Git;
using MlOps.Build.Engine.Tests.Runs;

namespace MlOps.Build.Engine.Tests.Training;

public sealed class ProgramBuilderTests : IDisposable
{
    private readonly TrainingFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task The_same_sources_give_the_same_bytes_in_a_worktree_of_another_commit()
    {
        var git = new GitFixture(_fixture.Root);
        WriteProject("Console.WriteLine(args.Length);");
        await git.CommitAllAsync("project");
        var token = TestContext.Current.CancellationToken;
        var repository = (await GitRepository.FindAsync(_fixture.Root, _fixture.Processes, _fixture.Environment, token))!;
        var state = await repository.StateAsync(token);
        File.WriteAllText(Path.Combine(_fixture.Root, "README.md"), "docs only");
        await git.CommitAllAsync("docs");
        await using var worktree = await new GitWorktrees(repository, _fixture.State, TimeProvider.System).AddAsync(state.Commit!, token);

        var here = await _fixture.Builder().BuildAsync("challenger", _fixture.Root, Project, token);
        Directory.Delete(here.Folder!, recursive: true);
        var there = await _fixture.Builder().BuildAsync("baseline", worktree.ProjectRoot, Project, token);

        Assert.Equal((here.SourceDigest, here.Digest, here.EntryFile), (there.SourceDigest, there.Digest, there.EntryFile));
        Assert.Equal(here.Folder, there.Folder);
        Assert.False(Directory.Exists(Path.Combine(_fixture.Root, "src", "App", "bin")));
        Assert.False(Directory.Exists(Path.Combine(_fixture.Root, "src", "App", "obj")));
        var result = await _fixture.Processes.RunAsync(
            new() { Program = there.Command[0], Arguments = [.. there.Command.Skip(1), "a", "b"], WorkingDirectory = _fixture.Root }, token);
        Assert.Equal("2", result.Output.Trim());
    }

    [Fact]
    public async Task A_project_that_does_not_build_names_its_errors()
    {
        WriteProject("undefined();");

        var problem = await BuildBadlyAsync();

        Assert.Equal(("MLO2207", ExitCode.Usage), (problem.Code, problem.Exit));
        Assert.Contains("error CS0103", problem.Why, StringComparison.Ordinal);
        Assert.Contains("undefined", problem.Why, StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(Path.Combine(_fixture.State.Build, "obj")));
    }

    [Fact]
    public async Task A_project_that_is_not_there_is_named()
    {
        var problem = await BuildBadlyAsync();

        Assert.Equal(("MLO2207", ExitCode.Unavailable), (problem.Code, problem.Exit));
        Assert.Contains("src/App", problem.What, StringComparison.Ordinal);
    }

    private static ProgramConfiguration Project { get; } = new() { Project = "src/App" };

    private async Task<Problem> BuildBadlyAsync()
        => (await Assert.ThrowsAsync<ProblemException>(() => _fixture.Builder().BuildAsync(
            "challenger", _fixture.Root, Project, TestContext.Current.CancellationToken))).Problem;

    private void WriteProject(string program)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_fixture.Root, "src", "App")).FullName;
        File.WriteAllText(Path.Combine(folder, "App.csproj"), """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
              </PropertyGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(folder, "Program.cs"), program);
    }
}
