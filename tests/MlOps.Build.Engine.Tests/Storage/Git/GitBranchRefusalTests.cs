using MlOps.Build.Contracts;
using MlOps.Build.Engine.Storage;

namespace MlOps.Build.Engine.Tests.Storage.Git;

/// <summary>What a remote can say no to, and what a killed process leaves behind.</summary>
public sealed class GitBranchRefusalTests : IDisposable
{
    private const string Key = "models/late/events/0000000001.json";
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly BranchFixture git = new();

    public void Dispose() => git.Dispose();

    [Theory]
    [InlineData(
        "echo 'error: GH006: Protected branch update failed for refs/heads/mlops-registry.' >&2; exit 1",
        "GH006",
        "add the app that runs the job (GitHub Actions) to the bypass list, or exclude 'mlops-registry'",
        "Azure DevOps")]
    [InlineData(
        "echo 'error: GH013: Repository rule violations found for refs/heads/mlops-registry.' >&2; exit 1",
        "GH013",
        "Settings > Rules > Rulesets",
        "Azure DevOps")]
    [InlineData(
        "echo 'TF402455: Pushes to this branch are not permitted; you must use a pull request to update this branch.' >&2; exit 1",
        "TF402455",
        "allow \"Contribute\"",
        "GitHub:")]
    [InlineData("echo 'Ask the librarian.' >&2; exit 1", "Ask the librarian.", "Elsewhere: let this identity push", "nothing at all")]
    public async Task A_protected_branch_is_refused_with_the_setting_to_change(string hook, string said, string setting, string other)
    {
        await git.CreateAsync("a");
        await git.HookAsync("pre-receive", hook);

        var problem = await Assert.ThrowsAsync<ProblemException>(() => git.Open("a").TryCreateAsync(Key, BranchFixture.Bytes("one"), None));

        Assert.Equal(("MLO2522", ExitCode.Refused), (problem.Problem.Code, problem.Problem.Exit));
        Assert.Contains(said, problem.Problem.Why, StringComparison.Ordinal);
        Assert.Contains(setting, problem.Problem.Fix, StringComparison.Ordinal);
        Assert.DoesNotContain(other, problem.Problem.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_the_protection_is_lifted_the_same_command_succeeds()
    {
        await git.CreateAsync("a", "b");
        await git.HookAsync("update", "exit 1");
        await Assert.ThrowsAsync<ProblemException>(() => git.Open("a").TryCreateAsync(Key, BranchFixture.Bytes("one"), None));
        File.Delete(Path.Combine(git.Remote, "hooks", "update"));

        Assert.True(await git.Open("a").TryCreateAsync(Key, BranchFixture.Bytes("one"), None));

        Assert.Equal("one", await BranchFixture.TextAsync(git.Open("b"), Key));
    }

    [Fact]
    public async Task A_push_that_the_remote_refuses_because_somebody_was_first_in_other_words_is_tried_again()
    {
        await git.CreateAsync("a", "b");
        await git.Open("b").TryCreateAsync("models/first", BranchFixture.Bytes("x"), None);
        var tip = await git.GitAsync(git.Remote, "rev-parse", BranchFixture.Branch);
        await git.HookAsync("update", $"""
            if [ ! -f {git.At("moved")} ]; then
              touch {git.At("moved")}
              new=$(git -c user.name=x -c user.email=x@x commit-tree -p {tip} -m theirs {tip}^0^{"{tree}"})
              git update-ref refs/heads/{BranchFixture.Branch} $new
              echo 'TF999999: the reference was changed meanwhile' >&2
              exit 1
            fi
            """.Replace("^0^{tree}", "^{tree}", StringComparison.Ordinal));

        Assert.True(await git.Open("a").TryCreateAsync("models/second", BranchFixture.Bytes("y"), None));

        Assert.True(File.Exists(git.At("moved")));
        Assert.Contains("theirs", await git.GitAsync(git.Remote, "log", "--format=%s", BranchFixture.Branch), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_writer_who_is_always_second_gives_up_with_three()
    {
        await git.CreateAsync("a");
        await git.Open("a").TryCreateAsync("models/first", BranchFixture.Bytes("x"), None);
        await git.HookAsync("update", $"""
            tip=$(git rev-parse refs/heads/{BranchFixture.Branch})
            new=$(git -c user.name=x -c user.email=x@x commit-tree -p $tip -m theirs $tip^{"{tree}"})
            git update-ref refs/heads/{BranchFixture.Branch} $new
            exit 1
            """);

        var problem = await Assert.ThrowsAsync<ProblemException>(
            () => git.Open("a").TryCreateAsync("models/second", BranchFixture.Bytes("y"), None));

        Assert.Equal(("MLO2526", ExitCode.Unavailable), (problem.Problem.Code, problem.Problem.Exit));
    }

    [Fact]
    public async Task A_remote_that_is_not_there_is_worth_a_retry()
    {
        await git.CreateAsync("a");
        Directory.Move(git.Remote, git.At("gone.git"));

        var problem = await Assert.ThrowsAsync<ProblemException>(() => git.Open("a").ListAsync("models/", None));

        Assert.Equal(("MLO2524", ExitCode.Unavailable), (problem.Problem.Code, problem.Problem.Exit));
    }

    [Fact]
    public async Task A_port_where_nobody_listens_is_worth_a_retry()
    {
        await git.CreateAsync("a");
        await git.GitAsync(git.At("a"), "remote", "set-url", "origin", "http://127.0.0.1:1/repository.git");

        var problem = await Assert.ThrowsAsync<ProblemException>(() => git.Open("a").ListAsync("models/", None));

        Assert.Equal(("MLO2524", ExitCode.Unavailable), (problem.Problem.Code, problem.Problem.Exit));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_branch_that_was_rewritten_or_deleted_is_refused_until_somebody_accepts_it(bool isDeleted)
    {
        await git.CreateAsync("a", "b");
        await git.Open("a").TryCreateAsync("models/first", BranchFixture.Bytes("x"), None);
        await git.Open("a").TryCreateAsync("models/second", BranchFixture.Bytes("y"), None);
        await git.Open("b").ListAsync("models/", None);
        await git.GitAsync(
            git.Remote, ["update-ref", .. isDeleted ? new[] { "-d" } : [], $"refs/heads/{BranchFixture.Branch}", .. isDeleted ? [] : new[] { $"{BranchFixture.Branch}~1" }]);

        var problem = await Assert.ThrowsAsync<ProblemException>(() => git.Open("b").ListAsync("models/", None));
        await git.GitAsync(git.At("b"), "update-ref", "-d", $"refs/mlops/registry/{BranchFixture.Branch}");

        Assert.Equal(("MLO2521", ExitCode.Refused), (problem.Problem.Code, problem.Problem.Exit));
        Assert.Equal(isDeleted ? [] : ["models/first"], await git.Open("b").ListAsync("models/", None));
    }

    [Fact]
    public async Task A_folder_without_repository_is_told_to_make_one()
    {
        Directory.CreateDirectory(git.At("plain"));

        var problem = await Assert.ThrowsAsync<ProblemException>(() => git.Open("plain").ListAsync("models/", None));

        Assert.Equal(("MLO2520", ExitCode.Usage), (problem.Problem.Code, problem.Problem.Exit));
    }

    [Fact]
    public async Task A_remote_with_another_name_is_named_in_the_settings()
    {
        await git.CreateAsync("a");
        await git.GitAsync(git.At("a"), "remote", "rename", "origin", "upstream");

        var problem = await Assert.ThrowsAsync<ProblemException>(() => git.Open("a").ListAsync("models/", None));

        Assert.Equal("MLO2520", problem.Problem.Code);
        Assert.Contains("upstream", problem.Problem.Why, StringComparison.Ordinal);
        Assert.True(await git.Open("a", remote: "upstream").TryCreateAsync(Key, BranchFixture.Bytes("one"), None));
    }

    [Fact]
    public async Task A_local_registry_branch_that_is_checked_out_is_refused()
    {
        await git.GitAsync(git.At(), "init", "--quiet", $"--initial-branch={BranchFixture.Branch}", "a");

        var problem = await Assert.ThrowsAsync<ProblemException>(() => git.Open("a").TryCreateAsync(Key, BranchFixture.Bytes("one"), None));

        Assert.Equal("MLO2528", problem.Problem.Code);
    }

    [Fact]
    public async Task A_lease_of_a_process_that_died_in_this_clone_is_free_at_once_and_one_elsewhere_is_not()
    {
        await git.CreateAsync("a", "b");
        var dead = await git.Open("a").AcquireAsync(new LeaseRequest("late", "dead"), None);
        var holders = Directory.GetFiles(git.At("a", ".git", "mlops", "holders"));

        await Assert.ThrowsAsync<ProblemException>(
            () => git.Open("a").AcquireAsync(new LeaseRequest("late", "early") { Wait = TimeSpan.Zero }, None));

        // A lease that nobody refers to is given up when it is collected: it would look like one of a dead process too early.
        GC.KeepAlive(dead);
        File.Delete(Assert.Single(holders));
        await Assert.ThrowsAsync<ProblemException>(
            () => git.Open("b").AcquireAsync(new LeaseRequest("late", "far") { Wait = TimeSpan.Zero }, None));
        await using var lease = await git.Open("a").AcquireAsync(new LeaseRequest("late", "ana") { Wait = TimeSpan.Zero }, None);

        Assert.Equal(2, lease.Token);
    }

    [Fact]
    public async Task Lock_files_and_half_copied_blobs_of_a_killed_process_are_in_nobodys_way()
    {
        await git.CreateAsync("a");
        await git.Open("a").TryCreateAsync("models/first", BranchFixture.Bytes("x"), None);
        await git.Open("a").ListAsync("models/", None);
        await File.WriteAllTextAsync(git.At("a", ".git", "refs", "mlops", "registry", BranchFixture.Branch + ".lock"), string.Empty, None);
        Directory.CreateDirectory(git.At("a", ".git", "mlops", "blobs"));
        await File.WriteAllTextAsync(git.At("a", ".git", "mlops", "blobs", Digest.Hex(Digest.Of("x")) + ".partial"), "half", None);
        await git.Open("seed").TryCreateAsync("models/second", BranchFixture.Bytes("y"), None);

        Assert.True(await git.Open("a").TryCreateAsync("models/third", BranchFixture.Bytes("z"), None));

        Assert.Equal(["models/first", "models/second", "models/third"], await git.Open("seed").ListAsync("models/", None));
    }
}
