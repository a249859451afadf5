using MlOps.Build.Contracts;
using MlOps.Build.CrashHost;
using MlOps.Build.Engine.Pipeline;
using MlOps.Build.Engine.Registry;
using static MlOps.Build.Engine.Tests.Registry.ReleaseFixture;

namespace MlOps.Build.Engine.Tests.Registry;

/// <summary>The champion's model, unchanged to the byte, with another program that scores it.</summary>
public sealed class ScorerVersionTests : IDisposable
{
    private readonly ReleaseFixture fixture = new();

    private ReleaseWorld World => fixture.World;

    private string Model => World.DigestOf("first");

    public void Dispose() => fixture.Dispose();

    [Fact]
    public async Task It_is_registered_as_a_package_of_its_own()
    {
        await GivenNewScorerAsync();

        var registration = await World.RegisterAsync("rescored");

        Assert.False(registration.AlreadyRegistered);
        Assert.Equal(Model, registration.ModelDigest);
        Assert.Equal(2, (await World.StateAsync()).Packages.Select(package => package.Body.ManifestDigest).Distinct().Count());
    }

    [Fact]
    public async Task The_champion_with_its_own_scorer_is_there_already()
    {
        await World.GivenAsync("first");
        new RunWriter(World) { Name = "again", ModelOf = "first", Baseline = Model }.Write();

        Assert.True((await World.RegisterAsync("again")).AlreadyRegistered);
    }

    [Fact]
    public async Task Until_it_is_deployed_the_champion_is_scored_by_the_scorer_that_was_promoted()
    {
        await GivenNewScorerAsync();
        await World.RegisterAsync("rescored");

        Assert.Equal("MZ scorer", await ChampionScorerAsync());
    }

    [Fact]
    public async Task It_needs_an_approval_of_its_own_and_deployed_it_is_the_champion()
    {
        await GivenNewScorerAsync();
        var registration = await World.RegisterAsync("rescored");

        await AssertRefused("MLO2706", "0 count", () => World.DeployAsync(Model));
        await World.ApproveAsync(Model);
        var deployed = await World.DeployAsync(Model);
        var again = await World.DeployAsync(Model);

        Assert.Equal((false, 2L, true, 2L), (deployed.AlreadyDeployed, deployed.Generation, again.AlreadyDeployed, again.Generation));
        Assert.Equal(registration.ManifestDigest, (await World.StateAsync()).ChampionManifest);
        Assert.Equal("MZ better scorer", await ChampionScorerAsync());
        Assert.Equal(ExitCode.Ok, (await World.AuditAsync()).Exit);
        Assert.Equal(registration.ManifestDigest, Digest.OfFile(Path.Combine(World.Deployed, "models", Digest.Hex(Model), "model.json")));
    }

    [Fact]
    public async Task A_verdict_on_the_champion_with_its_former_scorer_is_out_of_date()
    {
        await GivenNewScorerAsync();
        await World.RegisterAsync("rescored");
        new RunWriter(World) { Name = "second", Baseline = Model }.Write();
        await World.RegisterAsync("second");
        await World.ApproveAsync(World.DigestOf("second"));
        await World.ApproveAsync(Model);
        await World.DeployAsync(Model);

        await AssertRefused("MLO2704", "another scorer", () => World.DeployAsync(World.DigestOf("second")));
    }

    [Fact]
    public async Task A_verdict_that_names_another_scorer_of_the_champion_admits_nothing()
    {
        await World.GivenAsync("first");
        new RunWriter(World)
        {
            Name = "second",
            Baseline = Model,
            Alter = verdict => verdict with { Subject = verdict.Subject with { BaselineScorers = [Digest.Of("another")] } },
        }.Write();

        await AssertRefused("MLO2513", Digest.Of("another"), () => World.RegisterAsync("second"));
    }

    [Fact]
    public async Task A_package_whose_scorer_is_not_the_one_that_was_judged_is_refused()
    {
        await World.GivenAsync("first");
        new RunWriter(World)
        {
            Name = "second",
            Baseline = Model,
            Alter = verdict => verdict with { Subject = verdict.Subject with { ChallengerScorers = [Digest.Of("another")] } },
        }.Write();

        await AssertRefused("MLO2516", Digest.Of("another"), () => World.RegisterAsync("second"));
    }

    [Fact]
    public async Task A_rollback_brings_back_the_package_that_was_served_not_the_newest_of_its_model()
    {
        await World.GivenAsync("first", "second registered", "second approved", "second deployed");
        var first = (await World.StateAsync()).Packages[0].Body.ManifestDigest;
        WriteScorer();
        new RunWriter(World) { Name = "rescored", ModelOf = "first", ScorerFolder = "scorer-2", Baseline = World.DigestOf("second") }.Write();
        await World.RegisterAsync("rescored");

        await World.RollBackAsync();

        Assert.Equal((Model, first), ((await World.StateAsync()).Champion, (await World.StateAsync()).ChampionManifest));
        Assert.Equal("MZ scorer", await ChampionScorerAsync());
    }

    [Fact]
    public async Task Lists_and_pages_name_the_package_that_is_champion()
    {
        await GivenNewScorerAsync();
        await World.RegisterAsync("rescored");
        var models = new ModelsHandler(ReleaseWorld.Model, World.Log, World.Blobs);

        var list = await models.ListAsync(CancellationToken.None);
        var champion = await models.ShowAsync("champion", CancellationToken.None);

        Assert.Equal(["rescored:challenger", "first:champion,champion@production"], list.Packages.Select(package => $"{package.RunId}:{string.Join(',', package.Aliases)}"));
        Assert.Equal("first", champion.Summary.RunId);
    }

    private void WriteScorer() => AtomicFile.Write(fixture.At("scorer-2", "Scorer.dll"), "MZ better scorer");

    private async Task GivenNewScorerAsync()
    {
        await World.GivenAsync("first");
        WriteScorer();
        new RunWriter(World) { Name = "rescored", ModelOf = "first", ScorerFolder = "scorer-2", Baseline = Model }.Write();
    }

    private async Task<string> ChampionScorerAsync()
    {
        var folder = Directory.CreateTempSubdirectory("champion ").FullName;
        try
        {
            var champion = await new RegistryChampions(World.Log, World.Blobs, World.Root).FindAsync(World.Project, folder, CancellationToken.None);
            return await File.ReadAllTextAsync(Path.Combine(champion!.Scorer.Folder!, "Scorer.dll"), CancellationToken.None);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
