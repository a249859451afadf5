using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Registry;
using MlOps.Build.Engine.Storage;
using MlOps.Build.Engine.Storage.Git;
using MlOps.Build.Engine.Tests.Registry;

namespace MlOps.Build.Engine.Tests.Storage.Git;

/// <summary>What only a registry on a branch has: clones, remotes and a repository that somebody works in.</summary>
public sealed class GitBranchStoreTests : IDisposable
{
    private const string Key = "models/late/events/0000000001.json";
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly BranchFixture git = new();

    public void Dispose() => git.Dispose();

    [Fact]
    public async Task What_one_clone_writes_another_reads()
    {
        await git.CreateAsync("a", "b");

        Assert.True(await git.Open("a").TryCreateAsync(Key, BranchFixture.Bytes("one"), None));

        Assert.Equal("one", await BranchFixture.TextAsync(git.Open("b"), Key));
        Assert.Equal([Key], await git.Open("b").ListAsync("models/", None));
    }

    [Fact]
    public async Task Of_two_clones_that_create_the_same_event_at_once_exactly_one_wins()
    {
        await git.CreateAsync("a", "b");
        for (var round = 0; round < 5; round++)
        {
            var key = $"models/late/events/000000000{round}.json";
            using var start = new Barrier(2);

            var won = await Task.WhenAll(new[] { "a", "b" }.Select(clone => Task.Run(async () =>
            {
                start.SignalAndWait();
                return await git.Open(clone).TryCreateAsync(key, BranchFixture.Bytes(clone), None);
            })));

            Assert.Single(won, true);
            Assert.Equal(won[0] ? "a" : "b", await BranchFixture.TextAsync(git.Open("seed"), key));
        }
    }

    [Fact]
    public async Task A_writer_who_looked_before_somebody_else_pushed_looks_again_and_loses_nothing()
    {
        await git.CreateAsync("a", "b");
        var early = git.Open("a");
        await early.ListAsync("models/", None);
        await git.Open("b").TryCreateAsync("models/b", BranchFixture.Bytes("b"), None);

        Assert.True(await early.TryCreateAsync("models/a", BranchFixture.Bytes("a"), None));
        Assert.False(await early.TryCreateAsync("models/b", BranchFixture.Bytes("second"), None));

        Assert.Equal(["models/a", "models/b"], await git.Open("seed").ListAsync("models/", None));
        Assert.Equal("b", await BranchFixture.TextAsync(git.Open("seed"), "models/b"));
    }

    [Fact]
    public async Task A_lease_of_one_clone_is_seen_in_the_other()
    {
        await git.CreateAsync("a", "b");
        await using var lease = await git.Open("a").AcquireAsync(new LeaseRequest("late", "ana on github"), None);

        var problem = await Assert.ThrowsAsync<ProblemException>(
            () => git.Open("b").AcquireAsync(new LeaseRequest("late", "ben") { Wait = TimeSpan.Zero }, None));

        Assert.Equal("MLO2503", problem.Problem.Code);
        Assert.Contains("ana on github", problem.Problem.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shallow_clone_reads_and_writes_and_stays_as_shallow_as_it_was()
    {
        await git.CreateAsync("a");
        await git.Open("a").TryCreateAsync("models/a", BranchFixture.Bytes("a"), None);
        await git.GitAsync(git.At(), "clone", "--quiet", "--depth=1", new Uri(git.Remote).AbsoluteUri, "shallow");

        Assert.Equal("a", await BranchFixture.TextAsync(git.Open("shallow"), "models/a"));
        Assert.True(await git.Open("shallow").TryCreateAsync("models/s", BranchFixture.Bytes("s"), None));
        await git.Open("a").TryCreateAsync("models/c", BranchFixture.Bytes("c"), None);
        Assert.True(await git.Open("shallow").TryCreateAsync("models/t", BranchFixture.Bytes("t"), None));

        Assert.Equal(["models/a", "models/c", "models/s", "models/t"], await git.Open("a").ListAsync("models/", None));
        Assert.Equal("1", await git.GitAsync(git.At("shallow"), "rev-list", "--count", "HEAD"));
        Assert.Equal("4", await git.GitAsync(git.Remote, "rev-list", "--count", BranchFixture.Branch));
    }

    [Fact]
    public async Task A_full_clone_does_not_become_shallow()
    {
        await git.CreateAsync("a");

        await git.Open("a").TryCreateAsync(Key, BranchFixture.Bytes("one"), None);
        await BranchFixture.TextAsync(git.Open("a"), Key);

        Assert.Equal("false", await git.GitAsync(git.At("a"), "rev-parse", "--is-shallow-repository"));
    }

    [Fact]
    public async Task Head_index_status_stash_branches_settings_and_hooks_stay_untouched()
    {
        await git.CreateAsync("a");
        await File.WriteAllTextAsync(git.At("a", "file.txt"), "stashed", None);
        await git.GitAsync(git.At("a"), "-c", "user.name=A", "-c", "user.email=a@example.org", "stash");
        await File.WriteAllTextAsync(git.At("a", "file.txt"), "staged", None);
        await git.GitAsync(git.At("a"), "add", "--all");
        await File.WriteAllTextAsync(git.At("a", "file.txt"), "changed", None);
        await File.WriteAllTextAsync(git.At("a", "new.txt"), "new", None);
        foreach (var hook in (string[])["pre-push", "post-checkout", "reference-transaction", "pre-commit", "post-merge"])
        {
            var path = git.At("a", ".git", "hooks", hook);
            await File.WriteAllTextAsync(path, "#!/bin/sh\ntouch hook-ran\nexit 1\n", None);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            }
        }

        var before = await LookAsync("a");
        var index = await File.ReadAllBytesAsync(git.At("a", ".git", "index"), None);

        await using (var lease = await git.Open("a").AcquireAsync(new LeaseRequest("late", "ana"), None))
        {
            await PutAsync("a", "blob");
            await git.Open("a").TryCreateAsync(Key, BranchFixture.Bytes("one"), None);
            await git.Open("a").ReplaceAsync("models/late/head.json", BranchFixture.Bytes("1"), lease, None);
        }

        Assert.Equal(before, await LookAsync("a"));
        Assert.Equal(index, await File.ReadAllBytesAsync(git.At("a", ".git", "index"), None));
        Assert.False(File.Exists(git.At("a", "hook-ran")) || File.Exists(git.At("a", ".git", "hook-ran")));
        Assert.False(File.Exists(git.At("a", ".git", "FETCH_HEAD")));
        Assert.Equal(string.Empty, await git.GitAsync(git.At("a"), "for-each-ref", "refs/mlops/draft"));
        await git.GitAsync(git.At("a"), "fsck", "--strict");
    }

    [Fact]
    public async Task The_branch_starts_without_history_and_its_log_says_what_happened()
    {
        await git.CreateAsync("a");
        var author = new Author("ana", new HostState { Name = "local", RunUrl = null, Actor = "ana" });
        var log = new RegistryLog(git.Open("a"), TimeProvider.System, author);

        await log.AppendAsync("late", _ => [LogFixture.Refusal("one")], None);

        var subjects = (await git.GitAsync(git.Remote, "log", "--reverse", "--format=%an %s", BranchFixture.Branch)).Split('\n');
        Assert.Equal(
            [
                "mlops Lease registry-late to ana on local",
                "mlops late: rejected by ana (0000000001.json)",
                "mlops late: head.json",
                "mlops Give registry-late back",
            ],
            subjects);
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => git.GitAsync(git.Remote, "merge-base", "main", BranchFixture.Branch));
        Assert.Contains("Do not merge it", await git.GitAsync(git.Remote, "show", $"{BranchFixture.Branch}:README.md"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_clones_that_append_at_once_make_one_unbroken_chain()
    {
        await git.CreateAsync("a", "b");

        await Task.WhenAll(new[] { "a", "b" }.Select(clone => Task.Run(async () =>
        {
            var author = new Author(clone, new HostState { Name = "local", RunUrl = null, Actor = clone });
            for (var number = 0; number < 2; number++)
            {
                var name = $"{clone}{number}";
                await new RegistryLog(git.Open(clone), TimeProvider.System, author).AppendAsync("late", _ => [LogFixture.Refusal(name)], None);
            }
        })));

        var reader = new Author("c", new HostState { Name = "local", RunUrl = null, Actor = "c" });
        var chain = await new RegistryLog(git.Open("seed"), TimeProvider.System, reader).CheckAsync("late", None);
        Assert.Null(chain.Fault);
        Assert.False(chain.HeadIsBehind);
        Assert.Equal(4, chain.Events.Count);
    }

    [Fact]
    public async Task A_hundred_blobs_travel_with_the_event_that_needs_them()
    {
        await git.CreateAsync("a", "b");
        for (var number = 0; number < 100; number++)
        {
            await PutAsync("a", $"blob {number}");
        }

        Assert.False(await git.Open("b").HasBlobAsync(Digest.Of("blob 7"), None));
        await git.Open("a").TryCreateAsync(Key, BranchFixture.Bytes("one"), None);

        Assert.Equal("1", await git.GitAsync(git.Remote, "rev-list", "--count", BranchFixture.Branch));
        await using var stream = await git.Open("b").OpenBlobAsync(Digest.Of("blob 7"), None);
        Assert.Equal("blob 7", await new StreamReader(stream!).ReadToEndAsync(None));
        Assert.Empty(Directory.GetFiles(git.At("a", ".git", "mlops", "blobs")));
    }

    [Fact]
    public async Task Bytes_of_every_value_come_back_as_they_were()
    {
        await git.CreateAsync("a", "b");
        var bytes = Enumerable.Range(0, 70_000).Select(number => (byte)(number * 7)).ToArray();
        var digest = Digest.Of(bytes);
        using (var content = new MemoryStream(bytes))
        {
            await git.Open("a").PutBlobAsync(digest, content, None);
        }

        await git.Open("a").TryCreateAsync(Key, bytes, None);

        await using var stream = await git.Open("b").OpenBlobAsync(digest, None);
        using var copy = new MemoryStream();
        await stream!.CopyToAsync(copy, None);
        Assert.Equal(bytes, copy.ToArray());
        Assert.Equal(bytes, await git.Open("b").ReadAsync(Key, None));
    }

    [Fact]
    public async Task A_waiting_blob_that_was_changed_on_disk_is_not_pushed()
    {
        await git.CreateAsync("a", "b");
        await PutAsync("a", "right");
        await File.WriteAllTextAsync(git.At("a", ".git", "mlops", "blobs", Digest.Hex(Digest.Of("right"))), "wrong", None);

        await git.Open("a").TryCreateAsync(Key, BranchFixture.Bytes("one"), None);

        Assert.False(await git.Open("b").HasBlobAsync(Digest.Of("right"), None));
    }

    [Fact]
    public async Task A_branch_with_other_content_is_never_written_to()
    {
        await git.CreateAsync("a");
        var store = new GitBranchStore(
            git.At("a"), new RegistryConfiguration { Store = "git", Branch = "main" }, git.Processes, git.Environment, TimeProvider.System);
        var before = await git.GitAsync(git.Remote, "rev-parse", "main");

        var problem = await Assert.ThrowsAsync<ProblemException>(() => store.TryCreateAsync(Key, BranchFixture.Bytes("one"), None));

        Assert.Equal(("MLO2528", ExitCode.Usage), (problem.Problem.Code, problem.Problem.Exit));
        Assert.Equal(before, await git.GitAsync(git.Remote, "rev-parse", "main"));
    }

    [Fact]
    public async Task A_repository_that_gets_a_remote_takes_its_registry_along()
    {
        await git.CreateAsync();
        await git.GitAsync(git.At(), "init", "--quiet", "--initial-branch=main", "a");
        await git.Open("a").TryCreateAsync("models/a", BranchFixture.Bytes("a"), None);

        await git.GitAsync(git.At("a"), "remote", "add", "origin", git.Remote);
        await git.Open("a").TryCreateAsync("models/b", BranchFixture.Bytes("b"), None);

        Assert.Equal(["models/a", "models/b"], await git.Open("seed").ListAsync("models/", None));
    }

    [Fact]
    public async Task Work_trees_of_one_clone_share_the_registry()
    {
        await git.CreateAsync("a");
        await git.GitAsync(git.At("a"), "worktree", "add", "--quiet", "--detach", git.At("tree"));

        await git.Open("tree").TryCreateAsync("models/t", BranchFixture.Bytes("t"), None);

        Assert.Equal("t", await BranchFixture.TextAsync(git.Open("a"), "models/t"));
        Assert.Equal(string.Empty, await git.GitAsync(git.At("tree"), "status", "--porcelain"));
    }

    private async Task PutAsync(string clone, string text)
    {
        using var content = new MemoryStream(BranchFixture.Bytes(text));
        await git.Open(clone).PutBlobAsync(Digest.Of(text), content, None);
    }

    private async Task<string> LookAsync(string clone) => string.Join(
        '\n',
        await git.GitAsync(git.At(clone), "status", "--porcelain=v2", "--branch"),
        await git.GitAsync(git.At(clone), "stash", "list"),
        await git.GitAsync(git.At(clone), "rev-parse", "HEAD"),
        await git.GitAsync(git.At(clone), "branch", "--list"),
        await git.GitAsync(git.At(clone), "config", "--local", "--list"));
}
