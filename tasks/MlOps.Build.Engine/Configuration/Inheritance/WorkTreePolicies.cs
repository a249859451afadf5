using System.Text;

namespace MlOps.Build.Engine.Configuration;

/// <summary>Policy files of the work tree; none is read through a link, and none outside of the repository.</summary>
public sealed class WorkTreePolicies : IPolicyFiles
{
    private readonly string top;

    /// <summary>The files that a project may name.</summary>
    public WorkTreePolicies(string projectRoot)
    {
        var project = Path.GetFullPath(projectRoot);
        top = Top(project);
        var prefix = Path.GetRelativePath(top, project).Replace('\\', '/');
        Prefix = prefix == "." ? string.Empty : prefix;
    }

    /// <inheritdoc/>
    public string Prefix { get; }

    /// <inheritdoc/>
    public PolicyFile Find(string path)
    {
        var full = top;
        foreach (var part in path.Split('/'))
        {
            full = Path.Combine(full, part);
            if (new FileInfo(full).LinkTarget is not null)
            {
                return new(path, null, $"'{part}' is a link: what it leads to is not what was reviewed.");
            }
        }

        if (Directory.Exists(full))
        {
            return Find($"{path}/{PolicyPath.InFolder}");
        }

        var file = new FileInfo(full);
        return !file.Exists ? new(path, null, "There is no such file.")
            : file.Length > PolicyPath.MaximumBytes ? new(path, null, "At most 1 MiB is read.")
            : new(path, File.ReadAllText(full, Encoding.UTF8));
    }

    /// <summary>The nearest folder that git works in; without one the project may only name its own files.</summary>
    private static string Top(string project)
    {
        for (var folder = new DirectoryInfo(project); folder is not null; folder = folder.Parent)
        {
            if (Path.Exists(Path.Combine(folder.FullName, ".git")))
            {
                return folder.FullName;
            }
        }

        return project;
    }
}
