using System.IO.Compression;
using System.Text.Json.Nodes;
using MlOps.Build.Extension;
using MlOps.Build.Pipeline.Tests;

namespace MlOps.Build.Conformance.Tests.Azure;

/// <summary>The extension, packed by Microsoft's own program, whose exit code says nothing of its warnings.</summary>
public sealed class ExtensionTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task It_is_packed_without_a_warning_and_holds_the_task_with_one_engine_a_platform()
    {
        var content = Write("1.4.2-beta.3");

        var (exit, output) = await PackAsync(content);

        Assert.True(exit == 0, output);
        Assert.DoesNotContain("warning:", output, StringComparison.OrdinalIgnoreCase);
        await using var package = await ZipFile.OpenReadAsync(folder.At("out.vsix"), TestContext.Current.CancellationToken);
        var names = package.Entries.Select(entry => entry.FullName).ToArray();
        Assert.Superset(
            new HashSet<string>(["MlOpsBuild/task.json", "MlOpsBuild/icon.png", "MlOpsBuild/launcher/main.mjs", "MlOpsBuild/launcher/commands.mjs", "MlOpsBuild/engine/version.txt", "images/icon.png", "LICENSE.txt", "overview.md"], StringComparer.Ordinal),
            names.ToHashSet(StringComparer.Ordinal));
        Assert.Equal(2, names.Count(name => name.EndsWith("/mlops.dll", StringComparison.Ordinal)));
        Assert.Equal(1, names.Count(name => name.EndsWith("task.json", StringComparison.Ordinal)));
        using var manifest = new StreamReader(await package.GetEntry("extension.vsixmanifest")!.OpenAsync(TestContext.Current.CancellationToken));
        Assert.Contains("Version=\"1.4.2\"", await manifest.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public void The_task_gets_the_version_of_the_packages_and_before_the_first_one_stays_at_1()
    {
        var version = JsonNode.Parse(File.ReadAllText(Path.Combine(Write("2.0.1"), "MlOpsBuild", "task.json")))!["version"]!.ToJsonString();
        var early = JsonNode.Parse(File.ReadAllText(Path.Combine(Write("0.1.0-alpha.0.7"), "MlOpsBuild", "task.json")))!["version"]!.ToJsonString();

        Assert.Equal("""{"Major":2,"Minor":0,"Patch":1}""", version);
        Assert.Equal("""{"Major":1,"Minor":0,"Patch":0}""", early);
    }

    [Fact]
    public async Task A_task_without_its_description_is_a_warning_that_these_tests_would_see()
    {
        var content = Write("1.0.0");
        File.Delete(Path.Combine(content, "MlOpsBuild", "task.json"));

        var (_, output) = await PackAsync(content);

        Assert.Contains("warning:", output, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_refused()
    {
        var content = Write("1.0.0");
        Directory.Delete(Path.Combine(content, "images"), recursive: true);

        var (exit, _) = await PackAsync(content);

        Assert.NotEqual(0, exit);
    }

    private string Write(string version)
    {
        var content = folder.At("content");
        foreach (var platform in new[] { "linux-x64", "win-x64" })
        {
            folder.Write($"engines/{platform}/mlops.dll", "engine");
            EngineDigest.Write(folder.At($"engines/{platform}"));
        }

        folder.Write("engines/version.txt", version + "\n");
        ExtensionFolder.Write(Repository.Root, content, version, folder.At("engines"));
        return content;
    }

    private Task<(int Exit, string Output)> PackAsync(string content) => Repository.RunAsync(
        content, "node", Path.Combine(NodeTools.Folder, "node_modules", "tfx-cli", "_build", "tfx-cli.js"),
        "extension", "create", "--manifests", "vss-extension.json", "--no-prompt", "--no-color", "--output-path", folder.At("out.vsix"));
}
