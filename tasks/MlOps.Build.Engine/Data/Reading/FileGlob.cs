using System.IO.Enumeration;

namespace MlOps.Build.Engine.Data;

/// <summary>Finds files by a path with <c>*</c> and <c>?</c> in names and <c>**</c> for any depth of folders.</summary>
internal static class FileGlob
{
    private static readonly string[] AnyName = ["*"];

    /// <summary>Full paths of the files a path, folder or pattern names; none when nothing is there.</summary>
    public static IEnumerable<string> Expand(string root, string pattern)
    {
        var path = Path.GetFullPath(Path.Combine(root, pattern));
        if (File.Exists(path))
        {
            return [path];
        }

        if (Directory.Exists(path))
        {
            return Directory.EnumerateFiles(path);
        }

        var parts = path[Path.GetPathRoot(path)!.Length..].Split(Path.DirectorySeparatorChar);
        return Match(Path.GetPathRoot(path)!, parts).Distinct(StringComparer.Ordinal);
    }

    private static IEnumerable<string> Match(string directory, ReadOnlyMemory<string> parts)
    {
        var (part, rest) = (parts.Span[0], parts[1..]);
        if (part == "**")
        {
            return Directory.EnumerateDirectories(directory, "*", SearchOption.AllDirectories)
                .Prepend(directory)
                .SelectMany(folder => Match(folder, rest.IsEmpty ? AnyName : rest));
        }

        if (!part.AsSpan().ContainsAny('*', '?'))
        {
            var next = Path.Combine(directory, part);
            return rest.IsEmpty ? File.Exists(next) ? [next] : []
                : Directory.Exists(next) ? Match(next, rest) : [];
        }

        return rest.IsEmpty
            ? Directory.EnumerateFiles(directory).Where(Fits)
            : Directory.EnumerateDirectories(directory).Where(Fits).SelectMany(folder => Match(folder, rest));

        bool Fits(string entry) => FileSystemName.MatchesSimpleExpression(part, Path.GetFileName(entry), ignoreCase: false);
    }
}
