using System.Xml;
using System.Xml.Linq;

namespace MlOps.Build.Engine.Training;

/// <summary>What a program is made of.</summary>
/// <param name="Folders">Folders whose files all belong to it, relative to the root, with <c>/</c>; <c>.</c> is the root.</param>
/// <param name="Files">Single files outside of them.</param>
public sealed record Closure(IReadOnlyList<string> Folders, IReadOnlyList<string> Files);

/// <summary>
/// Finds the folders a project is made of by reading project files, not by running MSBuild: that would take longer
/// than many a training. What cannot be decided by reading widens the closure to the whole root, never narrows it.
/// </summary>
public static class ProjectClosure
{
    private static readonly Closure Everything = new(["."], []);

    /// <summary>The closure of a project file that lies under the root; a null project stands for everything.</summary>
    public static Closure Of(string root, string? projectFile)
    {
        if (projectFile is null)
        {
            return Everything;
        }

        var seen = new SortedSet<string>(StringComparer.Ordinal);
        var files = new SortedSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([Path.GetFullPath(projectFile)]);
        while (open.TryPop(out var project))
        {
            if (Relative(root, project) is null || TryLoad(project) is not { } document)
            {
                return Everything;
            }

            if (!seen.Add(project))
            {
                continue;
            }

            foreach (var (kind, path) in References(document))
            {
                var full = Resolve(Path.GetDirectoryName(project)!, path);
                if (full is null || !File.Exists(full) || Relative(root, full) is not { } relative)
                {
                    return Everything;
                }

                if (kind == "ProjectReference")
                {
                    open.Push(full);
                }
                else
                {
                    files.Add(relative);
                }
            }
        }

        var folders = seen.Select(project => Relative(root, Path.GetDirectoryName(project)!)!).Distinct(StringComparer.Ordinal);
        return new Closure([.. folders.Order(StringComparer.Ordinal)], [.. files]);
    }

    /// <summary>The project file of a path as mlops.yml names it: a file, or a folder with exactly one.</summary>
    public static string? FindProject(string root, string project)
    {
        var path = Path.GetFullPath(project, Path.GetFullPath(root));
        if (File.Exists(path))
        {
            return path;
        }

        return Directory.Exists(path) && Directory.GetFiles(path, "*.*proj") is [var only] ? only : null;
    }

    /// <summary>Project references, and other items and imports that reach out of the project's folder.</summary>
    private static IEnumerable<(string Kind, string Path)> References(XDocument document)
        => document.Descendants()
            .Select(element => (Kind: element.Name.LocalName, Path: PathOf(element)))
            .Where(reference => reference.Path is not null)
            .SelectMany(reference => reference.Path!.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(path => (reference.Kind, Path: path)))
            .Where(reference => reference.Kind == "ProjectReference" || reference.Path.Contains("..", StringComparison.Ordinal));

    private static string? PathOf(XElement element)
        => element.Name.LocalName == "Import"
            ? element.Attribute("Project")?.Value
            : element.Attribute("Include")?.Value;

    /// <summary>The full path, or null when only MSBuild could tell.</summary>
    private static string? Resolve(string folder, string path)
    {
        var text = path.Replace("$(MSBuildThisFileDirectory)", folder + "/", StringComparison.OrdinalIgnoreCase)
            .Replace("$(MSBuildProjectDirectory)", folder, StringComparison.OrdinalIgnoreCase)
            .Replace('\\', '/');
        return text.AsSpan().IndexOfAny("$*?@%") >= 0 ? null : Path.GetFullPath(text, folder);
    }

    private static string? Relative(string root, string path)
    {
        var relative = Path.GetRelativePath(Path.GetFullPath(root), path).Replace(Path.DirectorySeparatorChar, '/');
        return relative == ".." || relative.StartsWith("../", StringComparison.Ordinal) || Path.IsPathRooted(relative)
            ? null
            : relative;
    }

    private static XDocument? TryLoad(string project)
    {
        try
        {
            return XDocument.Load(project);
        }
        catch (Exception exception) when (exception is XmlException or IOException)
        {
            return null;
        }
    }
}
