namespace MlOps.Build.Engine.Tests.Hosts.GitHub;

/// <summary>A clock on which nobody waits: a delay is over at once, and the clock shows that it was. Time limits never strike.</summary>
internal sealed class SkippingTime(DateTimeOffset start) : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<TimeSpan> waits = [];
    private DateTimeOffset now = start;

    public IReadOnlyList<TimeSpan> Waits => waits;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => now;

    public override long GetTimestamp() => now.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (state is not CancellationTokenSource)
        {
            lock (gate)
            {
                now += dueTime;
                waits.Add(dueTime);
            }

            _ = Task.Run(() => callback(state));
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
