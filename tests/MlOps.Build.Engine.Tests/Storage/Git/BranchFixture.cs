using System.Text;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Processes;
using MlOps.Build.Engine.Storage;
using MlOps.Build.Engine.Storage.Git;
using MlOps.Build.Engine.Tests.Registry;
using MlOps.Build.Engine.Tests.Training;

namespace MlOps.Build.Engine.Tests.Storage.Git;

/// <summary>A bare remote and clones of it in a temporary folder, with no settings, name or home of the machine.</summary>
internal sealed class BranchFixture : IDisposable
{
    public const string Branch = "mlops-registry";

    private readonly TemporaryFolder folder = new();

    public BranchFixture()
    {
        Environment = new FakeEnvironment(new Dictionary<string, string>
        {
            ["PATH"] = new Tests.Processes.SystemEnvironment().Variables["PATH"],
            ["HOME"] = folder.Path,
            ["GIT_CONFIG_GLOBAL"] = OperatingSystem.IsWindows() ? "NUL" : "/dev/null",
            ["GIT_CONFIG_NOSYSTEM"] = "1",
        });
        Processes = new ProcessRunner(Environment, TimeProvider.System);
    }

    public FakeEnvironment Environment { get; }

    public ProcessRunner Processes { get; }

    public string Remote => folder.At("remote.git");

    public string At(params string[] parts) => folder.At(parts);

    public void Dispose() => folder.Dispose();

    /// <summary>A remote with two commits on main, and clones of it.</summary>
    public async Task CreateAsync(params string[] clones)
    {
        await GitAsync(folder.Path, "init", "--quiet", "--bare", "--initial-branch=main", "remote.git");
        await GitAsync(folder.Path, "clone", "--quiet", "remote.git", "seed");
        await CommitAsync("seed", "one");
        await CommitAsync("seed", "two");
        await GitAsync(At("seed"), "push", "--quiet", "origin", "main");
        foreach (var clone in clones)
        {
            await GitAsync(folder.Path, "clone", "--quiet", "remote.git", clone);
        }
    }

    public async Task CommitAsync(string clone, string text)
    {
        await File.WriteAllTextAsync(At(clone, "file.txt"), text, CancellationToken.None);
        await GitAsync(At(clone), "add", "--all");
        await GitAsync(At(clone), "-c", "user.name=Ana", "-c", "user.email=ana@example.org", "commit", "--quiet", "-m", text);
    }

    public GitBranchStore Open(string clone, TimeProvider? time = null, string? remote = null, IProcessRunner? processes = null)
        => new(
            At(clone),
            new RegistryConfiguration { Store = "git", Branch = Branch, Remote = remote },
            processes ?? Processes,
            Environment,
            time ?? TimeProvider.System);

    /// <summary>The output of git in a folder; it must succeed.</summary>
    public async Task<string> GitAsync(string where, params string[] arguments)
    {
        var result = await Processes.RunAsync(
            new ProcessRequest { Program = "git", Arguments = arguments, WorkingDirectory = where }, CancellationToken.None);
        return result.Succeeded
            ? result.Output.Trim()
            : throw new InvalidOperationException(string.Join('\n', result.LastLines));
    }

    /// <summary>Makes the remote run a hook of these lines.</summary>
    public async Task HookAsync(string name, string script)
    {
        var path = Path.Combine(Remote, "hooks", name);
        await File.WriteAllTextAsync(path, "#!/bin/sh\n" + script + "\n", new UTF8Encoding(false));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static async Task<string?> TextAsync(IRegistryStore store, string key)
        => await store.ReadAsync(key, CancellationToken.None) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;
}
