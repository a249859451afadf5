using System.Globalization;
using MlOps.Build.Engine.Processes;

namespace MlOps.Build.Engine.Tests.Processes;

/// <summary>Starts the test trainer with a mode, in a temporary folder.</summary>
public sealed class ProcessFixture : IDisposable
{
    public DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory("mlops prüf ");

    public TimeSpan Grace { get; init; } = TimeSpan.FromMilliseconds(300);

    public TimeSpan CancelGrace { get; init; } = TimeSpan.FromMilliseconds(300);

    public TimeSpan WatchInterval { get; set; } = TimeSpan.FromMilliseconds(50);

    public static string TestTrainer => Path.Combine(AppContext.BaseDirectory, "MlOps.Build.TestTrainer.dll");

    public string IdFile => Path.Combine(Folder.FullName, "child.id");

    public ProcessRequest Request(params string[] arguments) => new()
    {
        Program = "dotnet",
        Arguments = [TestTrainer, .. arguments],
        WorkingDirectory = Folder.FullName,
        StopsWhenInputEnds = true,
    };

    public Task<ProcessResult> RunAsync(ProcessRequest request)
        => RunCancellablyAsync(request, TestContext.Current.CancellationToken);

    public Task<ProcessResult> RunCancellablyAsync(ProcessRequest request, CancellationToken cancellationToken)
        => Runner().RunAsync(request, cancellationToken);

    public ProcessRunner Runner() => new(new SystemEnvironment(), TimeProvider.System)
    {
        Grace = Grace,
        CancelGrace = CancelGrace,
        WatchInterval = WatchInterval,
    };

    /// <summary>The process that a forking test trainer started must not be alive.</summary>
    public void AssertChildIsGone() => AssertIsGone(IdFile);

    public static void AssertIsGone(string idFile)
    {
        var id = int.Parse(File.ReadAllText(idFile), CultureInfo.InvariantCulture);
        Assert.True(IsGone(id), $"process {id} is alive");
    }

    public void Dispose() => Folder.Delete(recursive: true);

    private static bool IsGone(int id)
        => OperatingSystem.IsLinux()
            ? !File.Exists($"/proc/{id}/stat") || File.ReadAllText($"/proc/{id}/stat").Contains(") Z", StringComparison.Ordinal)
            : System.Diagnostics.Process.GetProcesses().All(process => process.Id != id);
}
