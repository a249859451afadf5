using MlOps.Build.Contracts;
using MlOps.Build.Engine.Hosts;
using MlOps.Build.Engine.Processes;
using MlOps.Build.Engine.Storage.Git;
using MlOps.Build.Engine.Training;

namespace MlOps.Build.Engine.Runs;

/// <summary>The digest of the files a program is made of: tracked ones and those git would not ignore.</summary>
public sealed class ProgramSources(IProcessRunner processes, IEnvironment environment)
{
    /// <summary>Files that the SDK looks for in every folder above a project and that change what is built.</summary>
    private static readonly HashSet<string> Ancestors = new(StringComparer.OrdinalIgnoreCase)
    {
        "Directory.Build.props", "Directory.Build.targets", "Directory.Build.rsp", "Directory.Packages.props",
        "global.json", "nuget.config",
    };

    private static readonly HashSet<string> NeverSources = new(StringComparer.OrdinalIgnoreCase)
    {
        "bin", "obj", "artifacts", "node_modules", ".git", ".mlops", ".vs", ".idea",
    };

    /// <summary>These say what to do with the program; what of it matters is in the key by itself.</summary>
    private static readonly HashSet<string> NotOfTheProgram = new(StringComparer.Ordinal) { "mlops.yml", "mlops.lock.json" };

    /// <summary>The Merkle root of the sources of a project, or of the whole root when the project is null.</summary>
    public async Task<string> DigestAsync(string root, string? projectFile, CancellationToken cancellationToken)
    {
        var top = Path.GetFullPath(root);
        var closure = ProjectClosure.Of(top, projectFile);
        var repository = await GitRepository.FindAsync(top, processes, environment, cancellationToken);
        var listed = repository is null
            ? closure.Folders.SelectMany(folder => Walk(Path.GetFullPath(folder, top)))
            : await ListAsync(repository, closure, cancellationToken);
        var files = listed
            .Concat(closure.Files.Select(file => Path.GetFullPath(file, top)))
            .Concat(closure.Folders.SelectMany(folder => AncestorFiles(Path.GetFullPath(folder, top), repository is null ? top : Top(repository, top))))
            .Distinct(StringComparer.Ordinal)
            .SelectMany(path => Directory.Exists(path) ? Walk(path) : [path])
            .Where(File.Exists)
            .Select(path => (Name: Path.GetRelativePath(top, path).Replace(Path.DirectorySeparatorChar, '/'), Path: path))
            .Where(file => !NotOfTheProgram.Contains(file.Name) && !file.Name.StartsWith(".mlops/", StringComparison.Ordinal))
            .Select(file => new FileDigest(file.Name, new FileInfo(file.Path).Length, Digest.OfFile(file.Path)));
        return Digest.MerkleRoot(files);
    }

    private static async Task<IEnumerable<string>> ListAsync(
        GitRepository repository, Closure closure, CancellationToken cancellationToken)
    {
        var folders = closure.Folders
            .Select(folder => (repository.Prefix, folder) switch
            {
                ("", _) => folder,
                (_, ".") => repository.Prefix,
                _ => $"{repository.Prefix}/{folder}",
            })
            .ToList();
        return (await repository.FilesAsync(folders, cancellationToken)).Select(file => Path.GetFullPath(file, repository.Root));
    }

    /// <summary>The top of the repository, spelled as the project's root is: links above it may have been resolved.</summary>
    private static string Top(GitRepository repository, string root)
        => repository.Prefix.Split('/', StringSplitOptions.RemoveEmptyEntries)
            .Aggregate(root, (folder, _) => Path.GetDirectoryName(folder)!);

    private static IEnumerable<string> AncestorFiles(string folder, string top)
    {
        for (var current = folder; current is not null && current.StartsWith(top, StringComparison.Ordinal); current = Path.GetDirectoryName(current))
        {
            foreach (var file in Directory.EnumerateFiles(current).Where(file => Ancestors.Contains(Path.GetFileName(file))))
            {
                yield return file;
            }
        }
    }

    private static IEnumerable<string> Walk(string folder)
        => Directory.EnumerateFiles(folder).Concat(
            Directory.EnumerateDirectories(folder)
                .Where(child => !NeverSources.Contains(Path.GetFileName(child)))
                .SelectMany(Walk));
}
