using MlOps.Build.Engine.Processes;

namespace MlOps.Build.Engine.Tests.Processes;

public sealed class KernelFenceTests : IDisposable
{
    private readonly ProcessFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task A_fenced_program_reads_the_environment_of_no_process_above_it()
    {
        var result = await _fixture.RunAsync(_fixture.Request("processes") with { IsFenced = true });

        Assert.True(result.Succeeded, result.Output);
        Assert.All(Environments(result), line => Assert.Equal(KernelFence.IsAvailable, line.EndsWith(": refused", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Without_the_fence_it_reads_that_of_this_process()
    {
        var result = await _fixture.RunAsync(_fixture.Request("processes"));

        Assert.Contains("PATH=", Environments(result).First(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fenced_program_works_as_ever_and_what_it_leaves_behind_is_ended()
    {
        var result = await _fixture.RunAsync(_fixture.Request("fork-clean", _fixture.IdFile) with { IsFenced = true });

        Assert.Equal((0, ProcessEnd.Exited, 1), (result.ExitCode, result.End, result.Orphans));
        _fixture.AssertChildIsGone();
    }

    [Fact]
    public async Task No_thread_of_this_process_stays_behind_the_fence()
    {
        await _fixture.RunAsync(_fixture.Request("exit", "0") with { IsFenced = true });

        Assert.All(
            Directory.GetDirectories("/proc/self/task").Select(task => Path.Combine(task, "status")).Where(File.Exists),
            file => Assert.Contains("NoNewPrivs:\t0", File.ReadAllText(file), StringComparison.Ordinal));
    }

    private static string[] Environments(ProcessResult result)
        => [.. result.Output.Split('\n').Where(line => line.Contains(" environ: ", StringComparison.Ordinal))];
}
