using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace MlOps.Build.Engine.Processes;

/// <summary>
/// Starts a program that may look into no process but its own descendants, and may command none: a Landlock domain, which
/// Linux (5.19) gives without rights. A thread enters it, starts the program, which inherits it, and ends.
/// See landlock(7): a process in a domain cannot trace what is outside, and <c>/proc/[pid]/environ</c> and <c>mem</c> ask for that.
/// </summary>
public static partial class KernelFence
{
    private const int NoNewPrivileges = 38;
    private const int DropFromBounds = 24;
    private const int CreateRuleset = 444;
    private const int AddRule = 445;
    private const int RestrictSelf = 446;
    private const int PathBeneath = 1;
    private const int PathOnly = 0x200000 | 0x80000;
    private const ulong MoveBetweenFolders = 1 << 13;
    private const ulong Signals = 1 << 1;

    /// <summary>CAP_SYS_PTRACE, CAP_SYS_ADMIN, CAP_PERFMON: root keeps the rest. For everybody else there is nothing to drop.</summary>
    private static readonly nuint[] Tracing = [19, 21, 38];

    private static readonly Lazy<bool> Available = new(() => OperatingSystem.IsLinux() && OnOwnThread(Enter));

    /// <summary>Whether this system has it.</summary>
    public static bool IsAvailable => Available.Value;

    /// <summary>Starts it; where there is no fence, as ever.</summary>
    internal static void Start(Process process)
    {
        if (!OperatingSystem.IsLinux())
        {
            Launch(process);
            return;
        }

        // The runtime's thread for signals is there before: made in the domain, it would stay there.
        using var signals = PosixSignalRegistration.Create(PosixSignal.SIGCONT, _ => { });
        OnOwnThread(() =>
        {
            Enter();
            Launch(process);
            return true;
        });
    }

#pragma warning disable RS0030 // For the class that starts processes.
    private static void Launch(Process process) => process.Start();
#pragma warning restore RS0030

    /// <summary>Joined and not awaited: a thread of the pool that the domain's thread had to start would be in it, too.</summary>
    private static bool OnOwnThread(Func<bool> work)
    {
        var result = false;
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                result = work();
            }
#pragma warning disable CA1031 // An exception that leaves a thread ends the process; it is thrown again below.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                failure = exception;
            }
        });
        thread.Start();
        thread.Join();
        if (failure is not null)
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        return result;
    }

    private static bool Enter()
    {
        var domain = Scoped() is >= 0 and var scoped ? scoped : Unscoped();
        if (domain < 0)
        {
            return false;
        }

        try
        {
            foreach (var right in Tracing)
            {
                _ = Control(DropFromBounds, right, 0, 0, 0);
            }

            return Control(NoNewPrivileges, 1, 0, 0, 0) == 0 && Call(RestrictSelf, domain, 0, 0, 0) == 0;
        }
        finally
        {
            _ = Close(domain);
        }
    }

    /// <summary>Linux 6.12: a domain that forbids nothing but signals to the outside.</summary>
    private static unsafe int Scoped()
    {
        var rules = stackalloc ulong[3] { 0, 0, Signals };
        return (int)Call(CreateRuleset, (nint)rules, 3 * sizeof(ulong), 0, 0);
    }

    /// <summary>Before that a domain has to handle files: it permits everywhere the one thing it asks about.</summary>
    private static unsafe int Unscoped()
    {
        var rules = MoveBetweenFolders;
        var domain = (int)Call(CreateRuleset, (nint)(&rules), sizeof(ulong), 0, 0);
        if (domain < 0)
        {
            return domain;
        }

        var root = Open("/", PathOnly);
        var rule = new Rule { Permitted = MoveBetweenFolders, Folder = root };
        var added = Call(AddRule, domain, PathBeneath, (nint)(&rule), 0);
        _ = Close(root);
        if (added == 0)
        {
            return domain;
        }

        _ = Close(domain);
        return -1;
    }

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private struct Rule
    {
        public ulong Permitted;
        public int Folder;
    }

    [LibraryImport("libc", EntryPoint = "syscall")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Call(nint number, nint first, nint second, nint third, nint fourth);

    [LibraryImport("libc", EntryPoint = "prctl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Control(int option, nuint second, nuint third, nuint fourth, nuint fifth);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int file);
}
