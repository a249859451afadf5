using MlOps.Build.Pipeline.Tests;

namespace MlOps.Build.Cake.Tests;

/// <summary>The engine as it was built, in a folder as it is released: with the list of its files.</summary>
public sealed class CopiedEngine : IDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("mlops engine ");

    public CopiedEngine()
    {
        Folder = Path.Combine(root.FullName, "engine").Replace('\\', '/');
        Copy(Path.Combine(Repository.Root, "artifacts", "bin", "MlOps.Build.Tool", Repository.Configuration), Folder);
        EngineDigest.Write(Folder);
    }

    public string Folder { get; }

    /// <summary>A copy in which one small file is another.</summary>
    public string Changed()
    {
        var other = Path.Combine(root.FullName, "changed").Replace('\\', '/');
        Copy(Folder, other);
        File.AppendAllText(Path.Combine(other, "mlops.runtimeconfig.json"), " ");
        return other;
    }

    public void Dispose() => root.Delete(recursive: true);

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
