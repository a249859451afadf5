namespace MlOps.Build.Serving.Tests;

public sealed class LatencyHistogramTests
{
    [Fact]
    public void Nothing_measured_is_nothing_said() => Assert.Null(new LatencyHistogram().Summary());

    [Fact]
    public void Every_latency_lies_below_the_bound_of_its_bucket_by_at_most_a_sixteenth()
    {
        for (var latency = 0L; latency < 60_000_000; latency += 1 + (latency / 97))
        {
            var bound = LatencyHistogram.UpperBound(LatencyHistogram.Bucket(latency));

            Assert.True(latency < bound, $"{latency} >= {bound}");
            Assert.True(bound <= latency + 1 + (latency / 16), $"{bound} is far above {latency}");
        }
    }

    [Fact]
    public void Buckets_follow_each_other_without_a_gap()
    {
        for (var bucket = 0; bucket < 300; bucket++)
        {
            Assert.Equal(bucket + 1, LatencyHistogram.Bucket(LatencyHistogram.UpperBound(bucket)));
        }
    }

    [Fact]
    public void Quantiles_are_those_of_the_latencies()
    {
        var histogram = new LatencyHistogram();
        for (var i = 1; i <= 1000; i++)
        {
            histogram.Add(TimeSpan.FromMilliseconds(i));
        }

        var summary = histogram.Summary()!;

        Assert.InRange(summary.P50, 500, 532);
        Assert.InRange(summary.P95, 950, 1010);
        Assert.InRange(summary.P99, 990, 1053);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3600)]
    public void Absurd_latencies_are_counted_at_the_ends(int seconds)
    {
        var histogram = new LatencyHistogram();

        histogram.Add(TimeSpan.FromSeconds(seconds));

        Assert.NotNull(histogram.Summary());
    }
}
