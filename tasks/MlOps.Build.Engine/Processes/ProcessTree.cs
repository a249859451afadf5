using System.ComponentModel;
using System.Diagnostics;

namespace MlOps.Build.Engine.Processes;

/// <summary>A process with all its descendants.</summary>
internal sealed class ProcessTree(Process root, string mark)
{
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

    /// <summary>Ends the members of a tree whose root may be gone.</summary>
    public static async Task<int> KillAsync(LinuxProcessTable table, TimeProvider time)
    {
        // A process may fork while it is being ended, so look again until nothing is left.
        var seen = new HashSet<int>();
        for (var round = 0; round < 200; round++)
        {
            var members = table.Members();
            if (members.Count == 0)
            {
                break;
            }

            foreach (var member in members)
            {
                seen.Add(member.Id);
                UnixSignals.Kill(member.Id);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), time);
        }

        return seen.Count;
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
