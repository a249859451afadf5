using System.IO.Compression;

namespace MlOps.Build.Engine.Storage.Git;

/// <summary>
/// A large blob on the branch, compressed: git hosts look at the size of a file, and a native library has a third of it left. Its name is
/// that of the bytes, so whoever reads it hashes what comes out.
/// </summary>
internal static class PackedBlob
{
    public const string Suffix = ".gz";

    /// <summary>Where a large blob lies on the branch.</summary>
    public static string KeyOf(string digest) => StoreKey.OfBlob(digest) + Suffix;

    /// <summary>Compresses a file, and gives up where it grows beyond a limit.</summary>
    /// <returns>Whether it fits.</returns>
    public static async Task<bool> WriteAsync(string file, string packed, long limit, CancellationToken cancellationToken)
    {
        await using var target = new FileStream(packed, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16, useAsync: true);
        await using (var source = SharedFile.OpenRead(file))
        await using (var pack = new GZipStream(target, CompressionLevel.Optimal, leaveOpen: true))
        {
            var buffer = new byte[1 << 16];
            for (var read = 0; target.Position <= limit && (read = await source.ReadAsync(buffer, cancellationToken)) > 0;)
            {
                await pack.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }
        }

        target.Flush(flushToDisk: true);
        return target.Length <= limit;
    }

    /// <summary>What was compressed. Bytes that were never compressed here, or hold more than is ever stored, come as they lie: their digest tells.</summary>
    public static async Task<Stream> OpenAsync(Stream packed, long limit, CancellationToken cancellationToken)
    {
        var content = new MemoryStream();
        try
        {
            await using var pack = new GZipStream(packed, CompressionMode.Decompress, leaveOpen: true);
            var buffer = new byte[1 << 16];
            for (var read = 0; (read = await pack.ReadAsync(buffer, cancellationToken)) > 0;)
            {
                content.Write(buffer, 0, read);
                if (content.Length > limit)
                {
                    return AsItLies(packed);
                }
            }
        }
        catch (InvalidDataException)
        {
            return AsItLies(packed);
        }

        content.Position = 0;
        await packed.DisposeAsync();
        return content;
    }

    private static Stream AsItLies(Stream packed)
    {
        packed.Position = 0;
        return packed;
    }
}
