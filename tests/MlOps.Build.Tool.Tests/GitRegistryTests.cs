using System.Text;
using MlOps.Build.Contracts;
using MlOps.Build.CrashHost;
using MlOps.Build.Engine.Processes;

namespace MlOps.Build.Tool.Tests;

/// <summary>A release whose registry lies on a branch of the repository: made in one clone, seen from another.</summary>
public sealed class GitRegistryTests : IDisposable
{
    private const string Run = "01JDA4QZ8Y4X0V5T7N3K2M1P9A";

    private const string Settings = """
        model: late-flights
        task: binary-classification
        data: { source: data/*.parquet, label: late }
        registry: { store: git, branch: mlops-registry }
        train: { project: src/Training }
        environments:
          staging: { path: deploy/staging }
          production: { path: deploy/production, approvals: 1, approvers: [{ name: ana, publicKey: keys/ana.pub }] }
        """;

    private readonly ToolFixture tool = new();

    public GitRegistryTests()
    {
        tool.Variables["PATH"] = System.Environment.GetEnvironmentVariable("PATH") ?? string.Empty;
        tool.Variables["HOME"] = tool.Folder;
        tool.Variables["USER"] = "ana";
        tool.Variables["GIT_CONFIG_GLOBAL"] = OperatingSystem.IsWindows() ? "NUL" : "/dev/null";
        tool.Variables["GIT_CONFIG_NOSYSTEM"] = "1";
    }

    public void Dispose() => tool.Dispose();

    [Fact]
    public async Task A_release_made_in_one_clone_is_seen_from_another()
    {
        var world = await GivenClonesAsync();

        Assert.Equal(0, await InAsync("a", "register", "--run", Run, "--bootstrap"));
        Assert.Equal((0, string.Empty), (await InAsync("a", "approve", "--to", "production", "--key", "a/keys/ana.pem"), tool.Error));
        Assert.Equal(0, await InAsync("a", "deploy", "--to", "production"));

        Assert.Equal((0, string.Empty), (await InAsync("b", "models", "history", "--output", "json"), tool.Error));
        Assert.Equal(
            [RegistryEventType.Registered, RegistryEventType.Judged, RegistryEventType.Approved, RegistryEventType.Deployed, RegistryEventType.Promoted],
            Documents.Parse<HistoryAnswer>(Encoding.UTF8.GetBytes(tool.Output), "stdout").Events.Select(line => line.Type));
        Assert.Equal(0, await InAsync("b", "models", "show", "champion"));
        Assert.Contains(Digest.Short(world.DigestOf(Run)), tool.Output, StringComparison.Ordinal);
        Assert.Equal(0, await InAsync("b", "status"));
        Assert.Contains("production", tool.Output, StringComparison.Ordinal);
        Assert.Equal((0, string.Empty), (await InAsync("b", "audit", "verify"), tool.Error));
        await InAsync("b", "doctor");
        Assert.Contains("git branch mlops-registry", tool.Output, StringComparison.Ordinal);
        Assert.Equal(string.Empty, await GitAsync("b", "status", "--porcelain"));
    }

    [Fact]
    public async Task A_model_registered_in_one_clone_is_approved_and_deployed_in_another()
    {
        var world = await GivenClonesAsync();
        Assert.Equal(0, await InAsync("a", "register", "--run", Run, "--bootstrap"));

        Assert.Equal(0, await InAsync("b", "approve", "--to", "production", "--key", "a/keys/ana.pem"));
        Assert.Equal(0, await InAsync("b", "deploy", "--to", "production"));

        var deployed = Directory.GetFiles(Path.Combine(tool.Folder, "b", "deploy", "production"), "*", SearchOption.AllDirectories);
        Assert.All(
            Directory.GetFiles(world.ModelFolder(Run)),
            file => Assert.Contains(deployed, copy => Digest.OfFile(copy) == Digest.OfFile(file)));
    }

    [Fact]
    public async Task An_audit_sees_an_event_that_was_changed_on_the_branch()
    {
        await GivenClonesAsync();
        Assert.Equal(0, await InAsync("a", "register", "--run", Run, "--bootstrap"));
        await GitAsync(".", "clone", "--quiet", "--branch", "mlops-registry", "remote.git", "vandal");
        var path = Path.Combine("vandal", "models", "late-flights", "events", "0000000002.json");
        var text = await File.ReadAllTextAsync(Path.Combine(tool.Folder, path), TestContext.Current.CancellationToken);
        tool.Write(path, text.Replace("pass", "fail", StringComparison.Ordinal));
        await GitAsync("vandal", "-c", "user.name=V", "-c", "user.email=v@example.org", "commit", "--quiet", "--all", "-m", "Improve");
        await GitAsync("vandal", "push", "--quiet", "origin", "mlops-registry");

        var exit = await InAsync("b", "audit", "verify", "--output", "json");

        Assert.Equal(1, exit);
        Assert.Contains(
            Documents.Parse<AuditAnswer>(Encoding.UTF8.GetBytes(tool.Output), "stdout").Faults, fault => fault.Where == "event 2");
    }

    [Theory]
    [InlineData("GITHUB_ACTIONS", "true", "GITHUB_WORKSPACE")]
    [InlineData("TF_BUILD", "True", "BUILD_SOURCESDIRECTORY")]
    public async Task A_full_run_on_a_build_server_refuses_a_folder_that_ends_with_the_job(string host, string value, string workspace)
    {
        tool.Write("mlops.yml", Settings.Replace("store: git, branch: mlops-registry", "store: folder", StringComparison.Ordinal));
        tool.Variables[host] = value;
        tool.Variables[workspace] = tool.Folder;

        foreach (var words in (string[][])[["run", "--mode", "full"], ["register", "--run", "latest"]])
        {
            Assert.Equal(2, await tool.RunAsync(words));
            Assert.StartsWith("error MLO2527:", tool.Error, StringComparison.Ordinal);
            Assert.Contains("registry: { store: git, branch: mlops-registry }", tool.Error, StringComparison.Ordinal);
        }
    }

    private async Task<ReleaseWorld> GivenClonesAsync()
    {
        await GitAsync(".", "init", "--quiet", "--bare", "--initial-branch=main", "remote.git");
        await GitAsync(".", "clone", "--quiet", "remote.git", "a");
        var world = new ReleaseWorld(Path.Combine(tool.Folder, "a"), TimeProvider.System);
        world.Create();
        tool.Write("a/mlops.yml", Settings);
        tool.Write("a/.gitignore", ".mlops/\ndeploy/\nkeys/*.pem\n");
        await GitAsync("a", "add", "--all");
        await GitAsync("a", "-c", "user.name=Ana", "-c", "user.email=ana@example.org", "commit", "--quiet", "-m", "Start");
        new RunWriter(world) { Name = Run, Baseline = null, Commit = await GitAsync("a", "rev-parse", "HEAD") }.Write();
        await GitAsync("a", "push", "--quiet", "origin", "HEAD:main");
        await GitAsync(".", "clone", "--quiet", "remote.git", "b");
        return world;
    }

    private Task<int> InAsync(string clone, params string[] words) => tool.RunAsync([.. words, "--root", clone]);

    private async Task<string> GitAsync(string folder, params string[] arguments)
    {
        var result = await new ProcessRunner(tool, TimeProvider.System).RunAsync(
            new ProcessRequest { Program = "git", Arguments = arguments, WorkingDirectory = Path.Combine(tool.Folder, folder) },
            TestContext.Current.CancellationToken);
        return result.Succeeded ? result.Output.Trim() : throw new InvalidOperationException(string.Join('\n', result.LastLines));
    }
}
