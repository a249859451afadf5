using MlOps.Build.CrashHost;
using MlOps.Build.Engine.Registry;
using MlOps.Build.Engine.Tests.Registry;
using static MlOps.Build.Crash.Tests.EndState;

namespace MlOps.Build.Crash.Tests;

/// <summary>Ctrl+C between every two steps: nothing is half written, and the command run again reaches the same end.</summary>
public sealed class CancelledTests
{
    private static readonly string[] All = ["first", "second registered", "second approved", "second deployed"];

    [Theory]
    [InlineData("register", 1)]
    [InlineData("approve", 2)]
    [InlineData("deploy", 3)]
    [InlineData("deploy by review", 2)]
    [InlineData("rollback", 4)]
    public async Task Cancelled_between_any_two_steps_a_rerun_reaches_the_same_end(string verb, int done)
    {
        using var folder = new TemporaryFolder();
        var template = new ReleaseWorld(folder.Path, TimeProvider.System);
        template.Create();
        await template.GivenAsync(All[..done]);
        if (verb == "register")
        {
            new RunWriter(template) { Name = "second", Baseline = template.DigestOf("first") }.Write();
        }

        var (expected, _, steps) = await EndAsync(template, verb, cancelAt: int.MaxValue);
        var cancelled = 0;
        for (var step = 1; step <= steps; step++)
        {
            var (end, wasCancelled, _) = await EndAsync(template, verb, step);
            Assert.Equal((step, expected), (step, end));
            cancelled += wasCancelled ? 1 : 0;
        }

        Assert.InRange(steps, 2, 60);
        Assert.True(cancelled > 0, "No step noticed the cancellation.");
    }

    private static async Task<(string End, bool WasCancelled, int Steps)> EndAsync(ReleaseWorld template, string verb, int cancelAt)
    {
        using var folder = new TemporaryFolder();
        Copy(template.Root, folder.Path);
        using var source = new CancellationTokenSource();
        var probe = new CancelAt(cancelAt, source);
        var problem = await Record.ExceptionAsync(
            () => new ReleaseWorld(folder.Path, TimeProvider.System, probe) { Cancellation = source.Token }.DoAsync(verb));
        Assert.True(problem is null or OperationCanceledException, problem?.ToString());
        AssertNothingHalfWritten(folder.Path);

        var world = new ReleaseWorld(folder.Path, TimeProvider.System);
        if (problem is not null)
        {
            await world.DoAsync(verb);
        }

        return (await DescribeAsync(world), problem is not null, probe.Reached);
    }

    private sealed class CancelAt(int step, CancellationTokenSource source) : IStepProbe
    {
        public int Reached { get; private set; }

        public Task ReachedAsync(string place) => ++Reached == step ? source.CancelAsync() : Task.CompletedTask;
    }
}
