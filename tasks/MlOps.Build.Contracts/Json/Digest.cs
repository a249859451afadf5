using System.Security.Cryptography;
using System.Text;

namespace MlOps.Build.Contracts;

/// <summary>SHA-256 digests written as <c>sha256:&lt;64 hex&gt;</c>.</summary>
public static class Digest
{
    private const string Prefix = "sha256:";

    /// <summary>The digest of bytes.</summary>
    public static string Of(ReadOnlySpan<byte> bytes) => Prefix + Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>The digest of a text in UTF-8.</summary>
    public static string Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    /// <summary>The digest of a record in canonical form.</summary>
    /// <typeparam name="T">The record.</typeparam>
    public static string OfDocument<T>(T document)
        where T : class
        => Of(CanonicalJson.Of(document));

    /// <summary>The digest of a file, read as a stream.</summary>
    public static string OfFile(string path)
    {
        using var stream = File.OpenRead(path);
        return Prefix + Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    /// <summary>
    /// The Merkle root over named digests: the digest of the lines <c>name NUL size NUL digest LF</c>, sorted by name
    /// in ordinal order, so that it depends on content and names only.
    /// </summary>
    public static string MerkleRoot(IEnumerable<FileDigest> files)
    {
        var lines = files
            .OrderBy(file => file.Path, StringComparer.Ordinal)
            .Select(file => FormattableString.Invariant($"{file.Path}\0{file.Size}\0{file.Digest}\n"));
        return Of(string.Concat(lines));
    }

    /// <summary>Whether a text has the form of a digest.</summary>
    public static bool IsDigest(string? text)
        => text is { Length: 71 }
            && text.StartsWith(Prefix, StringComparison.Ordinal)
            && text.AsSpan(Prefix.Length).IndexOfAnyExcept("0123456789abcdef") < 0;

    /// <summary>The 64 hexadecimal digits of a digest.</summary>
    public static string Hex(string digest) => digest[Prefix.Length..];

    /// <summary>The first eight hexadecimal digits: how people read a digest.</summary>
    public static string Short(string digest) => IsDigest(digest) ? digest.Substring(Prefix.Length, 8) : digest;
}

/// <summary>A file by its relative path (with <c>/</c>), its size in bytes and the digest of its content.</summary>
public sealed record FileDigest(string Path, long Size, string Digest);
