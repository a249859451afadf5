using MlOps.Build.Contracts;
using MlOps.Build.Engine.Processes;
using MlOps.Build.Engine.Runs;
using MlOps.Build.Engine.Storage.Git;
using MlOps.Build.Engine.Tests.Processes;
using MlOps.Build.Engine.Tests.Training;

namespace MlOps.Build.Engine.Tests.Runs;

public sealed class GitRepositoryTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops gît ");
    private readonly FakeEnvironment _environment = new(new SystemEnvironment().Variables);
    private readonly GitFixture _git;

    public GitRepositoryTests()
    {
        // The tests themselves may run in a pull request.
        _environment.Changed.Remove("GITHUB_BASE_REF");
        _environment.Changed.Remove("SYSTEM_PULLREQUEST_TARGETBRANCH");
        _git = new GitFixture(Directory.CreateDirectory(Path.Combine(_folder.FullName, "repo")).FullName);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        foreach (var file in _folder.EnumerateFiles("*", SearchOption.AllDirectories))
        {
            file.IsReadOnly = false;
        }

        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_folder_without_git_has_no_repository()
        => Assert.Null(await GitRepository.FindAsync(_git.Folder, Runner(), _environment, Token));

    [Fact]
    public async Task A_machine_without_git_has_no_repository()
    {
        await _git.CommitAllAsync("first");
        _environment.Changed["PATH"] = _folder.FullName;

        Assert.Null(await GitRepository.FindAsync(_git.Folder, Runner(), _environment, Token));
    }

    [Fact]
    public async Task A_repository_of_somebody_else_is_not_the_same_as_none()
    {
        await _git.CommitAllAsync("first");
        _environment.Changed["GIT_TEST_ASSUME_DIFFERENT_OWNER"] = "1";
        _environment.Changed["GIT_CONFIG_GLOBAL"] = OperatingSystem.IsWindows() ? "NUL" : "/dev/null";

        var problem = await UnusableAsync(_git.Folder);

        Assert.Contains("dubious ownership", problem.Why, StringComparison.Ordinal);
        Assert.Contains("safe.directory", problem.Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".git/HEAD", "")]
    [InlineData(".git/config", "[no end")]
    public async Task A_damaged_repository_is_not_the_same_as_none(string file, string content)
    {
        await _git.CommitAllAsync("first");
        _git.Write("models/flights/x", "x");
        _git.Write(file, content);

        var problem = await UnusableAsync(Path.Combine(_git.Folder, "models", "flights"));

        Assert.Contains("fatal: ", problem.Why, StringComparison.Ordinal);
        Assert.Contains("git status", problem.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_worktree_whose_repository_was_moved_away_is_not_the_same_as_none()
    {
        _git.Write(".git", "gitdir: ../gone/.git/worktrees/repo\n");

        await UnusableAsync(_git.Folder);
    }

    [Fact]
    public async Task The_state_names_commit_branch_and_whether_something_changed()
    {
        var commit = await _git.CommitAllAsync("first");
        var repository = await OpenAsync();

        var clean = await repository.StateAsync(Token);
        _git.Write("new file.txt", "x");
        var dirty = await repository.StateAsync(Token);

        Assert.Equal(new GitState { Commit = commit, Branch = "main", Dirty = false }, clean);
        Assert.Equal(clean with { Dirty = true }, dirty);
    }

    [Fact]
    public async Task Ignored_files_do_not_make_it_dirty_and_a_detached_head_has_no_branch()
    {
        _git.Write(".gitignore", ".mlops/\n");
        var commit = await _git.CommitAllAsync("first");
        _git.Write(".mlops/x", "x");
        await _git.RunAsync("checkout", "--quiet", "--detach");

        var state = await (await OpenAsync()).StateAsync(Token);

        Assert.Equal(new GitState { Commit = commit, Branch = null, Dirty = false }, state);
    }

    [Fact]
    public async Task A_repository_without_a_commit_has_neither_commit_nor_base()
    {
        await _git.RunAsync("init", "--quiet", "--initial-branch=main");
        var repository = await OpenAsync();

        Assert.Null((await repository.StateAsync(Token)).Commit);
        Assert.Null(await BaseAsync(repository));
    }

    [Fact]
    public async Task The_base_is_where_the_branch_left_main()
    {
        var left = await _git.CommitAllAsync("first");
        await _git.RunAsync("checkout", "--quiet", "-b", "feature");
        await _git.CommitAllAsync("mine");
        await _git.RunAsync("checkout", "--quiet", "main");
        await _git.CommitAllAsync("theirs");
        await _git.RunAsync("checkout", "--quiet", "feature");

        var found = await BaseAsync(await OpenAsync());

        Assert.Equal(new GitBase("main", left), found);
    }

    [Theory]
    [InlineData("GITHUB_BASE_REF", "release")]
    [InlineData("SYSTEM_PULLREQUEST_TARGETBRANCH", "refs/heads/release")]
    public async Task The_target_of_the_pull_request_goes_before_main(string variable, string value)
    {
        await _git.CommitAllAsync("first");
        await _git.RunAsync("checkout", "--quiet", "-b", "release");
        var release = await _git.CommitAllAsync("second");
        await _git.RunAsync("checkout", "--quiet", "-b", "feature");
        await _git.CommitAllAsync("third");
        _environment.Changed[variable] = value;

        var found = await BaseAsync(await OpenAsync());

        Assert.Equal(new GitBase("release", release), found);
    }

    [Fact]
    public async Task A_base_that_was_named_goes_before_everything()
    {
        var first = await _git.CommitAllAsync("first");
        await _git.CommitAllAsync("second");
        _environment.Changed["GITHUB_BASE_REF"] = "main";

        var found = await BaseAsync(await OpenAsync(), first);

        Assert.Equal(new GitBase(first, first), found);
    }

    [Fact]
    public async Task A_base_that_was_named_and_is_not_there_is_a_problem()
    {
        await _git.CommitAllAsync("first");

        var problem = await BadBaseAsync(await OpenAsync(), "nowhere");

        Assert.Equal(("MLO2404", ExitCode.Usage), (problem.Code, problem.Exit));
        Assert.Contains("'nowhere'", problem.What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_base_is_never_read_as_an_option()
        => Assert.Equal("MLO2404", (await BadBaseAsync(await CommittedAsync(), "--help")).Code);

    [Fact]
    public async Task A_shallow_clone_names_the_setting_that_mends_it()
    {
        await _git.CommitAllAsync("first");
        await _git.RunAsync("checkout", "--quiet", "-b", "feature");
        await _git.CommitAllAsync("second");
        await _git.RunAsync("checkout", "--quiet", "main");
        await _git.CommitAllAsync("third");
        var clone = new GitFixture(Directory.CreateDirectory(Path.Combine(_folder.FullName, "clone")).FullName);
        await clone.RunAsync("clone", "--quiet", "--depth=1", "--no-single-branch", "--branch=feature", new Uri(_git.Folder).AbsoluteUri, ".");
        var repository = (await GitRepository.FindAsync(clone.Folder, Runner(), _environment, Token))!;

        var problem = await BadBaseAsync(repository, named: null);

        Assert.Equal(("MLO2403", ExitCode.Unavailable), (problem.Code, problem.Exit));
        Assert.Contains("fetch-depth: 0", problem.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shallow_clone_without_the_target_branch_says_the_same()
    {
        await _git.CommitAllAsync("first");
        await _git.RunAsync("checkout", "--quiet", "-b", "feature");
        await _git.CommitAllAsync("second");
        var clone = new GitFixture(Directory.CreateDirectory(Path.Combine(_folder.FullName, "clone")).FullName);
        await clone.RunAsync("clone", "--quiet", "--depth=1", "--branch=feature", new Uri(_git.Folder).AbsoluteUri, ".");
        _environment.Changed["GITHUB_BASE_REF"] = "main";
        var repository = (await GitRepository.FindAsync(clone.Folder, Runner(), _environment, Token))!;

        Assert.Equal("MLO2403", (await BadBaseAsync(repository, named: null)).Code);
    }

    [Fact]
    public async Task Histories_without_a_common_commit_cannot_be_compared()
    {
        await _git.CommitAllAsync("first");
        await _git.RunAsync("checkout", "--quiet", "--orphan", "other");
        await _git.CommitAllAsync("unrelated");

        Assert.Equal("MLO2404", (await BadBaseAsync(await OpenAsync(), "main")).Code);
    }

    [Fact]
    public async Task A_file_is_read_as_it_was_at_a_commit_also_in_a_subfolder()
    {
        _git.Write("models/flights/mlops.yml", "model: früher\n");
        var first = await _git.CommitAllAsync("first");
        _git.Write("models/flights/mlops.yml", "model: now\n");
        await _git.CommitAllAsync("second");
        var repository = (await GitRepository.FindAsync(Path.Combine(_git.Folder, "models", "flights"), Runner(), _environment, Token))!;

        Assert.Equal("models/flights", repository.Prefix);
        Assert.Equal("model: früher\n", await repository.FileAtAsync(first, "mlops.yml", Token));
        Assert.Null(await repository.FileAtAsync(first, "none.yml", Token));
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_not_the_same_as_none()
    {
        _git.Write("mlops.yml", "model: flights\n");
        var first = await _git.CommitAllAsync("first");
        var blob = await _git.RunAsync("rev-parse", "HEAD:mlops.yml");
        var repository = await OpenAsync();
        var file = new FileInfo(Path.Combine(_git.Folder, ".git", "objects", blob[..2], blob[2..])) { IsReadOnly = false };
        file.Delete();

        await UnreadableAsync(() => repository.FileAtAsync(first, "mlops.yml", Token));
        Assert.Null(await repository.FileAtAsync(first, "none.yml", Token));
    }

    [Fact]
    public async Task A_file_of_a_commit_that_is_not_there_is_a_problem()
    {
        var repository = await CommittedAsync();

        await UnreadableAsync(() => repository.FileAtAsync(new string('1', 40), "mlops.yml", Token));
    }

    [Fact]
    public async Task A_folder_in_the_place_of_a_file_is_a_problem()
    {
        _git.Write("mlops.yml/x", "x");
        var first = await _git.CommitAllAsync("first");
        var repository = await OpenAsync();

        await UnreadableAsync(() => repository.FileAtAsync(first, "mlops.yml", Token));
    }

    [Fact]
    public async Task A_worktree_holds_the_commit_and_is_gone_afterwards()
    {
        _git.Write("a.txt", "old");
        var first = await _git.CommitAllAsync("first");
        _git.Write("a.txt", "new");
        await _git.CommitAllAsync("second");
        var repository = await OpenAsync();
        string folder;

        await using (var worktree = await Worktrees(repository).AddAsync(first, Token))
        {
            folder = worktree.Folder;
            Assert.Equal("old", await File.ReadAllTextAsync(Path.Combine(worktree.ProjectRoot, "a.txt"), Token));
            Assert.True(File.Exists(Path.Combine(folder, "..", "Directory.Build.props")));
        }

        Assert.False(Directory.Exists(folder));
        Assert.Single((await _git.RunAsync("worktree", "list")).Split('\n'));
        Assert.False((await repository.StateAsync(Token)).Dirty);
    }

    [Fact]
    public async Task A_worktree_has_nothing_of_the_state_that_was_committed()
    {
        _git.Write("models/flights/.mlops/cache/x", "x");
        _git.Write("models/flights/a.txt", "a");
        var first = await _git.CommitAllAsync("first");
        var project = Path.Combine(_git.Folder, "models", "flights");
        var repository = (await GitRepository.FindAsync(project, Runner(), _environment, Token))!;

        await using var worktree = await Worktrees(repository).AddAsync(first, Token);

        Assert.True(File.Exists(Path.Combine(worktree.ProjectRoot, "a.txt")));
        Assert.False(Path.Exists(Path.Combine(worktree.ProjectRoot, ".mlops")));
    }

    [Fact]
    public async Task What_a_killed_run_left_is_cleared_away_and_what_a_living_one_uses_is_not()
    {
        var first = await _git.CommitAllAsync("first");
        var repository = await OpenAsync();
        var left = Path.Combine(State().Worktrees, "left");
        await _git.RunAsync("worktree", "add", "--quiet", "--detach", left, first);
        await using var living = await Worktrees(repository).AddAsync(first, Token);

        await using var next = await Worktrees(repository).AddAsync(first, Token);

        Assert.False(Directory.Exists(left));
        Assert.True(Directory.Exists(living.Folder));
    }

    [Fact]
    public async Task Files_are_those_that_are_tracked_or_could_be()
    {
        _git.Write(".gitignore", "*.log\n");
        _git.Write("src/Zug über Köln.cs", "");
        await _git.CommitAllAsync("first");
        _git.Write("src/new.cs", "");
        _git.Write("src/x.log", "");
        _git.Write("other/y.cs", "");

        var files = await (await OpenAsync()).FilesAsync(["src"], Token);

        Assert.Equal(["src/Zug über Köln.cs", "src/new.cs"], files.Order(StringComparer.Ordinal));
    }

    private async Task<GitRepository> CommittedAsync()
    {
        await _git.CommitAllAsync("first");
        return await OpenAsync();
    }

    private async Task<GitRepository> OpenAsync()
        => (await GitRepository.FindAsync(_git.Folder, Runner(), _environment, Token))!;

    private Task<GitBase?> BaseAsync(GitRepository repository, string? named = null)
        => repository.BaseAsync(BaseRequest.From(named, _environment), Token);

    private async Task<Problem> BadBaseAsync(GitRepository repository, string? named)
        => (await Assert.ThrowsAsync<ProblemException>(() => BaseAsync(repository, named))).Problem;

    private async Task<Problem> UnusableAsync(string folder)
    {
        var problem = (await Assert.ThrowsAsync<ProblemException>(() => GitRepository.FindAsync(folder, Runner(), _environment, Token))).Problem;
        Assert.Equal(("MLO2415", ExitCode.Unavailable), (problem.Code, problem.Exit));
        return problem;
    }

    private static async Task UnreadableAsync(Func<Task<string?>> read)
        => Assert.Equal("MLO2405", (await Assert.ThrowsAsync<ProblemException>(read)).Problem.Code);

    private StateFolder State() => new(_git.Folder);

    private GitWorktrees Worktrees(GitRepository repository) => new(repository, State(), TimeProvider.System);

    private ProcessRunner Runner() => new(_environment, TimeProvider.System);
}
