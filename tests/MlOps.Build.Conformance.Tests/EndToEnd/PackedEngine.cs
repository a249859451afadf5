using System.Runtime.InteropServices;
using MlOps.Build.Extension;
using MlOps.Build.Pipeline.Tests;

[assembly: AssemblyFixture(typeof(MlOps.Build.Conformance.Tests.EndToEnd.PackedEngine))]

namespace MlOps.Build.Conformance.Tests.EndToEnd;

/// <summary>The action and the task as <c>./build.sh Pack</c> wrote them. Where the tool was built after that, or nothing was packed, both are laid out of the build.</summary>
public sealed class PackedEngine : IDisposable
{
    private static readonly string Packed = Path.Combine(Repository.Root, "artifacts", "action");

    private readonly TemporaryFolder folder = new();

    public PackedEngine()
    {
        var built = Path.Combine(Repository.Root, "artifacts", "bin", "MlOps.Build.Tool", Repository.Configuration);
        var list = Path.Combine(Packed, "tasks", "engine", RuntimeInformation.RuntimeIdentifier, EngineDigest.FileName);
        if (File.Exists(list) && File.GetLastWriteTimeUtc(list) >= File.GetLastWriteTimeUtc(Path.Combine(built, "mlops.dll")))
        {
            (Action, Task) = (Packed, Path.Combine(Repository.Root, "artifacts", "azure-devops", "content", ExtensionFolder.Task));
            return;
        }

        Action = folder.At("action");
        var engine = Path.Combine(Action, "tasks", "engine", RuntimeInformation.RuntimeIdentifier);
        Copy(built, engine);
        EngineDigest.Write(engine);
        Copy(Path.Combine(Repository.Root, "tasks", "launcher"), Path.Combine(Action, "tasks", "launcher"));
        File.Copy(Path.Combine(Repository.Root, "action.yml"), Path.Combine(Action, "action.yml"));
        ExtensionFolder.Write(Repository.Root, folder.At("content"), "1.4.2", Path.Combine(Action, "tasks", "engine"));
        Task = folder.At(Path.Combine("content", ExtensionFolder.Task));
    }

    /// <summary>The folder with action.yml.</summary>
    public string Action { get; }

    /// <summary>The folder with task.json.</summary>
    public string Task { get; }

    /// <summary>The folder with mlops.dll for this machine.</summary>
    public string Engine => Path.Combine(Action, "tasks", "engine", RuntimeInformation.RuntimeIdentifier);

    public void Dispose() => folder.Dispose();

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
