using MlOps.Build.Contracts;
using MlOps.Build.CrashHost;
using MlOps.Build.Engine.Tests.Registry;

namespace MlOps.Build.Engine.Tests.Deployment;

public sealed class ConcurrencyTests : IDisposable
{
    private readonly ReleaseFixture fixture = new(TimeProvider.System);

    private ReleaseWorld World => fixture.World;

    public void Dispose() => fixture.Dispose();

    [Fact]
    public async Task Of_two_models_at_once_one_is_deployed_and_the_other_hears_that_the_champion_moved()
    {
        await World.GivenAsync("first", "second registered");
        new RunWriter(World) { Name = "third", Baseline = World.DigestOf("first") }.Write();
        await World.RegisterAsync("third");
        await World.ApproveAsync(World.DigestOf("second"));
        await World.ApproveAsync(World.DigestOf("third"));

        var problems = await Task.WhenAll(
            Task.Run(async () => await Record.ExceptionAsync(() => World.DeployAsync(World.DigestOf("second"))), CancellationToken.None),
            Task.Run(async () => await Record.ExceptionAsync(() => World.DeployAsync(World.DigestOf("third"))), CancellationToken.None));

        var refused = Assert.IsType<ProblemException>(problems.Single(problem => problem is not null));
        Assert.Equal(("MLO2704", ExitCode.Refused), (refused.Problem.Code, refused.Problem.Exit));
        Assert.Equal(ExitCode.Ok, (await World.AuditAsync()).Exit);
    }

    [Fact]
    public async Task The_same_deployment_twice_at_once_happens_once()
    {
        await World.GivenAsync("first", "second registered", "second approved");

        var answers = await Task.WhenAll(
            Task.Run(() => World.DeployAsync(World.DigestOf("second")), CancellationToken.None),
            Task.Run(() => World.DeployAsync(World.DigestOf("second")), CancellationToken.None));

        Assert.Single(answers, answer => answer.AlreadyDeployed);
        Assert.All(answers, answer => Assert.Equal(2, answer.Generation));
    }

    [Fact]
    public async Task The_same_run_registered_twice_at_once_is_there_once()
    {
        await World.GivenAsync("first");
        new RunWriter(World) { Name = "second", Baseline = World.DigestOf("first") }.Write();

        await Task.WhenAll(
            Task.Run(() => World.RegisterAsync("second"), CancellationToken.None),
            Task.Run(() => World.RegisterAsync("second"), CancellationToken.None));

        Assert.Equal(2, (await World.StateAsync()).Packages.Count);
        Assert.Equal(2, (await World.StateAsync()).Verdicts.Count);
    }
}
