using System.Diagnostics;

namespace MlOps.Build.Engine.Processes;

/// <summary>Waits for a process and reads the memory of its tree meanwhile.</summary>
internal sealed class MemoryWatch(ProcessTree tree, long? limit, TimeSpan interval, TimeProvider time)
{
    /// <summary>How often the root's own peak is asked for: one small file, where the tree takes many.</summary>
    private static readonly TimeSpan Quick = TimeSpan.FromMilliseconds(10);

    public long PeakBytes { get; private set; }

    /// <summary>Until it exits, is to be stopped, or needs more memory than it may.</summary>
    public async Task<ProcessEnd> UntilEndAsync(Process process, CancellationToken ending)
    {
        var exited = process.WaitForExitAsync(ending);
        var step = interval < Quick ? interval : Quick;
        for (var waited = step; ; waited += step)
        {
            using var next = CancellationTokenSource.CreateLinkedTokenSource(ending);
            var first = await Task.WhenAny(exited, Task.Delay(step, time, next.Token));
            await next.CancelAsync();
            if (exited.IsCompletedSuccessfully)
            {
                return ProcessEnd.Exited;
            }

            if (first == exited || ending.IsCancellationRequested)
            {
                return ProcessEnd.Stopped;
            }

            PeakBytes = Math.Max(PeakBytes, tree.RootPeakBytes());
            if (waited < interval)
            {
                continue;
            }

            waited = TimeSpan.Zero;
            var bytes = tree.MemoryBytes();
            PeakBytes = Math.Max(PeakBytes, bytes);
            if (bytes > limit)
            {
                return ProcessEnd.OutOfMemory;
            }
        }
    }
}
