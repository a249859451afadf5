using System.Diagnostics;
using System.Runtime.InteropServices;

namespace MlOps.Build.Engine.Processes;

/// <summary>Signals, where there are any; .NET can receive them but not send them.</summary>
internal static partial class UnixSignals
{
    private const int SigKill = 9;
    private const int SigTerm = 15;
    private const int SigStop = 19;

    /// <summary>Asks a process to stop; false on Windows, which has no such request: closing stdin has to do there.</summary>
    public static bool Terminate(Process process)
        => !OperatingSystem.IsWindows() && (process.HasExited || Send(process.Id, SigTerm) == 0);

    /// <summary>Ends a process by its id.</summary>
    public static void Kill(int id) => _ = Send(id, SigKill);

    /// <summary>Stops a process of Linux where it is; it cannot refuse.</summary>
    public static void Stop(int id) => _ = Send(id, SigStop);

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Send(int id, int signal);
}
