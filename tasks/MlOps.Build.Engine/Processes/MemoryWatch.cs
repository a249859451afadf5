using System.Diagnostics;

namespace MlOps.Build.Engine.Processes;

/// <summary>Waits for a process and reads the memory of its tree meanwhile.</summary>
internal sealed class MemoryWatch(ProcessTree tree, long? limit, TimeSpan interval, TimeProvider time)
{
    public long PeakBytes { get; private set; }

    /// <summary>Until it exits, is to be stopped, or needs more memory than it may.</summary>
    public async Task<ProcessEnd> UntilEndAsync(Process process, CancellationToken ending)
    {
        var exited = process.WaitForExitAsync(ending);
        while (true)
        {
            using var next = CancellationTokenSource.CreateLinkedTokenSource(ending);
            var first = await Task.WhenAny(exited, Task.Delay(interval, time, next.Token));
            await next.CancelAsync();
            if (exited.IsCompletedSuccessfully)
            {
                return ProcessEnd.Exited;
            }

            if (first == exited || ending.IsCancellationRequested)
            {
                return ProcessEnd.Stopped;
            }

            var bytes = tree.MemoryBytes();
            PeakBytes = Math.Max(PeakBytes, bytes);
            if (bytes > limit)
            {
                return ProcessEnd.OutOfMemory;
            }
        }
    }
}
