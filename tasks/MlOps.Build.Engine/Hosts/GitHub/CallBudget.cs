namespace MlOps.Build.Engine.Hosts.GitHub;

/// <summary>How long this process may spend talking to the host: a report must not hold up a job.</summary>
internal sealed class CallBudget(TimeProvider time, TimeSpan whole)
{
    private TimeSpan spent;
    private DateTimeOffset? lastChange;

    public TimeProvider Time => time;

    public TimeSpan Left => whole - spent;

    /// <summary>Waits and counts it, or answers false when there is not that much left.</summary>
    public async Task<bool> WaitAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        if (delay >= Left)
        {
            return false;
        }

        if (delay > TimeSpan.Zero)
        {
            await Task.Delay(delay, time, cancellationToken);
            spent += delay;
        }

        return true;
    }

    /// <summary>Runs a call within what is left.</summary>
    public async Task<T> SpendAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        using var limit = new CancellationTokenSource(Left > TimeSpan.Zero ? Left : TimeSpan.Zero, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await call(both.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new CallGivenUpException("GitHub did not answer within the two minutes that a report may take");
        }
        finally
        {
            spent += time.GetElapsedTime(start);
        }
    }

    /// <summary>GitHub asks for a second between calls that write.</summary>
    public TimeSpan UntilNextChange()
        => lastChange is { } last && last + TimeSpan.FromSeconds(1) - time.GetUtcNow() is { Ticks: > 0 } wait ? wait : TimeSpan.Zero;

    public void Changed() => lastChange = time.GetUtcNow();
}

/// <summary>A call was not made, or not made again; the message is the middle of a sentence.</summary>
internal sealed class CallGivenUpException(string message) : Exception(message)
{
    /// <summary>Whether the server may have done what it was asked for.</summary>
    public bool IsUncertain { get; init; }
}
