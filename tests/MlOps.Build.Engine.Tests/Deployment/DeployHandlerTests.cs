using MlOps.Build.Contracts;
using MlOps.Build.CrashHost;
using MlOps.Build.Engine.Approval;
using MlOps.Build.Engine.Registry;
using MlOps.Build.Engine.Tests.Registry;
using static MlOps.Build.Engine.Tests.Registry.ReleaseFixture;

namespace MlOps.Build.Engine.Tests.Deployment;

public sealed class DeployHandlerTests : IDisposable
{
    private readonly ReleaseFixture fixture = new();

    private ReleaseWorld World => fixture.World;

    private DeploymentRecord Served => Documents.Read<DeploymentRecord>(Path.Combine(World.Deployed, "deployment.json"));

    public void Dispose() => fixture.Dispose();

    [Fact]
    public async Task An_approved_model_answers_with_the_bytes_that_were_approved()
    {
        await World.GivenAsync("first", "second registered", "second approved");

        await World.DeployAsync(World.DigestOf("second"));

        var slot = Served.Slots.Single();
        Assert.Equal((World.DigestOf("second"), 1.0), (slot.Digest, slot.Weight));
        Assert.Equal((2, World.DigestOf("first")), (Served.Generation, Served.Previous));
        Assert.Equal(slot.Digest, Digest.MerkleRoot(PackageBlobs.FilesOf(Path.Combine(World.Deployed, slot.Path, "model"))));
        Assert.Equal(slot.Digest, Documents.Read<ModelManifest>(Path.Combine(World.Deployed, slot.Path, "model.json")).ModelDigest);
    }

    [Fact]
    public async Task The_champion_moves_with_the_last_environment_only()
    {
        await World.GivenAsync("first", "second registered");

        await World.DeployAsync(to: "staging");
        var staged = await World.StateAsync();
        await World.ApproveAsync();
        await World.DeployAsync();
        var released = await World.StateAsync();

        Assert.Equal(World.DigestOf("first"), staged.Champion);
        Assert.Equal(World.DigestOf("second"), staged.ChampionOf("staging"));
        Assert.Equal(World.DigestOf("second"), released.Champion);
        Assert.Equal(World.DigestOf("second"), released.ChampionOf("production"));
    }

    [Fact]
    public async Task Deploying_what_is_deployed_does_nothing()
    {
        await World.GivenAsync("first", "second registered", "second approved", "second deployed");
        var before = await fixture.EventCountAsync();

        var answer = await World.DeployAsync("champion");

        Assert.True(answer.AlreadyDeployed);
        Assert.Equal(before, await fixture.EventCountAsync());
    }

    [Fact]
    public async Task The_journal_says_before_and_after_each_step()
    {
        await World.GivenAsync("first");

        var journal = new Engine.Deployment.Journal(Path.Combine(World.Deployed, "journal.jsonl"), World.Time);
        var lines = await journal.ReadAsync(CancellationToken.None);

        Assert.Equal(
            [
                "Begin Intent", "Stage Intent", "Stage Observed", "Switch Intent", "Switch Observed",
                "Record Intent", "Record Observed", "Done Observed",
            ],
            lines.Select(line => $"{line.Step} {line.Kind}"));
        Assert.Null(await journal.UnfinishedAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_model_without_approval_is_refused()
    {
        await World.GivenAsync("first", "second registered");

        await AssertRefused("MLO2706", "needs 1 approvals, 0 count", () => World.DeployAsync());
    }

    [Fact]
    public async Task Two_approvals_of_one_person_are_one()
    {
        await World.GivenAsync("first", "second registered");
        World.Production = World.Production with { Approvals = 2 };
        await World.ApproveAsync();

        await AssertRefused("MLO2706", "needs 2 approvals, 1 count", () => World.DeployAsync());
        await World.ApproveAsync(key: "ben.pem");
        await World.DeployAsync();

        Assert.Equal(World.DigestOf("second"), Served.Slots[0].Digest);
    }

    [Fact]
    public async Task Terms_that_changed_after_the_approval_are_refused()
    {
        await World.GivenAsync("first", "second registered", "second approved");
        World.Production = World.Production with { AllowSelfApproval = true };

        await AssertRefused("MLO2706", "the terms of 'production' have changed", () => World.DeployAsync());
    }

    [Fact]
    public async Task An_approver_who_is_no_longer_listed_does_not_count()
    {
        await World.GivenAsync("first", "second registered", "second approved");
        World.Production = World.Production with { Approvers = [new("ben", "keys/ben.pub")] };

        await AssertRefused("MLO2706", "0 count", () => World.DeployAsync());
    }

    [Fact]
    public async Task A_key_that_was_exchanged_under_the_same_name_does_not_count()
    {
        await World.GivenAsync("first", "second registered", "second approved");
        File.Copy(fixture.At("keys", "mallory.pub"), fixture.At("keys", "ana.pub"), overwrite: true);

        await AssertRefused("MLO2706", "0 count", () => World.DeployAsync());
    }

    [Fact]
    public async Task An_approval_that_ended_is_refused()
    {
        await World.GivenAsync("first", "second registered", "second approved");
        fixture.Time.Advance(TimeSpan.FromDays(8));

        await AssertRefused("MLO2706", "it ended on 2026-11-29", () => World.DeployAsync());
    }

    [Fact]
    public async Task A_verdict_that_ended_is_refused()
    {
        await World.GivenAsync("first", "second registered", "second approved");
        fixture.Time.Advance(TimeSpan.FromDays(14));

        await AssertRefused("MLO2703", "Its verdict ended", () => World.DeployAsync());
    }

    [Fact]
    public async Task A_champion_that_moved_meanwhile_asks_for_a_new_gate()
    {
        await World.GivenAsync("first", "second registered", "second approved");
        new RunWriter(World) { Name = "third", Baseline = World.DigestOf("first") }.Write();
        await World.RegisterAsync("third");
        await World.ApproveAsync(World.DigestOf("third"));
        await World.DeployAsync(World.DigestOf("third"));

        await AssertRefused("MLO2704", World.DigestOf("third"), () => World.DeployAsync(World.DigestOf("second")));
    }

    [Fact]
    public async Task A_rejection_cancels_the_approvals_before_it_and_a_new_one_lifts_it()
    {
        await World.GivenAsync("first", "second registered", "second approved");
        await new RejectHandler(World.Project, World.Log)
            .HandleAsync(new(null, "production", "wait for the audit"), CancellationToken.None);

        await AssertRefused("MLO2705", "wait for the audit", () => World.DeployAsync());
        await World.ApproveAsync(key: "ben.pem");

        Assert.False((await World.DeployAsync()).AlreadyDeployed);
    }

    [Fact]
    public async Task An_approval_from_before_a_rollback_does_not_bring_the_model_back()
    {
        await World.GivenAsync("first", "second registered", "second approved", "second deployed");
        await World.RollBackAsync();

        await AssertRefused("MLO2706", "rolled back since", () => World.DeployAsync(World.DigestOf("second")));
    }

    [Fact]
    public async Task An_environment_whose_folder_was_lost_is_filled_again_with_a_new_generation()
    {
        await World.GivenAsync("first");
        Directory.Delete(World.Deployed, recursive: true);

        var answer = await World.DeployAsync("champion");

        Assert.Equal((2, false), (answer.Generation, answer.AlreadyDeployed));
        Assert.Equal(World.DigestOf("first"), Served.Slots[0].Digest);
    }
}
