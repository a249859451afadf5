namespace MlOps.Build.Engine.Tests.Processes;

/// <summary>The processor time of all children is counted together, so no other test runs beside this one.</summary>
[Collection(nameof(ProcessFloodTests))]
public sealed class ProcessCostTests : IDisposable
{
    private readonly ProcessFixture _fixture = new() { WatchInterval = TimeSpan.FromMinutes(1) };

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task More_work_takes_more_processor_time_and_memory_is_seen_between_two_looks_at_the_tree()
    {
        var little = await _fixture.RunAsync(_fixture.Request("exit", "0"));
        var much = await _fixture.RunAsync(_fixture.Request("flood") with { LineLimit = 0 });

        Assert.InRange(little.CpuSeconds!.Value, 0.005, 60);
        Assert.True(much.CpuSeconds > little.CpuSeconds, $"{much.CpuSeconds} after {little.CpuSeconds}");
        Assert.InRange(much.PeakMemoryBytes, 5L << 20, 1L << 30);
    }

    [Fact]
    public async Task Two_at_once_cannot_be_told_apart()
    {
        var both = await Task.WhenAll(_fixture.RunAsync(_fixture.Request("exit", "0")), _fixture.RunAsync(_fixture.Request("exit", "0")));
        var after = await _fixture.RunAsync(_fixture.Request("exit", "0"));

        // Windows keeps the time of each process.
        Assert.All(both, result => Assert.Equal(OperatingSystem.IsWindows(), result.CpuSeconds is not null));
        Assert.NotNull(after.CpuSeconds);
    }
}
