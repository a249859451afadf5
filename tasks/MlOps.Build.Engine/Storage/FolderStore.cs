using System.Security.Cryptography;

namespace MlOps.Build.Engine.Storage;

/// <summary>A registry in a folder: for one machine, or for a share that several can write.</summary>
public sealed class FolderStore(string root, TimeProvider time) : IRegistryStore
{
    private readonly LeaseFolder leases = new(Path.Combine(root, ".leases"), time);

    public string Name => root;

    public async Task<bool> TryCreateAsync(
        string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var target = PathOf(key);
        if (File.Exists(target))
        {
            return false;
        }

        var temporary = TemporaryFile();
        await using (var stream = CreateTemporary(temporary))
        {
            await stream.WriteAsync(content, cancellationToken);
            stream.Flush(flushToDisk: true);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        return HardLink.TryPublish(temporary, target);
    }

    public Task<byte[]?> ReadAsync(string key, CancellationToken cancellationToken)
        => SharedFile.ReadAsync(PathOf(key), time, cancellationToken);

    public Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken cancellationToken)
    {
        var folder = PathOf(prefix.TrimEnd('/'));
        IReadOnlyList<string> keys = !Directory.Exists(folder)
            ? []
            : [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(root, path).Replace('\\', '/'))
                .Where(key => !Path.GetFileName(key).StartsWith('.'))
                .Order(StringComparer.Ordinal)];
        return Task.FromResult(keys);
    }

    public Task ReplaceAsync(
        string key, ReadOnlyMemory<byte> content, ILease lease, CancellationToken cancellationToken)
        => leases.WhileHeldAsync(
            lease, () => SharedFile.ReplaceAsync(PathOf(key), content, time, cancellationToken), cancellationToken);

    public Task<bool> HasBlobAsync(string digest, CancellationToken cancellationToken)
        => Task.FromResult(File.Exists(PathOf(StoreKey.OfBlob(digest))));

    public async Task PutBlobAsync(string digest, Stream content, CancellationToken cancellationToken)
    {
        var target = PathOf(StoreKey.OfBlob(digest));
        if (File.Exists(target))
        {
            return;
        }

        var temporary = TemporaryFile();
        var found = await CopyAsync(content, temporary, cancellationToken);
        if (found != digest)
        {
            File.Delete(temporary);
            throw StoreProblems.WrongBytes(digest, found);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        HardLink.TryPublish(temporary, target);
    }

    public Task<Stream?> OpenBlobAsync(string digest, CancellationToken cancellationToken)
    {
        var path = PathOf(StoreKey.OfBlob(digest));
        return Task.FromResult<Stream?>(File.Exists(path) ? SharedFile.OpenRead(path) : null);
    }

    public Task<ILease> AcquireAsync(LeaseRequest request, CancellationToken cancellationToken)
        => leases.AcquireAsync(request, cancellationToken);

    private string PathOf(string key) => Path.Combine([root, .. StoreKey.Checked(key).Split('/')]);

    /// <summary>Temporary files share one folder, so that what a killed process left is found in one place.</summary>
    private string TemporaryFile()
        => Path.Combine(Directory.CreateDirectory(Path.Combine(root, ".tmp")).FullName, Path.GetRandomFileName());

    private static FileStream CreateTemporary(string path)
        => new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16, useAsync: true);

    private static async Task<string> CopyAsync(Stream content, string temporary, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var stream = CreateTemporary(temporary);
        var buffer = new byte[1 << 16];
        for (var read = 0; (read = await content.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            hash.AppendData(buffer.AsSpan(0, read));
            await stream.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        stream.Flush(flushToDisk: true);
        return "sha256:" + Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
