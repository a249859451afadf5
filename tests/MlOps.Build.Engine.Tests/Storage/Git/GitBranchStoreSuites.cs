using MlOps.Build.Engine.Storage;

namespace MlOps.Build.Engine.Tests.Storage.Git;

/// <summary>The tests of every store, on a branch of a remote.</summary>
public sealed class RemoteBranchStoreTests : RegistryStoreTests, IAsyncLifetime
{
    private readonly BranchFixture git = new();

    public async ValueTask InitializeAsync() => await git.CreateAsync("a");

    public ValueTask DisposeAsync()
    {
        git.Dispose();
        return ValueTask.CompletedTask;
    }

    protected override IRegistryStore Open(TimeProvider time) => git.Open("a", time);
}

/// <summary>The tests of every store, on a branch of a repository that has no remote.</summary>
public sealed class LocalBranchStoreTests : RegistryStoreTests, IAsyncLifetime
{
    private readonly BranchFixture git = new();

    public async ValueTask InitializeAsync() => await git.GitAsync(git.At(), "init", "--quiet", "--initial-branch=main", "a");

    public ValueTask DisposeAsync()
    {
        git.Dispose();
        return ValueTask.CompletedTask;
    }

    protected override IRegistryStore Open(TimeProvider time) => git.Open("a", time);
}
