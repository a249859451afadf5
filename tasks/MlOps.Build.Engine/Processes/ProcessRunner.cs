using System.ComponentModel;
using System.Diagnostics;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Hosts;

namespace MlOps.Build.Engine.Processes;

/// <summary>The edge to the operating system: starts, watches and ends child processes.</summary>
public sealed class ProcessRunner(IEnvironment environment, TimeProvider time) : IProcessRunner
{
    /// <summary>How long a process that was asked to stop may take before it is ended.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The same after a cancellation: a build server ends the job soon, and what the process would write is not used.</summary>
    public TimeSpan CancelGrace { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often the memory of the tree is read.</summary>
    public TimeSpan WatchInterval { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <inheritdoc/>
    public async Task<ProcessResult> RunAsync(ProcessRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var variables = request.Environment ?? environment.Variables;
        var mark = ProcessMark.Next(variables);
        var started = time.GetTimestamp();
        using var clock = new ChildrenClock();
        using var process = Start(request, variables, mark);
        var tree = new ProcessTree(process, mark.Id);
        try
        {
            return await WatchAsync(request, process, tree, clock, started, cancellationToken);
        }
        finally
        {
            // Whatever happened above, nothing of the tree may be left.
            await tree.KillAsync(time);
        }
    }

    private async Task<ProcessResult> WatchAsync(
        ProcessRequest request, Process process, ProcessTree tree, ChildrenClock clock, long started, CancellationToken cancellationToken)
    {
        if (!request.StopsWhenInputEnds && request.Input is null)
        {
            CloseInput(process);
        }

        using var broken = new CancellationTokenSource();
        var output = new OutputCapture(request, broken);
        var reading = Task.WhenAll(
            output.ReadAsync(process.StandardOutput.BaseStream, keep: true),
            output.ReadAsync(process.StandardError.BaseStream, keep: false));

        using var timeout = request.Timeout is { } limit
            ? new CancellationTokenSource(limit, time)
            : new CancellationTokenSource();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(
            cancellationToken, request.Stop, timeout.Token, broken.Token);
        var writing = new InputFeed(request, broken).WriteAsync(process.StandardInput.BaseStream, ending.Token);
        var memory = new MemoryWatch(tree, request.MemoryBytes, WatchInterval, time);
        var end = await memory.UntilEndAsync(process, ending.Token);
        if (end != ProcessEnd.Exited)
        {
            end = end == ProcessEnd.Stopped && timeout.IsCancellationRequested ? ProcessEnd.TimedOut : end;
            await EndAsync(
                process,
                polite: end != ProcessEnd.OutOfMemory && !broken.IsCancellationRequested,
                cancellationToken.IsCancellationRequested ? CancelGrace : Grace);
        }

        var orphans = await tree.KillAsync(time);
        await process.WaitForExitAsync(CancellationToken.None);
        await DrainAsync(reading);
        await writing;
        cancellationToken.ThrowIfCancellationRequested();
        return new ProcessResult
        {
            ExitCode = process.ExitCode,
            End = end,
            Output = output.Output,
            OutputTruncated = output.IsTruncated,
            LastLines = output.LastLines,
            PeakMemoryBytes = memory.PeakBytes,
            CpuSeconds = tree.CpuSeconds(clock),
            Elapsed = time.GetElapsedTime(started),
            Orphans = end == ProcessEnd.Exited ? orphans : 0,
        };
    }

    /// <summary>
    /// Asks with SIGTERM first and by closing stdin after a while. Both at once would let a program that ends because
    /// of the one be struck by the other while it is leaving, which turns its exit code into 143.
    /// </summary>
    private async Task EndAsync(Process process, bool polite, TimeSpan grace)
    {
        if (!polite)
        {
            return;
        }

        if (UnixSignals.Terminate(process) && await HasExitedAsync(process, grace / 4))
        {
            return;
        }

        CloseInput(process);
        _ = await HasExitedAsync(process, grace);
    }

    private async Task<bool> HasExitedAsync(Process process, TimeSpan patience)
    {
        using var limit = new CancellationTokenSource(patience, time);
        try
        {
            await process.WaitForExitAsync(limit.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>The pipes end with the last process that holds them; one that left the tree must not hold us up.</summary>
    private async Task DrainAsync(Task reading)
    {
        try
        {
            await reading.WaitAsync(TimeSpan.FromSeconds(5), time);
        }
        catch (TimeoutException)
        {
            // What is still unread belongs to a process that escaped; the streams are closed with the process object.
        }
    }

    private static void CloseInput(Process process)
    {
        try
        {
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has closed its end already.
        }
    }

    private static Process Start(
        ProcessRequest request, IReadOnlyDictionary<string, string> variables, ProcessMark mark)
    {
        var start = new ProcessStartInfo
        {
            FileName = ProgramPath.Resolve(request.Program, request.WorkingDirectory, variables.GetValueOrDefault("PATH"))
                ?? throw new ProblemException(NotStarted(request, "No folder of the PATH holds it.")),
            WorkingDirectory = request.WorkingDirectory,
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in request.Arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Clear();
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        start.Environment[ProcessMark.Variable] = mark.Value;
        var process = new Process { StartInfo = start };
        try
        {
            Start(process, request.IsFenced);
            return process;
        }
        catch (Exception exception) when (exception is Win32Exception or IOException)
        {
            process.Dispose();
            throw new ProblemException(NotStarted(request, exception.Message), exception);
        }
    }

    private static void Start(Process process, bool isFenced)
    {
        if (isFenced)
        {
            KernelFence.Start(process);
            return;
        }

#pragma warning disable RS0030 // This class and the fence are the places that start processes.
        process.Start();
#pragma warning restore RS0030
    }

    private static Problem NotStarted(ProcessRequest request, string reason)
        => new(
            "MLO2201",
            $"The program '{request.Program}' could not be started.",
            Directory.Exists(request.WorkingDirectory)
                ? reason
                : $"Its working directory '{request.WorkingDirectory}' does not exist.",
            "Install it, put its folder on the PATH, or name it with its path in mlops.yml.")
        {
            Exit = ExitCode.Unavailable,
        };
}
