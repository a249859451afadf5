using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Tests.Storage.Git;

/// <summary>The way a hosted job reaches its repository: a shallow clone over HTTP whose settings hold the credential.</summary>
public sealed class GitBranchHttpTests : IAsyncLifetime
{
    private const string Key = "models/late/events/0000000001.json";
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly BranchFixture git = new();
    private GitHttpServer server = null!;

    public async ValueTask InitializeAsync()
    {
        await git.CreateAsync("b");
        server = new GitHttpServer(git);
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        git.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_checkout_whose_credential_is_an_extra_header_writes_and_reads(bool isIncluded)
    {
        await CheckOutAsync();
        await AuthoriseAsync(isIncluded);

        Assert.True(await git.Open("job").TryCreateAsync(Key, BranchFixture.Bytes("one"), None));

        Assert.Equal("one", await BranchFixture.TextAsync(git.Open("job"), Key));
        Assert.Equal("one", await BranchFixture.TextAsync(git.Open("b"), Key));
    }

    [Fact]
    public async Task A_checkout_without_credential_is_told_which_permission_it_needs()
    {
        await CheckOutAsync();

        var problem = await Assert.ThrowsAsync<ProblemException>(() => git.Open("job").ListAsync("models/", None));

        Assert.Equal(("MLO2523", ExitCode.Usage), (problem.Problem.Code, problem.Problem.Exit));
        Assert.Contains("contents: write", problem.Problem.Fix, StringComparison.Ordinal);
        Assert.Contains("persistCredentials: true", problem.Problem.Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(403, "MLO2523", ExitCode.Usage)]
    [InlineData(503, "MLO2524", ExitCode.Unavailable)]
    public async Task A_token_that_only_reads_and_a_host_that_is_down_are_told_apart(int status, string code, ExitCode exit)
    {
        await CheckOutAsync();
        await AuthoriseAsync(isIncluded: false);
        server.PushStatus = status;

        var problem = await Assert.ThrowsAsync<ProblemException>(() => git.Open("job").TryCreateAsync(Key, BranchFixture.Bytes("one"), None));

        Assert.Equal((code, exit), (problem.Problem.Code, problem.Problem.Exit));
        Assert.DoesNotContain("secret", problem.Problem.Why, StringComparison.Ordinal);
    }

    private async Task CheckOutAsync()
    {
        await git.GitAsync(
            git.At(), "-c", $"http.extraheader=Authorization: {server.Authorization}", "clone", "--quiet", "--depth=1", server.Url + "remote.git", "job");
    }

    /// <summary>As actions/checkout does it: in the settings of the clone, or (since version 6) in a file that only this clone includes.</summary>
    private async Task AuthoriseAsync(bool isIncluded)
    {
        var header = new[] { $"http.{server.Url}.extraheader", $"AUTHORIZATION: {server.Authorization}" };
        if (isIncluded)
        {
            await git.GitAsync(git.At("job"), ["config", "--file", git.At("credentials"), .. header]);
            await git.GitAsync(git.At("job"), "config", "--local", $"includeIf.gitdir:{git.At("job", ".git").Replace('\\', '/')}.path", git.At("credentials"));
        }
        else
        {
            await git.GitAsync(git.At("job"), ["config", "--local", .. header]);
        }
    }
}
