namespace MlOps.Build.Serving;

/// <summary>
/// A model that answers. Requests lease it; after it has been retired, the last lease to be returned disposes it, so
/// that no request ever sees its model disappear.
/// </summary>
internal abstract class ServedModel<TInput, TOutput>(string digest) : IDisposable
{
    private int _leases = 1;

    public string Digest { get; } = digest;

    public ModelCounters Counters { get; } = new();

    /// <summary>Whether its last lease has been returned.</summary>
    public bool IsDisposed => Volatile.Read(ref _leases) == 0;

    public abstract TOutput Score(TInput input);

    public abstract TOutput[] Score(IReadOnlyList<TInput> inputs);

    /// <summary>False when it was retired and drained in the meantime: ask for the current model again.</summary>
    public bool TryLease()
    {
        var leases = Volatile.Read(ref _leases);
        while (leases > 0)
        {
            var seen = Interlocked.CompareExchange(ref _leases, leases + 1, leases);
            if (seen == leases)
            {
                return true;
            }

            leases = seen;
        }

        return false;
    }

    /// <summary>Returns a lease, or, once, the owner's own.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _leases) == 0)
        {
            Dispose();
        }
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);
}
