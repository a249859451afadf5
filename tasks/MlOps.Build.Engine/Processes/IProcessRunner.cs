namespace MlOps.Build.Engine.Processes;

/// <summary>Starts child processes, always without a shell, and ends their whole tree.</summary>
public interface IProcessRunner
{
    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="Contracts.ProblemException">MLO2201: the program could not be started.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the process tree has been ended.</exception>
    Task<ProcessResult> RunAsync(ProcessRequest request, CancellationToken cancellationToken);
}

/// <summary>A program to run.</summary>
public sealed record ProcessRequest
{
    /// <summary>The program: a path or a name that is found on the PATH.</summary>
    public required string Program { get; init; }

    public IReadOnlyList<string> Arguments { get; init; } = [];

    public required string WorkingDirectory { get; init; }

    /// <summary>The whole environment of the child; null: that of this process.</summary>
    public IReadOnlyDictionary<string, string>? Environment { get; init; }

    /// <summary>Receives each line of both streams as it comes, at most 4,096 characters of it.</summary>
    public Action<string>? OnLine { get; init; }

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
/// <param name="ExitCode">Its exit code.</param>
/// <param name="End">How it ended.</param>
/// <param name="Output">All of stdout, at most 1 MiB of it.</param>
/// <param name="LastLines">The last 50 lines of both streams.</param>
/// <param name="PeakMemoryBytes">Peak resident memory of the tree, as far as it was seen.</param>
/// <param name="Elapsed">Wall-clock time.</param>
public sealed record ProcessResult(
    int ExitCode, ProcessEnd End, string Output, IReadOnlyList<string> LastLines, long PeakMemoryBytes, TimeSpan Elapsed);
