using MlOps.Build.Engine.Hosts;
using MlOps.Build.Tool.Application;

namespace MlOps.Build.Tool.Tests;

/// <summary>Runs a whole command line in memory: words in, exit code and both streams out.</summary>
internal sealed class ToolFixture : IDisposable, IEnvironment
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mlops tool ä ");

    public string Folder => folder.FullName;

    public string Output { get; private set; } = string.Empty;

    public string Error { get; private set; } = string.Empty;

    public Dictionary<string, string> Variables { get; } = [];

    public TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>Told of each line of both streams when it is written.</summary>
    public Action<string>? Line { get; set; }

    IReadOnlyDictionary<string, string> IEnvironment.Variables => Variables;

    public string Write(string name, string content)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }

    public Task<int> RunAsync(params string[] args) => CancellableAsync(TestContext.Current.CancellationToken, args);

    public async Task<int> CancellableAsync(CancellationToken cancellation, params string[] args)
    {
        using var output = new LineWriter(Line);
        using var error = new LineWriter(Line);
        var host = new ToolHost { Output = output, Error = error, Environment = this, WorkingDirectory = Folder, Time = Time };
        var exit = await MlOpsApplication.RunAsync(args, host, cancellation);
        Output = output.ToString();
        Error = error.ToString();
        return exit;
    }

    public void Dispose() => folder.Delete(recursive: true);
}
