using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Storage;

/// <summary>Names of objects: what any file system, object store and git branch accepts in the same way.</summary>
public static class StoreKey
{
    private const string Allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";

    /// <summary>The key itself, when it is one.</summary>
    /// <exception cref="ProblemException">MLO2506: a part is empty, hidden, too long or has other characters.</exception>
    public static string Checked(string key)
        => key.Split('/').All(IsPart) ? key : throw StoreProblems.BadKey(key);

    /// <summary>Where a blob lies.</summary>
    public static string OfBlob(string digest)
        => Digest.IsDigest(digest)
            ? $"blobs/sha256/{Digest.Hex(digest)[..2]}/{Digest.Hex(digest)}"
            : throw StoreProblems.BadKey(digest);

    private static bool IsPart(string part)
        => part.Length is > 0 and <= 200 && part[0] != '.' && part.AsSpan().IndexOfAnyExcept(Allowed) < 0;
}
