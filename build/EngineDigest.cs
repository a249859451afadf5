using System.Security.Cryptography;
using System.Text;

namespace MlOps.Build;

/// <summary>Writes <c>engine.sha256</c>: a line <c>hex  path</c> for each file, which the launcher compares before it starts anything.</summary>
internal static class EngineDigest
{
    public const string FileName = "engine.sha256";

    public static void Write(string folder)
    {
        var lines = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => (Path: Path.GetRelativePath(folder, file).Replace('\\', '/'), Full: file))
            .Where(file => file.Path != FileName)
            .OrderBy(file => file.Path, StringComparer.Ordinal)
            .Select(file => $"{Hash(file.Full)}  {file.Path}\n");
        File.WriteAllText(Path.Combine(folder, FileName), string.Concat(lines), new UTF8Encoding(false));
    }

    private static string Hash(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
