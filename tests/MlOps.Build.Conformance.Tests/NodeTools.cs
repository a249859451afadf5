using MlOps.Build.Pipeline.Tests;

[assembly: AssemblyFixture(typeof(MlOps.Build.Conformance.Tests.NodeTools))]

namespace MlOps.Build.Conformance.Tests;

/// <summary>Installs the pinned tools of <c>node/package-lock.json</c> once, outside the tracked files.</summary>
public sealed class NodeTools : IAsyncLifetime
{
    public static string Folder { get; } = Path.Combine(Repository.Root, "artifacts", "conformance");

    public async ValueTask InitializeAsync()
    {
        var source = Path.Combine(Repository.Root, "tests", "MlOps.Build.Conformance.Tests", "node");
        var installed = Path.Combine(Folder, "node_modules", "installed.json");
        var wanted = await File.ReadAllTextAsync(Path.Combine(source, "package-lock.json"));
        Directory.CreateDirectory(Folder);
        foreach (var script in (string[])["run-action.mjs", "pages.mjs"])
        {
            File.Copy(Path.Combine(source, script), Path.Combine(Folder, script), overwrite: true);
        }

        if (File.Exists(installed) && await File.ReadAllTextAsync(installed) == wanted)
        {
            return;
        }

        foreach (var file in Directory.GetFiles(source, "package*.json"))
        {
            File.Copy(file, Path.Combine(Folder, Path.GetFileName(file)), overwrite: true);
        }

        var (exit, output) = await Repository.RunAsync(Folder, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
        Assert.True(exit == 0, output);
        await File.WriteAllTextAsync(installed, wanted);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
