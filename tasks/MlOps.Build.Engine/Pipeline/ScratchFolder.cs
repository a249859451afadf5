using MlOps.Build.Engine.Runs;

namespace MlOps.Build.Engine.Pipeline;

/// <summary>A folder for the rows of a single step, gone when the step is done.</summary>
internal sealed class ScratchFolder : IDisposable
{
    private readonly FileLock owner;

    public ScratchFolder(PipelineServices services)
    {
        services.State.Ensure();
        Path = System.IO.Path.Combine(services.State.Scratch, RunId.New(services.Time));
        owner = FileLock.TryTake(LockOf(Path)) ?? throw new InvalidOperationException($"{Path} is taken.");
        Directory.CreateDirectory(Path);
    }

    public string Path { get; }

    /// <summary>Beside the folder and taken before it is there: a folder without an owner was left by a killed process.</summary>
    public static string LockOf(string folder) => folder + ".lock";

    public void Dispose()
    {
        Directory.Delete(Path, recursive: true);
        owner.Dispose();
        File.Delete(LockOf(Path));
    }
}
