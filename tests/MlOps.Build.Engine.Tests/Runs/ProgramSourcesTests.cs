using MlOps.Build.Engine.Processes;
using MlOps.Build.Engine.Runs;
using MlOps.Build.Engine.Tests.Processes;
using MlOps.Build.Engine.Tests.Training;

namespace MlOps.Build.Engine.Tests.Runs;

public sealed class ProgramSourcesTests : IDisposable
{
    private const string App = "src/App/App.csproj";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops src ");
    private readonly FakeEnvironment _environment = new(new SystemEnvironment().Variables);
    private readonly GitFixture _git;

    public ProgramSourcesTests()
    {
        _git = new GitFixture(_folder.FullName);
        _git.Write(".gitignore", "bin/\nobj/\n");
        _git.Write(App, "<Project />");
        _git.Write("src/App/Program.cs", "");
        _git.Write("src/Other/Other.cs", "");
        _git.Write("Directory.Build.props", "<Project />");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("src/App/Program.cs", true)]
    [InlineData("src/App/New.cs", true)]
    [InlineData("Directory.Build.props", true)]
    [InlineData("src/Directory.Build.targets", true)]
    [InlineData("nuget.config", true)]
    [InlineData("global.json", true)]
    [InlineData("src/App/packages.lock.json", true)]
    [InlineData("src/Other/Other.cs", false)]
    [InlineData("README.md", false)]
    [InlineData("mlops.yml", false)]
    [InlineData("src/App/bin/Debug/App.dll", false)]
    public async Task A_change_counts_where_it_reaches_the_project(string file, bool counts)
    {
        await _git.CommitAllAsync("first");
        var before = await DigestAsync(App);

        _git.Write(file, "changed");

        Assert.Equal(counts, await DigestAsync(App) != before);
    }

    [Theory]
    [InlineData("src/Other/Other.cs", true)]
    [InlineData("mlops.yml", false)]
    [InlineData(".mlops/runs/x", false)]
    public async Task A_command_stands_for_all_files(string file, bool counts)
    {
        await _git.CommitAllAsync("first");
        var before = await DigestAsync(project: null);

        _git.Write(file, "changed");

        Assert.Equal(counts, await DigestAsync(project: null) != before);
    }

    [Fact]
    public async Task Committing_changes_nothing()
    {
        await _git.CommitAllAsync("first");
        _git.Write("src/App/New.cs", "new");
        var before = await DigestAsync(App);

        await _git.CommitAllAsync("second");

        Assert.Equal(before, await DigestAsync(App));
    }

    [Fact]
    public async Task Without_git_build_output_is_left_out_by_its_name()
    {
        var before = await DigestAsync(App);
        _git.Write("src/App/obj/x.cs", "");
        var output = await DigestAsync(App);

        _git.Write("src/App/New.cs", "");

        Assert.Equal(before, output);
        Assert.NotEqual(before, await DigestAsync(App));
    }

    [Fact]
    public async Task A_deleted_file_counts_before_it_is_committed()
    {
        await _git.CommitAllAsync("first");
        var before = await DigestAsync(App);

        File.Delete(Path.Combine(_folder.FullName, "src", "App", "Program.cs"));

        Assert.NotEqual(before, await DigestAsync(App));
    }

    private Task<string> DigestAsync(string? project)
        => new ProgramSources(new ProcessRunner(_environment, TimeProvider.System), _environment).DigestAsync(
            _folder.FullName,
            project is null ? null : Path.Combine(_folder.FullName, project),
            TestContext.Current.CancellationToken);
}
