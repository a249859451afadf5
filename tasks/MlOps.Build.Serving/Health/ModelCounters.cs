using System.Diagnostics;

namespace MlOps.Build.Serving;

/// <summary>What one model did since it took over.</summary>
internal sealed class ModelCounters
{
    private long _requests;
    private long _rows;
    private long _errors;

    public long Requests => Volatile.Read(ref _requests);

    public long Rows => Volatile.Read(ref _rows);

    public long Errors => Volatile.Read(ref _errors);

    public LatencyHistogram Latency { get; } = new();

    public void Answered(int rows, long startedAt)
    {
        Interlocked.Increment(ref _requests);
        Interlocked.Add(ref _rows, rows);
        Latency.Add(Stopwatch.GetElapsedTime(startedAt));
    }

    public void Failed(long startedAt)
    {
        Interlocked.Increment(ref _requests);
        Interlocked.Increment(ref _errors);
        Latency.Add(Stopwatch.GetElapsedTime(startedAt));
    }
}
