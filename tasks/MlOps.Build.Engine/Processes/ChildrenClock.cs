using System.Diagnostics;
using System.Runtime.InteropServices;

namespace MlOps.Build.Engine.Processes;

/// <summary>
/// The processor time of a child and of all its descendants that were waited for: getrusage(2) counts it for all children
/// together, so the difference belongs to one of them where no other was started or ended meanwhile.
/// </summary>
internal sealed partial class ChildrenClock : IDisposable
{
    private const int OfChildren = -1;

    private static readonly Lock Gate = new();
    private static int running;
    private static long starts;

    private readonly long mine;
    private readonly bool wasAlone;
    private readonly double before;
    private bool isOver;

    public ChildrenClock()
    {
        lock (Gate)
        {
            wasAlone = ++running == 1;
            mine = ++starts;
        }

        before = Read();
    }

    /// <summary>Why nothing is known where <see cref="Seconds"/> is null.</summary>
    public const string Crowded = "another program ran at the same time, and the system counts the processor time of both together";

    /// <summary>Of a child that has been waited for; null where it was not the only one.</summary>
    public double? Seconds(Process child)
    {
        if (OperatingSystem.IsWindows())
        {
            return child.TotalProcessorTime.TotalSeconds;
        }

        var after = Read();
        lock (Gate)
        {
            return wasAlone && mine == starts ? after - before : null;
        }
    }

    public void Dispose()
    {
        lock (Gate)
        {
            running -= isOver ? 0 : 1;
            isOver = true;
        }
    }

    private static double Read()
        => !OperatingSystem.IsWindows() && ResourceUse(OfChildren, out var usage) == 0 ? usage.User.Seconds + usage.System.Seconds : 0;

    [LibraryImport("libc", EntryPoint = "getrusage")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ResourceUse(int who, out Usage usage);

    /// <summary>Linux has 64 bits for the microseconds and macOS 32 with as many unused; they are always below a million.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Moment
    {
        private readonly long whole;
        private readonly int micro;
        private readonly int unused;

        public double Seconds => whole + (micro * 1e-6);
    }

    /// <summary>Fourteen more numbers follow, which nobody reads.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 144)]
    private readonly struct Usage
    {
        public readonly Moment User;
        public readonly Moment System;
    }
}
