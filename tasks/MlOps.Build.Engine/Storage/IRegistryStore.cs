namespace MlOps.Build.Engine.Storage;

/// <summary>
/// Where registry events and blobs lie. Keys are relative paths with <c>/</c>. Every implementation passes the tests of
/// <c>RegistryStoreTests</c>; see docs/guides/add-a-store.md.
/// </summary>
public interface IRegistryStore
{
    /// <summary>What messages call the store.</summary>
    string Name { get; }

    /// <summary>Creates an object that must not exist yet; of two callers at once exactly one is told <c>true</c>.</summary>
    Task<bool> TryCreateAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>An object's bytes, or null when there is none.</summary>
    Task<byte[]?> ReadAsync(string key, CancellationToken cancellationToken);

    /// <summary>The keys that start with a folder prefix ending in <c>/</c>, in ordinal order.</summary>
    Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>Writes an object, old or new, under a lease that must still be held.</summary>
    /// <exception cref="Contracts.ProblemException">MLO2504: the lease has passed to somebody else.</exception>
    Task ReplaceAsync(string key, ReadOnlyMemory<byte> content, ILease lease, CancellationToken cancellationToken);

    /// <summary>Whether a blob is there.</summary>
    Task<bool> HasBlobAsync(string digest, CancellationToken cancellationToken);

    /// <summary>Stores a blob unless it is there already.</summary>
    /// <exception cref="Contracts.ProblemException">MLO2505: the bytes do not have the digest they were announced with.</exception>
    Task PutBlobAsync(string digest, Stream content, CancellationToken cancellationToken);

    /// <summary>A blob's bytes as a stream, or null when there is none. The caller compares the digest of what it read.</summary>
    Task<Stream?> OpenBlobAsync(string digest, CancellationToken cancellationToken);

    /// <summary>Takes a lease: at most one holder at a time, and a number that grows with every holder.</summary>
    /// <exception cref="Contracts.ProblemException">MLO2503: somebody else held it for the whole wait.</exception>
    Task<ILease> AcquireAsync(LeaseRequest request, CancellationToken cancellationToken);
}

/// <summary>Who wants to write what, and for how long.</summary>
/// <param name="Name">The resource, such as a model's name.</param>
/// <param name="Owner">Who, in words that help somebody who waits.</param>
public sealed record LeaseRequest(string Name, string Owner)
{
    /// <summary>After this time without a renewal somebody else may take over.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long to wait for the holder.</summary>
    public TimeSpan Wait { get; init; } = TimeSpan.FromSeconds(30);
}

/// <summary>A lease that is held; disposing gives it back.</summary>
public interface ILease : IAsyncDisposable
{
    /// <summary>The resource.</summary>
    string Name { get; }

    /// <summary>The fencing token: greater than that of every earlier holder.</summary>
    long Token { get; }

    /// <summary>Proves that the lease is still held and extends it.</summary>
    /// <exception cref="Contracts.ProblemException">MLO2504: it has passed to somebody else.</exception>
    Task RenewAsync(CancellationToken cancellationToken);
}
