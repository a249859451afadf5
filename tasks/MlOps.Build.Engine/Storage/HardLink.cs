using System.Runtime.InteropServices;

namespace MlOps.Build.Engine.Storage;

/// <summary>
/// Gives a finished temporary file its final name, only if nobody has that name. File.Move without overwrite looks
/// first and renames afterwards on Unix, so that two callers can both succeed; link(2) cannot.
/// </summary>
internal static partial class HardLink
{
    private const int FileExists = 17;

    /// <summary>Whether the name was free; the temporary file is gone afterwards in both cases.</summary>
    public static bool TryPublish(string temporary, string target)
    {
        try
        {
            return OperatingSystem.IsWindows() ? TryMove(temporary, target) : TryLink(temporary, target);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static bool TryLink(string temporary, string target)
    {
        if (Link(temporary, target) == 0)
        {
            return true;
        }

        // A file system without hard links (FAT, some mounts): the best that is left.
        return Marshal.GetLastPInvokeError() != FileExists && TryMove(temporary, target);
    }

    private static bool TryMove(string temporary, string target)
    {
        try
        {
            File.Move(temporary, target, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(target))
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int Link(string existing, string created);
}
