using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Training;

/// <summary>The files of a folder by digest.</summary>
public static class ModelFolder
{
    /// <summary>The files of a model, sorted by path.</summary>
    /// <exception cref="ProblemException">MLO2205: there are none, or one of them is a link.</exception>
    public static FileDigest[] Read(string folder)
    {
        var root = new DirectoryInfo(folder);
        if (!root.Exists)
        {
            throw Refuse("The trainer wrote no folder 'model' into its output directory.");
        }

        var entries = Entries(root);
        if (entries.FirstOrDefault(entry => entry.LinkTarget is not null) is { } link)
        {
            throw Refuse($"'{Name(root, link)}' is a symbolic link; the bytes of a model must lie in its folder.");
        }

        var files = entries.OfType<FileInfo>().ToList();
        return files.Count == 0
            ? throw Refuse("The folder 'model' is empty.")
            : Digests(root, files);
    }

    /// <summary>The files of any folder, sorted by path; links are followed.</summary>
    public static FileDigest[] Digests(string folder)
        => Digests(new DirectoryInfo(folder), new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories));

    private static List<FileSystemInfo> Entries(DirectoryInfo root)
    {
        var options = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            AttributesToSkip = FileAttributes.None,
            IgnoreInaccessible = false,
        };
        return root.LinkTarget is not null ? [root] : [.. root.EnumerateFileSystemInfos("*", options)];
    }

    private static FileDigest[] Digests(DirectoryInfo root, IEnumerable<FileInfo> files)
        => [.. files
            .Select(file => new FileDigest(Name(root, file), file.Length, Digest.OfFile(file.FullName)))
            .OrderBy(file => file.Path, StringComparer.Ordinal)];

    private static string Name(DirectoryInfo root, FileSystemInfo entry)
        => Path.GetRelativePath(root.FullName, entry.FullName).Replace(Path.DirectorySeparatorChar, '/');

    private static ProblemException Refuse(string why)
        => new(new Problem(
            "MLO2205",
            "The training left no usable model.",
            why,
            "Write the model's files into '<outputDirectory>/model' of the request, then exit with 0."));
}
