using MlOps.Build.Contracts;
using MlOps.Build.CrashHost;
using MlOps.Build.Engine.Registry;

namespace MlOps.Build.Crash.Tests;

/// <summary>What a project looks like after a verb.</summary>
internal static class EndState
{
    /// <summary>All that counts afterwards: events, aliases, what is served, and a clean audit.</summary>
    public static async Task<string> DescribeAsync(ReleaseWorld world)
    {
        var audit = await world.AuditAsync();
        var state = await world.StateAsync();
        var served = Documents.Read<DeploymentRecord>(Path.Combine(world.Deployed, "deployment.json"));
        return string.Join('\n', [
            $"audit {audit.Exit} {string.Join(' ', audit.Document.Faults.Select(fault => fault.Sentence))}{string.Join(' ', audit.Document.Notes)}",
            string.Join(' ', state.Events.Select(item => item.Type)),
            string.Join(' ', state.Aliases.OrderBy(alias => alias.Key, StringComparer.Ordinal).Select(alias => $"{alias.Key}={alias.Value}")),
            $"{served.Slots.Single().Digest} {served.Generation} {served.Previous}",
        ]);
    }

    /// <summary>What has its final name is whole: every document parses, every blob and every model has its digest.</summary>
    public static void AssertNothingHalfWritten(string root)
    {
        foreach (var file in Directory.EnumerateFiles(root, "*.json", SearchOption.AllDirectories).Where(file => !file.Contains(".tmp", StringComparison.Ordinal)))
        {
            using var document = System.Text.Json.JsonDocument.Parse(File.ReadAllBytes(file));
        }

        foreach (var blob in Directory.EnumerateFiles(Path.Combine(root, ".mlops", "registry", "blobs"), "*", SearchOption.AllDirectories))
        {
            Assert.Equal("sha256:" + Path.GetFileName(blob), Digest.OfFile(blob));
        }

        foreach (var model in Directory.EnumerateDirectories(Path.Combine(root, "deploy", "production", "models")))
        {
            Assert.Equal("sha256:" + Path.GetFileName(model), Digest.MerkleRoot(PackageBlobs.FilesOf(Path.Combine(model, "model"))));
        }
    }

    public static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
