using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Tests.Storage.Git;

/// <summary>Files beyond 50 MB, of which git hosts warn: the scorer of every model brings one.</summary>
public sealed class LargeBlobTests : IDisposable
{
    private const int Limit = 50 * 1024 * 1024;
    private const string Key = "models/late/events/0000000001.json";
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly BranchFixture git = new();

    public void Dispose() => git.Dispose();

    [Fact]
    public async Task A_file_beyond_50_MB_lies_compressed_on_the_branch_and_comes_out_as_it_was_put()
    {
        await git.CreateAsync("a", "b");
        var digest = await PutAsync("a", Like(Limit + 1));
        var waiting = Assert.Single(Directory.GetFiles(Waiting));

        Assert.True(await git.Open("a").HasBlobAsync(digest, None));
        Assert.Equal(digest, await ReadAsync("a", digest));
        await git.Open("a").TryCreateAsync(Key, BranchFixture.Bytes("one"), None);

        Assert.EndsWith(".gz", waiting, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Waiting));
        Assert.True(await git.Open("b").HasBlobAsync(digest, None));
        Assert.Equal(digest, await ReadAsync("b", digest));
        var lines = await git.GitAsync(git.Remote, "ls-tree", "-r", "--long", BranchFixture.Branch);
        Assert.Contains($"{Digest.Hex(digest)}.gz", lines, StringComparison.Ordinal);
        Assert.All(lines.Split('\n'), line => Assert.True(int.Parse(line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[3]) <= Limit, line));
    }

    [Fact]
    public async Task A_file_of_50_MB_lies_there_as_it_is()
    {
        await git.CreateAsync("a");

        var digest = await PutAsync("a", Like(Limit));

        Assert.Equal(Digest.Hex(digest), Path.GetFileName(Assert.Single(Directory.GetFiles(Waiting))));
    }

    [Fact]
    public async Task A_file_that_no_compression_makes_small_enough_is_refused_with_another_store_as_the_fix()
    {
        await git.CreateAsync("a");
        var noise = new byte[Limit + (1 << 17)];
        new Random(1).NextBytes(noise);

        var problem = await Assert.ThrowsAsync<ProblemException>(() => PutAsync("a", noise));

        Assert.Equal(("MLO2525", ExitCode.Usage), (problem.Problem.Code, problem.Problem.Exit));
        Assert.Contains("store: folder", problem.Problem.Fix, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Waiting));
    }

    [Theory]
    [InlineData("no archive at all")]
    [InlineData("cut")]
    public async Task A_compressed_file_that_was_damaged_while_it_waited_is_not_pushed(string how)
    {
        await git.CreateAsync("a", "b");
        var digest = await PutAsync("a", Like(Limit + 1));
        var waiting = Assert.Single(Directory.GetFiles(Waiting));
        var bytes = await File.ReadAllBytesAsync(waiting, None);
        await File.WriteAllBytesAsync(waiting, how == "cut" ? bytes[..(bytes.Length / 2)] : BranchFixture.Bytes(how), None);

        await git.Open("a").TryCreateAsync(Key, BranchFixture.Bytes("one"), None);

        Assert.False(await git.Open("b").HasBlobAsync(digest, None));
    }

    [Fact]
    public async Task What_somebody_pushed_in_place_of_a_compressed_file_has_another_digest()
    {
        await git.CreateAsync("a");
        await git.Open("a").TryCreateAsync(Key, BranchFixture.Bytes("one"), None);
        var digest = Digest.Of("what was there");
        await PushAsync(Digest.Hex(digest) + ".gz", BranchFixture.Bytes("no archive"));

        Assert.NotEqual(digest, await ReadAsync("a", digest));
    }

    [Fact]
    public async Task A_branch_of_an_earlier_version_with_a_large_file_as_it_was_still_reads_and_gets_no_second_copy()
    {
        await git.CreateAsync("a");
        await git.Open("a").TryCreateAsync(Key, BranchFixture.Bytes("one"), None);
        var bytes = Like(Limit + 1);
        var digest = Digest.Of(bytes);
        await PushAsync(Digest.Hex(digest), bytes);

        var read = await ReadAsync("a", digest);
        await PutAsync("a", bytes);
        await git.Open("a").TryCreateAsync("models/late/events/0000000002.json", BranchFixture.Bytes("two"), None);

        Assert.Equal(digest, read);
        var names = await git.GitAsync(git.Remote, "ls-tree", "-r", "--name-only", BranchFixture.Branch);
        Assert.DoesNotContain(".gz", names, StringComparison.Ordinal);
        Assert.Contains("0000000002.json", names, StringComparison.Ordinal);
    }

    private string Waiting => git.At("a", ".git", "mlops", "blobs");

    /// <summary>Bytes that compress: a little noise, and nothing.</summary>
    private static byte[] Like(int length)
    {
        var bytes = new byte[length];
        new Random(1).NextBytes(bytes.AsSpan(0, 1 << 20));
        return bytes;
    }

    /// <summary>Puts a file among the blobs of the branch with git alone.</summary>
    private async Task PushAsync(string name, byte[] bytes)
    {
        var folder = git.At("seed", "blobs", "sha256", name[..2]);
        await git.GitAsync(git.At("seed"), "fetch", "--quiet", "origin", BranchFixture.Branch);
        await git.GitAsync(git.At("seed"), "checkout", "--quiet", "-B", BranchFixture.Branch, "FETCH_HEAD");
        Directory.CreateDirectory(folder);
        await File.WriteAllBytesAsync(Path.Combine(folder, name), bytes, None);
        await git.CommitAsync("seed", "by hand");
        await git.GitAsync(git.At("seed"), "push", "--quiet", "origin", BranchFixture.Branch);
    }

    private async Task<string> PutAsync(string clone, byte[] bytes)
    {
        using var content = new MemoryStream(bytes);
        await git.Open(clone).PutBlobAsync(Digest.Of(bytes), content, None);
        return Digest.Of(bytes);
    }

    private async Task<string> ReadAsync(string clone, string digest)
    {
        await using var stream = await git.Open(clone).OpenBlobAsync(digest, None);
        using var memory = new MemoryStream();
        await stream!.CopyToAsync(memory, None);
        return Digest.Of(memory.ToArray());
    }
}
