using System.Numerics;
using MlOps.Build.Contracts;

namespace MlOps.Build.Serving;

/// <summary>
/// Counts latencies in buckets of 1/16 octave, from a microsecond to 67 seconds: a fixed 3 KB, one interlocked add a
/// request, and quantiles that are at most 6.25 % too high.
/// </summary>
internal sealed class LatencyHistogram
{
    private const int SubBits = 4;
    private const int SubBuckets = 1 << SubBits;
    private const int Octaves = 23;

    private readonly long[] _counts = new long[SubBuckets * Octaves];

    public void Add(TimeSpan latency)
        => Interlocked.Increment(ref _counts[Bucket((long)latency.TotalMicroseconds)]);

    /// <summary>Null before the first latency.</summary>
    public LatencySummary? Summary()
    {
        var counts = new long[_counts.Length];
        var total = 0L;
        for (var i = 0; i < counts.Length; i++)
        {
            counts[i] = Volatile.Read(ref _counts[i]);
            total += counts[i];
        }

        return total == 0
            ? null
            : new LatencySummary(Quantile(counts, total, 0.50), Quantile(counts, total, 0.95), Quantile(counts, total, 0.99));
    }

    /// <summary>The bucket of a latency: exact below 16 µs, then the top five bits of the number.</summary>
    internal static int Bucket(long microseconds)
    {
        if (microseconds < SubBuckets)
        {
            return (int)Math.Max(0, microseconds);
        }

        var shift = BitOperations.Log2((ulong)microseconds) - SubBits;
        var bucket = ((shift + 1) << SubBits) + (int)((microseconds >> shift) - SubBuckets);
        return Math.Min(bucket, (SubBuckets * Octaves) - 1);
    }

    /// <summary>The first microsecond that belongs to the next bucket.</summary>
    internal static long UpperBound(int bucket)
    {
        var octave = bucket >> SubBits;
        var sub = (bucket & (SubBuckets - 1)) + 1L;
        return octave == 0 ? sub : (SubBuckets + sub) << (octave - 1);
    }

    private static double Quantile(long[] counts, long total, double share)
    {
        var wanted = (long)Math.Ceiling(total * share);
        var seen = 0L;
        for (var i = 0; i < counts.Length; i++)
        {
            seen += counts[i];
            if (seen >= wanted)
            {
                return UpperBound(i) / 1000.0;
            }
        }

        return UpperBound(counts.Length - 1) / 1000.0;
    }
}
