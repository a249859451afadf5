using System.Diagnostics;

namespace MlOps.Build.Training;

/// <summary>What this process uses from a moment on.</summary>
internal sealed class ResourceUsage
{
    private readonly TimeProvider _time;
    private readonly long _started;

    private ResourceUsage(TimeProvider time) => (_time, _started) = (time, time.GetTimestamp());

    public double WallSeconds => _time.GetElapsedTime(_started).TotalSeconds;

    /// <summary>CPU of the whole process, its start included: that is paid for each training too.</summary>
    public static double CpuSeconds
    {
        get
        {
            using var process = Process.GetCurrentProcess();
            return process.TotalProcessorTime.TotalSeconds;
        }
    }

    public static long PeakMemoryBytes
    {
        get
        {
            using var process = Process.GetCurrentProcess();
            return process.PeakWorkingSet64;
        }
    }

    public static ResourceUsage Start(TimeProvider time) => new(time);
}
