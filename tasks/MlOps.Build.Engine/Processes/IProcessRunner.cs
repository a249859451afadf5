namespace MlOps.Build.Engine.Processes;

/// <summary>Starts child processes, always without a shell, and ends their whole tree.</summary>
public interface IProcessRunner
{
    /// <summary>Runs a program to its end. Whatever it started and left behind is ended with it.</summary>
    /// <exception cref="Contracts.ProblemException">MLO2201: the program could not be started.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the process tree has been ended.</exception>
    Task<ProcessResult> RunAsync(ProcessRequest request, CancellationToken cancellationToken);
}

/// <summary>A program to run.</summary>
public sealed record ProcessRequest
{
    /// <summary>The program: a path (relative to <see cref="WorkingDirectory"/>) or a name that is found on the PATH.</summary>
    public required string Program { get; init; }

    public IReadOnlyList<string> Arguments { get; init; } = [];

    public required string WorkingDirectory { get; init; }

    /// <summary>The whole environment of the child; null: that of this process.</summary>
    public IReadOnlyDictionary<string, string>? Environment { get; init; }

    /// <summary>Receives each line of both streams as it comes, at most 4,096 bytes of it, exactly as written.</summary>
    public Action<string>? OnLine { get; init; }

    /// <summary>How many lines <see cref="OnLine"/> receives; what comes after is read and thrown away.</summary>
    public int LineLimit { get; init; } = 10_000;

    /// <summary>Writes what the program reads from its stdin, which is closed afterwards; null: stdin is empty.</summary>
    public Func<Stream, CancellationToken, Task>? Input { get; init; }

    /// <summary>Receives stdout byte for byte, all of it, instead of text being kept.</summary>
    public Stream? OutputBytes { get; init; }

    /// <summary>How many bytes of stdout are kept.</summary>
    public int OutputLimit { get; init; } = 1024 * 1024;

    /// <summary>
    /// Whether stdin stays open as long as the program may work, so that its end is a polite request to stop where
    /// there are no signals. Otherwise stdin is empty from the start.
    /// </summary>
    public bool StopsWhenInputEnds { get; init; }

    /// <summary>Whether it is code under review: it may look into no other process; see <see cref="KernelFence"/>.</summary>
    public bool IsFenced { get; init; }

    /// <summary>Wall-clock limit; null: none.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Limit on the resident memory of the process tree; null: none.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>Cancelled by the caller to stop the child early; the result then says so.</summary>
    public CancellationToken Stop { get; init; }
}

/// <summary>How a process ended.</summary>
public enum ProcessEnd
{
    /// <summary>By itself.</summary>
    Exited,

    /// <summary>The wall-clock limit was reached.</summary>
    TimedOut,

    /// <summary>The memory limit was reached.</summary>
    OutOfMemory,

    /// <summary>The caller stopped it.</summary>
    Stopped,
}

/// <summary>What became of a process.</summary>
public sealed record ProcessResult
{
    /// <summary>Its exit code; 128 + n where a signal n ended it.</summary>
    public required int ExitCode { get; init; }

    public required ProcessEnd End { get; init; }

    /// <summary>Stdout, cut at the request's limit.</summary>
    public string Output { get; init; } = string.Empty;

    /// <summary>Whether there was more than <see cref="Output"/> holds.</summary>
    public bool OutputTruncated { get; init; }

    /// <summary>The last 50 lines of both streams, exactly as written: neutralise them before they are shown.</summary>
    public IReadOnlyList<string> LastLines { get; init; } = [];

    /// <summary>Peak resident memory of the tree, as far as it was seen; 0: it ended before anybody looked.</summary>
    public long PeakMemoryBytes { get; init; }

    /// <summary>Processor time of the tree, of the program alone on Windows; null where it cannot be told from that of others.</summary>
    public double? CpuSeconds { get; init; }

    public TimeSpan Elapsed { get; init; }

    /// <summary>Processes that outlived the program and were ended.</summary>
    public int Orphans { get; init; }

    /// <summary>Whether it ended by itself with exit code 0.</summary>
    public bool Succeeded => End == ProcessEnd.Exited && ExitCode == 0;
}
