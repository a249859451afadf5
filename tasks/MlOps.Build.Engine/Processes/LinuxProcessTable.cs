using System.Globalization;
using System.Text;

namespace MlOps.Build.Engine.Processes;

/// <summary>A process as <c>/proc</c> shows it.</summary>
internal sealed record LinuxProcess(int Id, int Parent, long StartTicks, long ResidentBytes, long CpuTicks);

/// <summary>
/// Reads which processes belong to a tree: those that carry its mark in their environment, those that were seen as
/// members before, and the children of either. See proc_pid_stat(5).
/// </summary>
internal sealed class LinuxProcessTable
{
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

    /// <summary>Processor time of every member that was ever seen, as it was when it was seen last. Linux tells it in hundredths of a second.</summary>
    public double CpuSecondsSeen => _ticks.Values.Sum() / 100.0;

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

        var members = candidates
            .Where(process => _known.Contains((process.Id, process.StartTicks)) || IsMarked(process.Id))
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

    private bool IsMarked(int id)
    {
        try
        {
            return File.ReadAllBytes($"/proc/{id}/environ").AsSpan().IndexOf(_mark) >= 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

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
                long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture));
    }
}
