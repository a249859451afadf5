using MlOps.Build.Engine.Runs;

namespace MlOps.Build.Engine.Pipeline;

/// <summary>A folder for the rows of a single step, gone when the step is done.</summary>
internal sealed class ScratchFolder : IDisposable
{
    public ScratchFolder(PipelineServices services)
    {
        services.State.Ensure();
        Path = System.IO.Path.Combine(services.State.Root, "tmp", RunId.New(services.Time));
        Directory.CreateDirectory(Path);
    }

    public string Path { get; }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
