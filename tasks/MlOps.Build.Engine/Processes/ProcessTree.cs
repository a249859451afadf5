using System.ComponentModel;
using System.Diagnostics;

namespace MlOps.Build.Engine.Processes;

/// <summary>A process with all its descendants.</summary>
internal sealed class ProcessTree(Process root, string mark)
{
    /// <summary>One that sleeps in the kernel does not stop; it is not waited for without end.</summary>
    private const int StopRounds = 200;

    private readonly LinuxProcessTable? _table
        = OperatingSystem.IsLinux() ? new LinuxProcessTable(root.Id, mark) : null;

    /// <summary>Resident memory of the tree. Off Linux only the root is counted.</summary>
    public long MemoryBytes()
    {
        if (_table is not null)
        {
            return _table.Members().Sum(member => member.ResidentBytes);
        }

        if (root.HasExited)
        {
            return 0;
        }

        root.Refresh();
        return root.WorkingSet64;
    }

    /// <summary>The most memory that the root has had at once, if the system keeps it; a look in between misses no peak before it.</summary>
    public long RootPeakBytes()
    {
        if (_table is not null)
        {
            return LinuxProcessTable.HighWater(root.Id) ?? 0;
        }

        try
        {
            root.Refresh();
            return root.HasExited ? 0 : Math.Max(root.PeakWorkingSet64, root.WorkingSet64);
        }
        catch (InvalidOperationException)
        {
            // It has ended meanwhile.
            return 0;
        }
    }

    /// <summary>
    /// Processor time of the tree once the root was waited for: what the system counted, or what was seen of processes
    /// that nobody waited for, whichever is more. Null where the system counted others, too.
    /// </summary>
    public double? CpuSeconds(ChildrenClock clock)
        => clock.Seconds(root) is { } seconds ? Math.Max(seconds, _table?.CpuSecondsSeen ?? 0) : null;

    /// <summary>Ends what is left of the tree and says how many processes that was.</summary>
    public async Task<int> KillAsync(TimeProvider time)
    {
        if (_table is null)
        {
            KillThroughRuntime();
            return 0;
        }

        return await KillAsync(_table, time);
    }

    /// <summary>
    /// Ends the members of a tree whose root may be gone. They are stopped first: a child that is started while its parent
    /// is being ended would be nobody's child at the next look.
    /// </summary>
    public static async Task<int> KillAsync(LinuxProcessTable table, TimeProvider time)
    {
        var ended = new HashSet<int>();
        var known = new HashSet<int>();
        for (var round = 0; round < 2 * StopRounds; round++)
        {
            var members = table.Members();
            if (members.Count == 0 && !table.IsUnsettled)
            {
                break;
            }

            // A look takes time: only the one after all stand still sees every child they have started before.
            var moving = members.Where(member => !member.IsStopped | known.Add(member.Id)).ToArray();
            if (moving.Length > 0 && round < StopRounds)
            {
                foreach (var member in moving)
                {
                    UnixSignals.Stop(member.Id);
                }

                await Task.Delay(TimeSpan.FromMilliseconds(2), time);
                continue;
            }

            foreach (var member in members)
            {
                ended.Add(member.Id);
                UnixSignals.Kill(member.Id);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), time);
        }

        return ended.Count;
    }

    private void KillThroughRuntime()
    {
        try
        {
            root.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended already, or is ending.
        }
    }
}
