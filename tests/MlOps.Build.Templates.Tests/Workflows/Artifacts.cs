namespace MlOps.Build.Templates.Tests.Workflows;

/// <summary>What the jobs of one run uploaded, laid out as <c>actions/upload-artifact</c> and <c>actions/download-artifact</c> do it.</summary>
internal sealed class Artifacts(string folder)
{
    public IEnumerable<string> Names => Directory.Exists(folder) ? Directory.EnumerateDirectories(folder).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal) : [];

    public string At(string name) => Path.Combine(folder, name);

    /// <summary>The files that the lines name, below the deepest folder that all lines share; no artifact where there is none.</summary>
    public void Upload(string name, string workspace, string lines)
    {
        var paths = lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => Path.GetFullPath(line, workspace)).ToArray();
        var searched = paths.Select(Searched).Distinct().ToArray();
        var files = paths.SelectMany(Found).ToArray();
        if (files.Length == 0)
        {
            return;
        }

        var root = searched is [var only] ? (files is [var single] && single == only ? Path.GetDirectoryName(only)! : only) : Shared(searched);
        var to = Path.Combine(folder, name);
        Assert.False(Directory.Exists(to), $"409: an artifact with the name '{name}' already exists in this run.");
        foreach (var file in files)
        {
            var target = Path.Combine(to, Path.GetRelativePath(root, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    /// <summary>Each artifact into a folder of its name, where several are asked for by the beginning of their names.</summary>
    public void Download(string pattern, string path)
    {
        Assert.EndsWith("*", pattern, StringComparison.Ordinal);
        foreach (var name in Names.Where(name => name.StartsWith(pattern[..^1], StringComparison.Ordinal)))
        {
            var from = Path.Combine(folder, name);
            foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
            {
                var target = Path.Combine(path, name, Path.GetRelativePath(from, file));
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(file, target);
            }
        }
    }

    /// <summary>A path up to its first wildcard.</summary>
    private static string Searched(string path)
    {
        var words = path.Split(Path.DirectorySeparatorChar).TakeWhile(word => !word.Contains('*', StringComparison.Ordinal));
        return string.Join(Path.DirectorySeparatorChar, words);
    }

    private static IEnumerable<string> Found(string path)
    {
        if (!path.Contains('*', StringComparison.Ordinal))
        {
            return File.Exists(path) ? [path] : [];
        }

        var (start, rest) = (Searched(path), path[(Searched(path).Length + 1)..].Split(Path.DirectorySeparatorChar));
        Assert.Equal(2, rest.Length);
        return Directory.Exists(start)
            ? Directory.EnumerateDirectories(start, rest[0]).SelectMany(below => Directory.EnumerateFiles(below, rest[1]))
            : [];
    }

    private static string Shared(string[] paths)
    {
        var words = paths.Select(path => path.Split(Path.DirectorySeparatorChar)).ToArray();
        var count = Enumerable.Range(0, words.Min(path => path.Length)).TakeWhile(at => words.All(path => path[at] == words[0][at])).Count();
        return string.Join(Path.DirectorySeparatorChar, words[0].Take(count));
    }
}
