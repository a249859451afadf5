using System.Diagnostics;
using MlOps.Build.Engine.Registry;

namespace MlOps.Build.CrashHost;

internal sealed class KillAt(int step) : IStepProbe
{
    private int reached;

    public Task ReachedAsync(string place)
    {
        if (++reached == step)
        {
            using var self = Process.GetCurrentProcess();
            self.Kill();
        }

        return Task.CompletedTask;
    }
}
