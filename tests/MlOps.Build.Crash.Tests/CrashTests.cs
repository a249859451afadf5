using System.Diagnostics;
using System.Globalization;
using MlOps.Build.Contracts;
using MlOps.Build.CrashHost;
using MlOps.Build.Engine.Registry;
using MlOps.Build.Engine.Tests.Registry;

namespace MlOps.Build.Crash.Tests;

/// <summary>A process is ended between every two steps; the command run again reaches the same end.</summary>
public sealed class CrashTests
{
    private static readonly string[] All = ["first", "second registered", "second approved", "second deployed"];

    [Theory]
    [InlineData("register", 1)]
    [InlineData("approve", 2)]
    [InlineData("deploy", 3)]
    [InlineData("rollback", 4)]
    public async Task Killed_between_any_two_steps_a_rerun_reaches_the_same_end(string verb, int done)
    {
        using var folder = new TemporaryFolder();
        var template = new ReleaseWorld(folder.Path, TimeProvider.System);
        template.Create();
        await template.GivenAsync(All[..done]);
        if (verb == "register")
        {
            new RunWriter(template) { Name = "second", Baseline = template.DigestOf("first") }.Write();
        }

        var expected = await EndAsync(template, verb);
        var step = 0;
        for (var killed = true; killed;)
        {
            killed = await EndsLikeAsync(template, verb, ++step, expected);
        }

        Assert.InRange(step, 3, 60);
    }

    private static async Task<bool> EndsLikeAsync(ReleaseWorld template, string verb, int step, string expected)
    {
        using var folder = new TemporaryFolder();
        Copy(template.Root, folder.Path);
        var killed = await RunAsync(folder.Path, verb, step);
        var world = new ReleaseWorld(folder.Path, TimeProvider.System);
        AssertNothingHalfWritten(folder.Path);

        await world.DoAsync(verb);

        Assert.Equal((step, expected), (step, await DescribeAsync(world)));
        return killed;
    }

    private static async Task<string> EndAsync(ReleaseWorld template, string verb)
    {
        using var folder = new TemporaryFolder();
        Copy(template.Root, folder.Path);
        var world = new ReleaseWorld(folder.Path, TimeProvider.System);
        await world.DoAsync(verb);
        return await DescribeAsync(world);
    }

    /// <summary>All that counts afterwards: events, aliases, what is served, and a clean audit.</summary>
    private static async Task<string> DescribeAsync(ReleaseWorld world)
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
    private static void AssertNothingHalfWritten(string root)
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

    /// <summary>Whether the process was killed; when the step lies behind the end it finishes.</summary>
    private static async Task<bool> RunAsync(string root, string verb, int step)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in (string[])[typeof(ReleaseWorld).Assembly.Location, root, verb, step.ToString(CultureInfo.InvariantCulture)])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(error.Length == 0, error);
        return process.ExitCode != 0;
    }

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
