using MlOps.Build.Contracts;
using MlOps.Build.CrashHost;
using MlOps.Build.Engine.Registry;
using static MlOps.Build.Engine.Tests.Registry.ReleaseFixture;

namespace MlOps.Build.Engine.Tests.Registry;

public sealed class RegisterHandlerTests : IDisposable
{
    private readonly ReleaseFixture fixture = new();

    private ReleaseWorld World => fixture.World;

    public void Dispose() => fixture.Dispose();

    [Fact]
    public async Task A_passing_run_becomes_a_package_with_its_verdict()
    {
        await World.GivenAsync("first", "second registered");

        var state = await World.StateAsync();

        Assert.Equal(World.DigestOf("second"), state.Aliases["challenger"]);
        Assert.Equal(VerdictKind.Pass, state.Verdicts[^1].Body.Verdict);
        Assert.Equal(World.DigestOf("first"), state.Verdicts[^1].Body.ChampionDigest);
        Assert.Equal(["carla"], state.Packages[^1].Body.Authors);
    }

    [Fact]
    public async Task The_package_holds_model_scorer_and_lineage_and_can_be_restored_byte_by_byte()
    {
        await World.GivenAsync("first");
        var body = (await World.StateAsync()).Packages[0].Body;

        var manifest = await World.Blobs.ManifestAsync(body.ManifestDigest, CancellationToken.None);
        await World.Blobs.RestoreAsync(manifest, fixture.At("restored"), withScorer: true, null, CancellationToken.None);

        Assert.Equal(World.DigestOf("first"), Digest.MerkleRoot(PackageBlobs.FilesOf(fixture.At("restored", "model"))));
        Assert.Equal("MZ scorer", await File.ReadAllTextAsync(fixture.At("restored", "scorer", "Scorer.dll"), CancellationToken.None));
        Assert.Equal(("first-training", "first"), (manifest.Lineage.RunId, manifest.Lineage.PipelineRunId));
        Assert.Null(await World.Blobs.FaultAsync(manifest, CancellationToken.None));
    }

    [Fact]
    public async Task Registering_again_adds_nothing()
    {
        await World.GivenAsync("first", "second registered");
        var before = await fixture.EventCountAsync();

        var again = await World.RegisterAsync("second");

        Assert.True(again.AlreadyRegistered);
        Assert.Equal(before, await fixture.EventCountAsync());
    }

    [Fact]
    public async Task A_first_model_needs_bootstrap_and_the_registry_records_it()
    {
        new RunWriter(World) { Name = "first", Baseline = null }.Write();

        await AssertRefused("MLO2514", "nothing was there to compare", () => World.RegisterAsync("first"));
        await World.RegisterAsync("first", bootstrap: true);

        Assert.True((await World.StateAsync()).Packages[0].Body.Bootstrap);
    }

    [Fact]
    public async Task An_inconclusive_first_model_enters_with_bootstrap_only()
    {
        new RunWriter(World) { Name = "first", Baseline = null, Verdict = VerdictKind.Inconclusive }.Write();

        await AssertRefused("MLO2511", "inconclusive", () => World.RegisterAsync("first"));

        Assert.True((await World.RegisterAsync("first", bootstrap: true)).Bootstrap);
    }

    [Fact]
    public async Task Bootstrap_is_refused_once_there_is_a_champion()
    {
        await World.GivenAsync("first");
        new RunWriter(World) { Name = "second", Baseline = null }.Write();

        await AssertRefused("MLO2514", "There is a champion", () => World.RegisterAsync("second", bootstrap: true));
    }

    [Theory]
    [InlineData(VerdictKind.Pass, null)]
    [InlineData(VerdictKind.Warn, null)]
    [InlineData(VerdictKind.Fail, "MLO2511")]
    [InlineData(VerdictKind.Inconclusive, "MLO2511")]
    public async Task Only_a_passing_verdict_opens_the_registry(VerdictKind kind, string? code)
    {
        await World.GivenAsync("first");
        new RunWriter(World) { Name = "second", Baseline = World.DigestOf("first"), Verdict = kind }.Write();

        var problem = await Record.ExceptionAsync(() => World.RegisterAsync("second")) as ProblemException;

        Assert.Equal(code, problem?.Problem.Code);
    }

    [Fact]
    public async Task A_pull_request_run_is_refused()
    {
        await World.GivenAsync("first");
        new RunWriter(World) { Name = "second", Baseline = World.DigestOf("first"), Mode = RunMode.Pr }.Write();

        await AssertRefused("MLO2510", "pull-request run", () => World.RegisterAsync("second"));
    }

    [Theory]
    [InlineData(RunStatus.Started)]
    [InlineData(RunStatus.Failed)]
    [InlineData(RunStatus.Cancelled)]
    public async Task A_run_that_did_not_finish_is_refused(RunStatus status)
    {
        new RunWriter(World) { Name = "first", Baseline = null, Status = status }.Write();

        await AssertRefused("MLO2510", "not finished", () => World.RegisterAsync("first", bootstrap: true));
    }

    [Fact]
    public async Task An_expired_verdict_is_refused()
    {
        new RunWriter(World) { Name = "first", Baseline = null }.Write();
        fixture.Time.Advance(TimeSpan.FromDays(14));

        await AssertRefused("MLO2512", "2026-12-06", () => World.RegisterAsync("first", bootstrap: true));
    }

    [Fact]
    public async Task A_model_that_was_compared_with_another_champion_is_refused()
    {
        await World.GivenAsync("first", "second registered", "second approved", "second deployed");
        new RunWriter(World) { Name = "third", Baseline = World.DigestOf("first") }.Write();

        await AssertRefused("MLO2513", World.DigestOf("second"), () => World.RegisterAsync("third"));
    }

    [Fact]
    public async Task A_model_that_changed_after_its_verdict_is_refused()
    {
        new RunWriter(World) { Name = "first", Baseline = null }.Write();
        await File.AppendAllTextAsync(Path.Combine(World.ModelFolder("first"), "model.zip"), "!", CancellationToken.None);

        await AssertRefused("MLO2516", "The model's files have", () => World.RegisterAsync("first", bootstrap: true));
    }

    [Fact]
    public async Task An_evaluation_that_changed_after_its_verdict_is_refused()
    {
        new RunWriter(World) { Name = "first", Baseline = null }.Write();
        var path = Path.Combine(World.Runs, "first", "evaluation.json");
        AtomicFile.Write(path, Documents.Read<Evaluation>(path) with { Resamples = 1 });

        await AssertRefused("MLO2516", "evaluation.json", () => World.RegisterAsync("first", bootstrap: true));
    }

    [Fact]
    public async Task A_pickle_is_refused_unless_somebody_accepts_it_by_name_on_record()
    {
        new RunWriter(World)
        {
            Name = "first",
            Baseline = null,
            Files = new Dictionary<string, string> { ["model.pkl"] = "weights" },
        }.Write();

        await AssertRefused("MLO2515", "runs the code in it", () => World.RegisterAsync("first", bootstrap: true));
        var registration = await World.RegisterAsync("first", bootstrap: true, accept: "model.pkl");

        Assert.Equal("pickle", registration.Accepted.Single().Kind);
        Assert.Equal("model.pkl", (await World.StateAsync()).Packages[0].Body.Accepted.Single().File);
    }

    [Fact]
    public async Task A_scorer_that_is_not_the_one_that_scored_is_refused()
    {
        new RunWriter(World) { Name = "first", Baseline = null }.Write();
        AtomicFile.Write(fixture.At("scorer", "Scorer.dll"), "MZ another");

        await AssertRefused("MLO2516", "The program that scored its model was changed", () => World.RegisterAsync("first", bootstrap: true));
    }

    [Fact]
    public async Task The_champion_again_adds_nothing()
    {
        await World.GivenAsync("first");
        new RunWriter(World) { Name = "first", Baseline = World.DigestOf("first"), Actor = "another" }.Write();
        var before = await fixture.EventCountAsync();

        var answer = await World.RegisterAsync("first");

        Assert.True(answer.AlreadyRegistered);
        Assert.Equal(before, await fixture.EventCountAsync());
    }

    [Fact]
    public async Task The_champion_is_restored_with_the_program_that_scores_it()
    {
        var champions = new ChampionPackages(World.Log, World.Blobs);
        var none = await champions.RestoreAsync(ReleaseWorld.Model, fixture.At("champion"), CancellationToken.None);
        await World.GivenAsync("first");

        var champion = await champions.RestoreAsync(ReleaseWorld.Model, fixture.At("champion"), CancellationToken.None);

        Assert.Null(none);
        Assert.Equal(World.DigestOf("first"), Digest.MerkleRoot(PackageBlobs.FilesOf(champion!.ModelFolder)));
        Assert.Equal(["dotnet", Path.Combine(champion.ScorerFolder!, "Scorer.dll")], champion.ScorerCommand);
        Assert.True(File.Exists(champion.ScorerCommand[1]));
    }

    [Fact]
    public async Task A_refused_run_leaves_no_event()
    {
        new RunWriter(World) { Name = "first", Baseline = null, Verdict = VerdictKind.Fail }.Write();

        await RefusalOf(() => World.RegisterAsync("first", bootstrap: true));

        Assert.Equal(0, await fixture.EventCountAsync());
    }
}
