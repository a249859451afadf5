using MlOps.Build.CrashHost;

namespace MlOps.Build.Tool.Tests;

/// <summary>Ctrl+C in the middle of a verb: exit code 130, and the same command line goes on.</summary>
public sealed class CancelledVerbTests : IDisposable
{
    private const string Second = "01JDB5QZ8Y4X0V5T7N3K2M1P9B";

    private readonly ReleaseProject project = new();

    private ToolFixture Tool => project.Tool;

    public void Dispose() => project.Dispose();

    [Theory]
    [InlineData("register", "--run", Second)]
    [InlineData("approve", "--to", "production", "--key", "keys/ana.pem")]
    [InlineData("deploy", "--to", "production")]
    [InlineData("rollback", "--to", "production", "--yes")]
    public async Task It_exits_with_130_and_a_rerun_does_what_was_asked_for(params string[] words)
    {
        await GivenAsync(words[0]);
        var cancelled = 0;
        int exit;
        do
        {
            exit = await CancelledAfterAsync(++cancelled, words);
            Assert.True(exit is 0 or 130, Tool.Error);
            Assert.True(exit == 0 || Tool.Output.Length == 0, Tool.Output);
        }
        while (exit == 130);

        Assert.True(cancelled > 1, "The command never noticed.");
        Assert.Equal(0, await Tool.RunAsync("audit", "verify"));
        Assert.Equal(Expected(words[0]), string.Join(' ', (await project.World.StateAsync()).Events.Skip(5).Select(item => item.Type)));
    }

    [Fact]
    public async Task A_report_exits_with_130_and_leaves_the_former_one()
    {
        using var pipeline = new Verbs.Run.PipelineProject();
        await pipeline.PipelineAsync("--mode", "full", "--bootstrap");
        var run = pipeline.Runs().Single(run => run.Kind == Contracts.RunKind.Pipeline);
        pipeline.Write(pipeline.RunFile(run, "report.md"), "the former one");
        using var source = new CancellationTokenSource();
        await source.CancelAsync();

        var exit = await pipeline.CancellableAsync(source.Token, "report");

        Assert.Equal((130, string.Empty), (exit, pipeline.Output));
        Assert.StartsWith("cancelled:", pipeline.Error, StringComparison.Ordinal);
        Assert.Equal("the former one", pipeline.Read(pipeline.RunFile(run, "report.md")));
        Assert.Equal(0, await pipeline.RunAsync("report"));
        Assert.NotEqual("the former one", pipeline.Read(pipeline.RunFile(run, "report.md")));
    }

    private static string Expected(string verb) => verb switch
    {
        "register" => "Registered Judged",
        "approve" => "Registered Judged Approved",
        "deploy" => "Registered Judged Approved Deployed Promoted",
        _ => "Registered Judged Approved Deployed Promoted RolledBack",
    };

    private async Task GivenAsync(string verb)
    {
        string[] all = ["first", "second registered", "second approved", "second deployed"];
        await project.World.GivenAsync(all[..(Array.IndexOf(["register", "approve", "deploy", "rollback"], verb) + 1)]);
        if (verb == "register")
        {
            new RunWriter(project.World) { Name = Second, Baseline = project.World.DigestOf("first") }.Write();
        }
    }

    private async Task<int> CancelledAfterAsync(int looks, string[] words)
    {
        using var source = new CancellationTokenSource();
        Tool.Time = new CancellingClock(looks, source);
        var exit = await Tool.CancellableAsync(source.Token, words);
        Tool.Time = TimeProvider.System;
        return exit;
    }

    /// <summary>Every step of a release looks at the clock, so the clock is where somebody presses Ctrl+C.</summary>
    private sealed class CancellingClock(int looks, CancellationTokenSource source) : TimeProvider
    {
        private int looked;

        public override DateTimeOffset GetUtcNow()
        {
            if (++looked == looks)
            {
                source.Cancel();
            }

            return base.GetUtcNow();
        }
    }
}
