using System.Text;

namespace MlOps.Build.Engine.Tests.Processes;

/// <summary>What the whole process allocates is counted, so no other test runs beside this one.</summary>
[CollectionDefinition(nameof(ProcessFloodTests), DisableParallelization = true)]
[Collection(nameof(ProcessFloodTests))]
public sealed class ProcessFloodTests : IDisposable
{
    private readonly ProcessFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task A_gigabyte_of_output_is_read_and_not_kept()
    {
        var lines = 0;
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var request = _fixture.Request("flood") with { OnLine = _ => lines++, LineLimit = 100 };

        var result = await _fixture.RunAsync(request);

        Assert.True(result.Succeeded);
        Assert.Equal(100, lines);
        Assert.Equal((1024 * 1024, true), (Encoding.UTF8.GetByteCount(result.Output), result.OutputTruncated));
        Assert.Equal(50, result.LastLines.Count);
        Assert.Equal("the end", result.LastLines[^1]);

        // As text the gigabyte would be two.
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 1L << 30);
    }
}
