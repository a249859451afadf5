using System.Security.Cryptography;
using Cake.Core;
using Cake.Core.IO;

namespace Cake.MlOps;

/// <summary>A folder with an engine, whose files are compared with <c>engine.sha256</c> before any of them runs: as the launcher of the tasks does.</summary>
internal static class EngineFolder
{
    private const string List = "engine.sha256";
    private const int Refused = 5;

    /// <summary>The path of mlops.dll.</summary>
    public static FilePath Verify(IFileSystem files, DirectoryPath folder)
    {
        var list = files.GetFile(folder.CombineWithFilePath(List));
        if (!list.Exists)
        {
            throw Problem($"'{list.Path}' is missing: an engine is only started when its files are the ones that were released.");
        }

        var lines = Lines(list);
        if (!lines.Any(line => line.EndsWith("  mlops.dll", StringComparison.Ordinal)))
        {
            throw Problem($"'{list.Path}' does not name mlops.dll: a list that names nothing verifies nothing.");
        }

        foreach (var parts in lines.Select(line => line.Split("  ", 2)))
        {
            var file = files.GetFile(folder.CombineWithFilePath(parts[^1]));
            if (!file.Exists || !string.Equals(Hash(file), parts[0], StringComparison.Ordinal))
            {
                throw Problem($"'{file.Path}' is not the file that was released: its digest differs from {List}, or it is missing.");
            }
        }

        return folder.CombineWithFilePath("mlops.dll");
    }

    private static string[] Lines(IFile list)
    {
        using var reader = new StreamReader(list.OpenRead());
        return [.. reader.ReadToEnd().ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }

    private static string Hash(IFile file)
    {
        using var stream = file.OpenRead();
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static CakeException Problem(string why) => new(Refused, $"MLO2902 {why} Copy the whole engine folder again.");
}
