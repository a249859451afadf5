using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace MlOps.Build.Engine.Processes;

/// <summary>A process as <c>/proc</c> shows it. A stopped one starts no others.</summary>
internal sealed record LinuxProcess(int Id, int Parent, long StartTicks, long ResidentBytes, long CpuTicks, bool IsStopped, bool IsKernel);

/// <summary>
/// Reads which processes belong to a tree: those that carry its mark in their environment, those that were seen as
/// members before, and the children of either. See proc_pid_stat(5).
/// </summary>
internal sealed partial class LinuxProcessTable
{
    /// <summary>Linux tells times of processes in hundredths of a second, whatever its own clock does.</summary>
    private const long TicksPerSecond = 100;

    /// <summary>A program that has no environment after two seconds was started without one.</summary>
    private const long YoungTicks = 2 * TicksPerSecond;

    private const int BootTime = 7;
    private const long KernelThread = 0x00200000;

    private readonly byte[] _mark;
    private readonly HashSet<(int Id, long StartTicks)> _known = [];
    private readonly Dictionary<(int Id, long StartTicks), long> _ticks = [];
    private readonly long _rootStart;

    public LinuxProcessTable(int root, string mark)
    {
        _mark = Encoding.UTF8.GetBytes(mark);
        if (TryRead(root) is { } process)
        {
            _known.Add((process.Id, process.StartTicks));
            _rootStart = process.StartTicks;
        }
    }

    /// <summary>
    /// Whether the last look saw a program that is just being started: while the kernel exchanges it (execve(2)) it has no
    /// environment, and if its parent has ended meanwhile, nothing says yet whose it is.
    /// </summary>
    public bool IsUnsettled { get; private set; }

    /// <summary>Processor time of every member that was ever seen, as it was when it was seen last.</summary>
    public double CpuSecondsSeen => _ticks.Values.Sum() / (double)TicksPerSecond;

    /// <summary>The most memory that a process has had at once, by the kernel's own count; null where it has ended.</summary>
    public static long? HighWater(int id)
    {
        try
        {
            var line = File.ReadLines($"/proc/{id}/status").FirstOrDefault(text => text.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? null : long.Parse(line.AsSpan("VmHWM:".Length).Trim().TrimEnd("kB").Trim(), CultureInfo.InvariantCulture) * 1024;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The living members; zombies, which only wait to be collected, are not among them.</summary>
    public List<LinuxProcess> Members()
    {
        // What started before the root cannot be its descendant; this spares reading most environments.
        var candidates = Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                ? TryRead(id)
                : null)
            .OfType<LinuxProcess>()
            .Where(process => process.StartTicks >= _rootStart && process.Id != Environment.ProcessId)
            .ToList();

        IsUnsettled = false;
        var members = candidates
            .Where(process => _known.Contains((process.Id, process.StartTicks)) || IsMarked(process))
            .ToDictionary(process => process.Id);
        var before = -1;
        while (before != members.Count)
        {
            before = members.Count;
            foreach (var process in candidates.Where(process => members.ContainsKey(process.Parent)))
            {
                members.TryAdd(process.Id, process);
            }
        }

        _known.UnionWith(members.Values.Select(process => (process.Id, process.StartTicks)));
        foreach (var process in members.Values)
        {
            _ticks[(process.Id, process.StartTicks)] = process.CpuTicks;
        }

        return [.. members.Values];
    }

    private bool IsMarked(LinuxProcess process)
    {
        try
        {
            var environment = File.ReadAllBytes($"/proc/{process.Id}/environ");
            IsUnsettled |= environment.Length == 0 && !process.IsKernel && MonotonicTicks() - process.StartTicks < YoungTicks;

            // Each variable ends with a zero; with one before the first, a mark that begins with it is found there, too.
            return ((byte[])[0, .. environment]).AsSpan().IndexOf(_mark) >= 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Now, as the start of a process is told.</summary>
    private static long MonotonicTicks()
        => GetTime(BootTime, out var now) == 0 ? (now.Seconds * TicksPerSecond) + (now.Nanoseconds / (1_000_000_000 / TicksPerSecond)) : long.MaxValue;

    private static LinuxProcess? TryRead(int id)
    {
        string stat;
        try
        {
            stat = File.ReadAllText($"/proc/{id}/stat");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        // The name in parentheses may itself contain spaces and parentheses.
        var fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length < 22 || fields[0] is "Z" or "X"
            ? null
            : new LinuxProcess(
                id,
                int.Parse(fields[1], CultureInfo.InvariantCulture),
                long.Parse(fields[19], CultureInfo.InvariantCulture),
                long.Parse(fields[21], CultureInfo.InvariantCulture) * Environment.SystemPageSize,
                long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture),
                fields[0] is "T" or "t",
                (long.Parse(fields[6], CultureInfo.InvariantCulture) & KernelThread) != 0);
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeOfKernel
    {
        public nint Seconds;
        public nint Nanoseconds;
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetTime(int clock, out TimeOfKernel time);
}
