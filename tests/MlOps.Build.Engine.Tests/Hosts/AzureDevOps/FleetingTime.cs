namespace MlOps.Build.Engine.Tests.Hosts.AzureDevOps;

/// <summary>A clock on which every wait is over at once and has still taken its time.</summary>
public sealed class FleetingTime(DateTimeOffset start) : TimeProvider
{
    private long ticks;

    public List<TimeSpan> Waits { get; } = [];

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => start.AddTicks(ticks);

    public override long GetTimestamp() => ticks;

    /// <summary>A limit of more than a minute is no wait but a fuse: it is not lit.</summary>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime <= TimeSpan.FromMinutes(1) && dueTime >= TimeSpan.Zero)
        {
            Waits.Add(dueTime);
            ticks += dueTime.Ticks;
            ThreadPool.QueueUserWorkItem(_ => callback(state));
        }

        return new Nothing();
    }

    private sealed class Nothing : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
