using System.Security.Cryptography;
using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Storage.Git;

/// <summary>
/// Blobs that wait for the next commit of this clone, so that a package of a hundred files is one push and not a hundred.
/// They survive a killed process; every commit takes all of them along.
/// </summary>
internal sealed class BlobStage(string folder)
{
    /// <summary>GitHub warns of files beyond 50 MiB and refuses 100; the scorer of every model brings DuckDB's library of 67 MiB, which is stored compressed.</summary>
    public const long Limit = 50L * 1024 * 1024;

    /// <summary>What is compressed at all: it is read into memory again.</summary>
    public const long LargeLimit = 500L * 1024 * 1024;

    private const string Partial = ".partial";

    /// <summary>Where a blob that waits goes on the branch, and the file with its bytes there.</summary>
    public (string Key, string File) FileOf(string digest)
    {
        var key = StoreKey.OfBlob(digest);
        return File.Exists(PathOf(digest)) ? (key, PathOf(digest)) : (key + PackedBlob.Suffix, PathOf(digest) + PackedBlob.Suffix);
    }

    /// <summary>The digests of all that wait, with what was changed or damaged meanwhile thrown away.</summary>
    public async Task<IReadOnlyList<string>> WaitingAsync(CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
        {
            return [];
        }

        var digests = new List<string>();
        foreach (var path in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).Where(path => !path.EndsWith(Partial, StringComparison.Ordinal)))
        {
            var digest = "sha256:" + Path.GetFileNameWithoutExtension(path);
            if (await DigestOfAsync(path, cancellationToken) == digest)
            {
                digests.Add(digest);
            }
            else
            {
                File.Delete(path);
            }
        }

        return digests;
    }

    /// <summary>Whether the blob waits.</summary>
    public bool Has(string digest) => File.Exists(FileOf(digest).File);

    /// <summary>The blob's bytes, or null when it does not wait.</summary>
    public async Task<Stream?> OpenAsync(string digest, CancellationToken cancellationToken)
    {
        try
        {
            return await OpenFileAsync(FileOf(digest).File, cancellationToken);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Forgets a blob that lies on the branch now.</summary>
    public void Remove(string digest)
    {
        File.Delete(PathOf(digest));
        File.Delete(PathOf(digest) + PackedBlob.Suffix);
    }

    /// <summary>Takes a blob in; call it while holding the clone's lock.</summary>
    public async Task PutAsync(string digest, Stream content, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var partial = PathOf(digest) + Partial;
        var packed = PathOf(digest) + PackedBlob.Suffix + Partial;
        try
        {
            var found = await CopyAsync(digest, content, partial, cancellationToken);
            if (found != digest)
            {
                throw StoreProblems.WrongBytes(digest, found);
            }

            if (new FileInfo(partial).Length <= Limit)
            {
                File.Move(partial, PathOf(digest), overwrite: true);
                return;
            }

            if (!await PackedBlob.WriteAsync(partial, packed, Limit, cancellationToken))
            {
                throw BranchProblems.TooLarge(digest);
            }

            File.Move(packed, PathOf(digest) + PackedBlob.Suffix, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
            File.Delete(packed);
        }
    }

    private string PathOf(string digest) => Path.Combine(folder, Digest.Hex(digest));

    private static async Task<Stream> OpenFileAsync(string path, CancellationToken cancellationToken)
    {
        var file = SharedFile.OpenRead(path);
        return path.EndsWith(PackedBlob.Suffix, StringComparison.Ordinal) ? await PackedBlob.OpenAsync(file, LargeLimit, cancellationToken) : file;
    }

    private static async Task<string> DigestOfAsync(string path, CancellationToken cancellationToken)
    {
        await using var content = await OpenFileAsync(path, cancellationToken);
        return "sha256:" + Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken));
    }

    private static async Task<string> CopyAsync(string digest, Stream content, string path, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16, useAsync: true);
        var buffer = new byte[1 << 16];
        for (var read = 0; (read = await content.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            if (file.Position + read > LargeLimit)
            {
                throw BranchProblems.TooLarge(digest);
            }

            hash.AppendData(buffer.AsSpan(0, read));
            await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        file.Flush(flushToDisk: true);
        return "sha256:" + Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
