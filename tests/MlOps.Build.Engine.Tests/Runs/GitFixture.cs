using MlOps.Build.Engine.Processes;
using MlOps.Build.Engine.Tests.Processes;

namespace MlOps.Build.Engine.Tests.Runs;

/// <summary>A real git repository in a folder, without anybody's global settings.</summary>
public sealed class GitFixture
{
    private readonly ProcessRunner _processes = new(new SystemEnvironment(), TimeProvider.System);
    private readonly Dictionary<string, string> _environment = new(new SystemEnvironment().Variables)
    {
        ["GIT_CONFIG_GLOBAL"] = OperatingSystem.IsWindows() ? "NUL" : "/dev/null",
        ["GIT_CONFIG_NOSYSTEM"] = "1",
        ["GIT_AUTHOR_NAME"] = "Ana",
        ["GIT_AUTHOR_EMAIL"] = "ana@example.org",
        ["GIT_COMMITTER_NAME"] = "Ana",
        ["GIT_COMMITTER_EMAIL"] = "ana@example.org",
    };

    private bool _isInitialised;

    public GitFixture(string folder) => Folder = folder;

    public string Folder { get; }

    public async Task<string> RunAsync(params string[] arguments)
    {
        var result = await _processes.RunAsync(
            new ProcessRequest { Program = "git", Arguments = arguments, WorkingDirectory = Folder, Environment = _environment },
            TestContext.Current.CancellationToken);
        return result.Succeeded
            ? result.Output.Trim()
            : throw new InvalidOperationException(string.Join('\n', result.LastLines));
    }

    public async Task<string> CommitAllAsync(string message)
    {
        if (!_isInitialised)
        {
            _isInitialised = true;
            await RunAsync("init", "--quiet", "--initial-branch=main");
        }

        await RunAsync("add", "--all");
        await RunAsync("commit", "--quiet", "--allow-empty", "--message", message);
        return await RunAsync("rev-parse", "HEAD");
    }

    public void Write(string name, string content)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }
}
