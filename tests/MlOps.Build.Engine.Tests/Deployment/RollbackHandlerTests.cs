using MlOps.Build.Contracts;
using MlOps.Build.CrashHost;
using MlOps.Build.Engine.Tests.Registry;
using static MlOps.Build.Engine.Tests.Registry.ReleaseFixture;

namespace MlOps.Build.Engine.Tests.Deployment;

public sealed class RollbackHandlerTests : IDisposable
{
    private readonly ReleaseFixture fixture = new();

    private ReleaseWorld World => fixture.World;

    private DeploymentRecord Served => Documents.Read<DeploymentRecord>(Path.Combine(World.Deployed, "deployment.json"));

    public void Dispose() => fixture.Dispose();

    [Fact]
    public async Task The_last_good_model_answers_again_and_is_champion()
    {
        await World.GivenAsync("first", "second registered", "second approved", "second deployed");

        var answer = await World.RollBackAsync();

        Assert.Equal((World.DigestOf("second"), World.DigestOf("first")), (answer.From, answer.To));
        Assert.Equal((World.DigestOf("first"), 3), (Served.Slots[0].Digest, Served.Generation));
        Assert.Equal(World.DigestOf("first"), (await World.StateAsync()).Champion);
    }

    [Fact]
    public async Task Without_yes_nothing_happens()
    {
        await World.GivenAsync("first", "second registered", "second approved", "second deployed");

        var problem = await RefusalOf(() => World.RollBackAsync(confirmed: false));

        Assert.Equal(("MLO2712", ExitCode.Usage, "Add `--yes`."), (problem.Code, problem.Exit, problem.Fix));
        Assert.Equal(World.DigestOf("second"), Served.Slots[0].Digest);
    }

    [Fact]
    public async Task Where_nothing_was_before_there_is_no_way_back()
    {
        await World.GivenAsync("first");

        var problem = await RefusalOf(() => World.RollBackAsync());

        Assert.Equal(("MLO2713", ExitCode.Unavailable), (problem.Code, problem.Exit));
    }

    [Fact]
    public async Task A_rollback_from_a_named_model_goes_back_once_however_often_it_is_said()
    {
        await World.GivenAsync("first", "second registered", "second approved", "second deployed");

        await World.RollBackAsync(from: World.DigestOf("second"));
        var again = await World.RollBackAsync(from: World.DigestOf("second"));

        Assert.True(again.AlreadyRolledBack);
        Assert.Equal(3, Served.Generation);
    }

    [Fact]
    public async Task A_rollback_from_a_model_that_does_not_answer_is_refused()
    {
        await World.GivenAsync("first", "second registered", "second approved", "second deployed");

        await AssertRefused("MLO2714", "not " + World.DigestOf("first"), () => World.RollBackAsync(from: World.DigestOf("first")));
    }

    [Fact]
    public async Task A_model_whose_bytes_were_damaged_can_be_left_behind()
    {
        await World.GivenAsync("first", "second registered", "second approved", "second deployed");
        await File.AppendAllTextAsync(
            Path.Combine(World.Deployed, Served.Slots[0].Path, "model", "model.zip"), "!", CancellationToken.None);

        await World.RollBackAsync();

        Assert.Equal(World.DigestOf("first"), Served.Slots[0].Digest);
    }

    [Fact]
    public async Task Files_that_were_cleaned_up_are_fetched_from_the_registry()
    {
        await World.GivenAsync("first", "second registered", "second approved", "second deployed");
        Directory.Delete(
            Path.Combine(World.Deployed, "models", Digest.Hex(World.DigestOf("first"))), recursive: true);

        await World.RollBackAsync();

        Assert.Equal(ExitCode.Ok, (await World.AuditAsync()).Exit);
    }
}
