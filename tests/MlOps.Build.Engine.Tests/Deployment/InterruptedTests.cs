using MlOps.Build.Contracts;
using MlOps.Build.CrashHost;
using MlOps.Build.Engine.Deployment;
using MlOps.Build.Engine.Tests.Registry;
using static MlOps.Build.Engine.Tests.Registry.ReleaseFixture;

namespace MlOps.Build.Engine.Tests.Deployment;

/// <summary>What others see and do while a rollout is half done, or after somebody was quicker.</summary>
public sealed class InterruptedTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly ReleaseFixture fixture = new();

    private ReleaseWorld World => fixture.World;

    private DeploymentFolder Folder => World.Deployment.Folder(World.Production);

    public void Dispose() => fixture.Dispose();

    [Fact]
    public async Task A_write_for_a_generation_that_is_there_already_is_refused()
    {
        await World.GivenAsync("first");
        var record = (await Folder.ReadAsync(None))!;
        await using var lease = await Folder.AcquireAsync("production", "late writer", None);

        var problem = await RefusalOf(() => Folder.ReplaceAsync(record with { Step = "again" }, lease, None));

        Assert.Equal(("MLO2709", ExitCode.Unavailable), (problem.Code, problem.Exit));
        Assert.Equal("replace", (await Folder.ReadAsync(None))!.Step);
    }

    [Fact]
    public async Task A_writer_whose_lease_has_passed_on_writes_nothing()
    {
        await World.GivenAsync("first");
        var record = (await Folder.ReadAsync(None))!;
        await using var slow = await Folder.AcquireAsync("production", "slow", None);
        fixture.Time.Advance(TimeSpan.FromMinutes(11));
        await using var quick = await Folder.AcquireAsync("production", "quick", None);

        var problem = await RefusalOf(() => Folder.ReplaceAsync(record with { Generation = 2 }, slow, None));

        Assert.Equal("MLO2504", problem.Code);
        Assert.Equal(1, (await Folder.ReadAsync(None))!.Generation);
    }

    [Fact]
    public async Task An_environment_that_changed_without_its_event_is_told_by_status_and_audit()
    {
        await InterruptAsync("after Switch");

        var status = await new StatusHandler(World.Deployment).HandleAsync(None);
        var audit = await World.AuditAsync();

        Assert.Contains(status.Environments[1].Faults, fault => fault.Contains("was interrupted", StringComparison.Ordinal));
        Assert.Contains("was interrupted", audit.Document.Notes.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_next_command_records_what_the_interrupted_one_had_done_and_is_judged_by_it()
    {
        await InterruptAsync("after Switch");
        new RunWriter(World) { Name = "third", Baseline = World.DigestOf("first") }.Write();
        await World.RegisterAsync("third");
        await World.ApproveAsync(World.DigestOf("third"));

        await AssertRefused("MLO2704", World.DigestOf("second"), () => World.DeployAsync(World.DigestOf("third")));

        var state = await World.StateAsync();
        Assert.Equal(World.DigestOf("second"), state.Champion);
        Assert.Equal(World.DigestOf("second"), state.ServedAt("production", fixture.Time.GetUtcNow()));
        Assert.Equal(ExitCode.Ok, (await World.AuditAsync()).Exit);
    }

    [Fact]
    public async Task A_rollout_that_was_interrupted_before_it_changed_anything_is_forgotten()
    {
        await InterruptAsync("after Stage");
        new RunWriter(World) { Name = "third", Baseline = World.DigestOf("first") }.Write();
        await World.RegisterAsync("third");
        await World.ApproveAsync(World.DigestOf("third"));

        await World.DeployAsync(World.DigestOf("third"));

        Assert.Equal(World.DigestOf("third"), (await World.StateAsync()).Champion);
        Assert.DoesNotContain((await World.StateAsync()).Served, change => change.ModelDigest == World.DigestOf("second"));
    }

    private async Task InterruptAsync(string place)
    {
        await World.GivenAsync("first", "second registered", "second approved");
        var dying = new ReleaseWorld(World.Root, fixture.Time, new Probe(reached => reached == place
            ? throw new OperationCanceledException("killed")
            : Task.CompletedTask));
        await Assert.ThrowsAsync<OperationCanceledException>(() => dying.DeployAsync(World.DigestOf("second")));
    }
}
