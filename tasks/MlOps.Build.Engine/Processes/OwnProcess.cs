using System.Globalization;
using System.Runtime.InteropServices;

namespace MlOps.Build.Engine.Processes;

/// <summary>What other processes of the same user may do with this one; it holds the tokens of the job.</summary>
public static partial class OwnProcess
{
    private const int SetDumpable = 4;

    /// <summary>
    /// On Linux <c>/proc/[pid]</c> belongs to root from now on (prctl(2), PR_SET_DUMPABLE), no debugger attaches, and the
    /// sockets over which a runtime tells anybody of the same user its environment are gone. Elsewhere nothing happens.
    /// </summary>
    public static void Hide()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        _ = Control(SetDumpable, 0, 0, 0, 0);
        try
        {
            var id = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
            foreach (var kind in (string[])["dotnet-diagnostic", "clr-debug-pipe"])
            {
                foreach (var file in Directory.EnumerateFileSystemEntries(Path.GetTempPath(), $"{kind}-{id}-*"))
                {
                    File.Delete(file);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // No folder for them, then there are none.
        }
    }

    [LibraryImport("libc", EntryPoint = "prctl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Control(int option, nuint second, nuint third, nuint fourth, nuint fifth);
}
