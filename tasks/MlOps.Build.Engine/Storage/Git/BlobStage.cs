using System.Security.Cryptography;
using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Storage.Git;

/// <summary>
/// Blobs that wait for the next commit of this clone, so that a package of a hundred files is one push and not a hundred.
/// They survive a killed process; every commit takes all of them along.
/// </summary>
internal sealed class BlobStage(string folder)
{
    /// <summary>GitHub refuses files of 100 MiB and warns from 50 on; the scorer of every model brings DuckDB's library of 68 MiB.</summary>
    public const long Limit = 95L * 1024 * 1024;

    private const string Partial = ".partial";

    public string PathOf(string digest) => Path.Combine(folder, Digest.Hex(digest));

    /// <summary>The digests of all that wait, with what was changed or damaged meanwhile thrown away.</summary>
    public IReadOnlyList<string> Waiting()
    {
        if (!Directory.Exists(folder))
        {
            return [];
        }

        var digests = new List<string>();
        foreach (var path in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).Where(path => !path.EndsWith(Partial, StringComparison.Ordinal)))
        {
            var digest = "sha256:" + Path.GetFileName(path);
            if (Digest.OfFile(path) == digest)
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
    public bool Has(string digest) => File.Exists(PathOf(digest));

    /// <summary>The blob's bytes, or null when it does not wait.</summary>
    public Stream? Open(string digest)
    {
        try
        {
            return SharedFile.OpenRead(PathOf(digest));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Forgets a blob that lies on the branch now.</summary>
    public void Remove(string digest) => File.Delete(PathOf(digest));

    /// <summary>Takes a blob in; call it while holding the clone's lock.</summary>
    public async Task PutAsync(string digest, Stream content, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var partial = PathOf(digest) + Partial;
        try
        {
            var found = await CopyAsync(digest, content, partial, cancellationToken);
            if (found != digest)
            {
                throw StoreProblems.WrongBytes(digest, found);
            }

            File.Move(partial, PathOf(digest), overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private static async Task<string> CopyAsync(string digest, Stream content, string path, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16, useAsync: true);
        var buffer = new byte[1 << 16];
        for (var read = 0; (read = await content.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            if (file.Position + read > Limit)
            {
                throw BranchProblems.TooLarge(digest, "95 MB");
            }

            hash.AppendData(buffer.AsSpan(0, read));
            await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        file.Flush(flushToDisk: true);
        return "sha256:" + Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
