using MlOps.Build.Contracts;
using MlOps.Build.CrashHost;
using MlOps.Build.Engine.Deployment;
using MlOps.Build.Engine.Registry;
using MlOps.Build.Engine.Tests.Registry;

namespace MlOps.Build.Engine.Tests.Deployment;

/// <summary>Status, lists, history and a clean audit.</summary>
public sealed class ReadingTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly ReleaseFixture fixture = new();

    private ReleaseWorld World => fixture.World;

    private ModelsHandler Models => new(ReleaseWorld.Model, World.Log, World.Blobs);

    public void Dispose() => fixture.Dispose();

    [Fact]
    public async Task The_status_of_a_new_project_is_empty()
    {
        var status = await new StatusHandler(World.Deployment).HandleAsync(None);

        Assert.Null(status.Champion);
        Assert.Equal(["staging", "production"], status.Environments.Select(environment => environment.Name));
        Assert.All(status.Environments, environment => Assert.Empty(environment.Faults));
    }

    [Fact]
    public async Task The_status_says_what_answers_and_what_the_challenger_waits_for()
    {
        await World.GivenAsync("first", "second registered");

        var status = await new StatusHandler(World.Deployment).HandleAsync(None);

        var production = status.Environments[1];
        Assert.Equal((World.DigestOf("first"), 1), (production.ModelDigest, production.Generation));
        Assert.Contains("needs 1 approvals", production.ChallengerWaitsFor, StringComparison.Ordinal);
        Assert.Null(status.Environments[0].ChallengerWaitsFor);
        Assert.Null(production.RollsBackTo);
    }

    [Fact]
    public async Task The_status_names_the_model_a_rollback_goes_to_and_damaged_files()
    {
        await World.GivenAsync("first", "second registered", "second approved", "second deployed");
        var file = Path.Combine(World.Deployed, DeploymentFolder.PathOf(World.DigestOf("second")), "model", "model.zip");
        await File.AppendAllTextAsync(file, "!", None);

        var production = (await new StatusHandler(World.Deployment).HandleAsync(None)).Environments[1];

        Assert.Equal(World.DigestOf("first"), production.RollsBackTo);
        Assert.Contains("were changed", production.Faults.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Models_are_listed_newest_first_with_their_aliases()
    {
        await World.GivenAsync("first", "second registered");

        var packages = (await Models.ListAsync(None)).Packages;

        Assert.Equal([World.DigestOf("second"), World.DigestOf("first")], packages.Select(package => package.ModelDigest));
        Assert.Equal(["challenger"], packages[0].Aliases);
        Assert.Equal(["champion", "champion@production"], packages[1].Aliases);
    }

    [Fact]
    public async Task A_model_is_shown_with_its_manifest_and_the_reason_of_its_verdict()
    {
        await World.GivenAsync("first");

        var shown = await Models.ShowAsync("champion", None);

        Assert.Equal("Better where it matters.", shown.VerdictSentence);
        Assert.Equal(World.DigestOf("first"), shown.Manifest.ModelDigest);
    }

    [Fact]
    public async Task The_history_says_what_served_at_a_moment()
    {
        await World.GivenAsync("first");
        var between = fixture.Time.GetUtcNow().AddMinutes(30);
        fixture.Time.Advance(TimeSpan.FromHours(1));
        await World.GivenAsync("second registered", "second approved", "second deployed");
        await World.RollBackAsync();

        var then = await Models.HistoryAsync(between, None);
        var now = await Models.HistoryAsync(null, None);

        Assert.Equal(World.DigestOf("first"), then.Served.Single().ModelDigest);
        Assert.Equal(5, then.Events.Length);
        Assert.Contains("went back", now.Events[^1].Sentence, StringComparison.Ordinal);
        Assert.All(now.Events, item => Assert.NotEqual(string.Empty, item.Sentence));
    }

    [Fact]
    public async Task A_clean_registry_passes_the_audit_with_all_its_blobs()
    {
        await World.GivenAsync("first", "second registered", "second approved", "second deployed");

        var audit = await World.AuditAsync();

        Assert.Equal(ExitCode.Ok, audit.Exit);
        Assert.Empty(audit.Document.Faults);
        Assert.Equal(12, audit.Document.Models.Single().Blobs);
    }

    [Fact]
    public async Task Half_a_line_in_the_journal_is_cut_off_and_a_broken_line_is_a_problem()
    {
        await World.GivenAsync("first");
        var path = Path.Combine(World.Deployed, "journal.jsonl");
        await File.AppendAllTextAsync(path, "{\"at\":\"2026", None);
        var journal = new Journal(path, World.Time);

        var before = (await journal.ReadAsync(None)).Count;
        await journal.AppendAsync((await journal.ReadAsync(None))[0], None);
        var after = (await journal.ReadAsync(None)).Count;
        await File.AppendAllTextAsync(path, "{}\n", None);

        Assert.Equal((8, 9), (before, after));
        await ReleaseFixture.AssertRefused("MLO2715", "Line 10", () => journal.ReadAsync(None));
    }
}
