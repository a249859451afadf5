using MlOps.Build.Contracts;
using MlOps.Build.CrashHost;
using MlOps.Build.Engine.Approval;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Deployment;
using MlOps.Build.Engine.Hosts;
using MlOps.Build.Engine.Tests.Registry;

namespace MlOps.Build.Engine.Tests.Approval;

/// <summary>A reviewer's yes on a build server lets in exactly the model it was about.</summary>
public sealed class HostApprovalTests : IDisposable
{
    private const string Run = "https://github.example/org/repo/actions/runs/7";

    private readonly TemporaryFolder folder = new();
    private readonly ReleaseWorld world;
    private readonly ReviewedRun run = new() { Url = Run };

    public HostApprovalTests()
    {
        world = new ReleaseWorld(folder.Path, TimeProvider.System)
        {
            Author = new("robot", new HostState { Name = "github", RunUrl = Run, Actor = "robot" }),
            Production = Environment(ApprovalSource.LocalKey, ApprovalSource.GithubReview),
        };
        world.Create();
    }

    private string Beginning => world.DigestOf("second")["sha256:".Length..][..12];

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_review_of_the_run_that_made_the_model_lets_it_in_and_is_written_down()
    {
        await world.GivenAsync("first", "second registered");
        run.Reviews = [Review() with { Comment = "fine" }];

        var answer = await DeployAsync();

        Assert.False(answer.AlreadyDeployed);
        var given = (await world.StateAsync()).Approvals[^1].Body;
        Assert.Equal((ApprovalSource.GithubReview, "dana", "fine"), (given.Approval.Source, given.Approval.Approver, given.Approval.Comment));
        Assert.Equal(new ApprovalEvidence(Run, 1, null), given.Evidence);
        Assert.Null(given.Signature);
        Assert.Equal(ExitCode.Ok, (await world.AuditAsync()).Exit);
    }

    public static TheoryData<string, string> Refused => new()
    {
        { "rejection", "it is a rejection" },
        { "other environment", "it is about the environment 'staging'" },
        { "other attempt", "it was given for attempt 2 of the run, this is attempt 1" },
        { "unknown attempt", "start a new run" },
        { "no digest", "its comment does not hold" },
        { "other run", "the model comes from another run" },
        { "before the verdict", "it was given before the verdict was registered" },
        { "author", "an author may not approve there" },
        { "login of an author", "an author may not approve there" },
        { "id of the starter", "whoever started the run may not approve there" },
        { "starter", "whoever started the run may not approve there" },
        { "changed mind", "it is a rejection" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_review_that_does_not_fit_lets_nothing_in(string how, string words)
    {
        await world.GivenAsync("first", "second registered");
        run.Reviews = [Review()];
        switch (how)
        {
            case "rejection":
                run.Reviews = [Review() with { Approved = false }];
                break;
            case "other environment":
                run.Reviews = [Review() with { Environment = "staging" }];
                break;
            case "other attempt":
                run.Reviews = [Review() with { Attempt = 2 }];
                break;
            case "unknown attempt":
                run.Attempt = "2";
                run.Reviews = [Review() with { Attempt = null }];
                break;
            case "no digest":
                run.RequiresDigest = true;
                run.Reviews = [Review() with { Comment = "c41d" }];
                break;
            case "other run":
                run.Url = Run + "8";
                break;
            case "before the verdict":
                run.Reviews = [Review() with { At = DateTimeOffset.UnixEpoch }];
                break;
            case "author":
                run.Reviews = [Review() with { Approver = "Carla" }];
                break;
            case "login of an author":
                world.Production = world.Production with { Approvers = [world.Production.Approvers[0] with { Logins = ["ana-dev", "CARLA"] }] };
                run.Reviews = [Review() with { Approver = "Ana-Dev" }];
                break;
            case "id of the starter":
                run.Reviews = [Review() with { ApproverId = "starter@example.com" }];
                break;
            case "starter":
                run.Reviews = [Review() with { Approver = "starter@example.com" }];
                break;
            default:
                run.Reviews = [Review(), Review() with { Approver = "DANA", Approved = false }];
                break;
        }

        await ReleaseFixture.AssertRefused("MLO2706", words, () => DeployAsync());
        Assert.Equal(world.DigestOf("first"), Served());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_comment_with_the_digest_ties_a_review_of_another_run_to_the_model(bool isAsked)
    {
        await world.GivenAsync("first", "second registered");
        run.Url = Run + "8";
        run.RequiresDigest = isAsked;
        run.Reviews = [Review() with { Comment = $"looked at {Beginning.ToUpperInvariant()}" }];

        Assert.Equal(world.DigestOf("second"), (await DeployAsync()).ModelDigest);
    }

    [Fact]
    public async Task What_a_host_said_once_is_asked_again_and_not_believed()
    {
        await world.GivenAsync("first", "second registered");
        run.Reviews = [Review()];
        await DeployAsync();
        await world.RollBackAsync();
        run.Reviews = [];

        await ReleaseFixture.AssertRefused("MLO2706", "0 count", () => DeployAsync());
    }

    [Theory]
    [InlineData(true, "it was given before the model was rolled back")]
    [InlineData(false, "nobody knows whether it was given before the model was rolled back")]
    public async Task A_review_from_before_a_rollback_does_not_bring_the_model_back(bool hasTime, string words)
    {
        await world.GivenAsync("first", "second registered");
        run.Reviews = [Review() with { At = hasTime ? DateTimeOffset.UtcNow : null }];
        await DeployAsync();
        await world.RollBackAsync();

        await ReleaseFixture.AssertRefused("MLO2706", words, () => DeployAsync());
    }

    [Fact]
    public async Task A_host_that_the_terms_do_not_name_is_not_asked()
    {
        world.Production = Environment(ApprovalSource.LocalKey);
        await world.GivenAsync("first", "second registered");
        run.Reviews = [Review()];

        await ReleaseFixture.AssertRefused("MLO2706", "0 count", () => DeployAsync());
        Assert.Equal(0, run.Asked);
    }

    [Fact]
    public async Task Where_signatures_suffice_nobody_is_asked()
    {
        await world.GivenAsync("first", "second registered", "second approved");

        await DeployAsync();

        Assert.Equal(0, run.Asked);
    }

    [Fact]
    public async Task Sources_do_not_add_up_because_one_person_may_have_a_name_in_each()
    {
        await world.GivenAsync("first", "second registered");
        world.Production = world.Production with { Approvals = 2 };
        await world.ApproveAsync();
        run.Reviews = [Review()];

        await ReleaseFixture.AssertRefused("MLO2706", "needs 2 approvals, 1 count", () => DeployAsync());
        run.Reviews = [Review(), Review() with { Approver = "erik" }];
        await DeployAsync();
    }

    [Fact]
    public async Task A_signature_does_not_count_where_only_reviews_do()
    {
        await world.GivenAsync("first", "second registered");
        world.Production = Environment(ApprovalSource.GithubReview);
        await world.ApproveAsync();

        await ReleaseFixture.AssertRefused("MLO2706", "signatures do not count there", () => DeployAsync());
    }

    [Fact]
    public async Task A_consent_is_written_down_once_however_often_it_is_looked_up()
    {
        await world.GivenAsync("first", "second registered");
        run.Reviews = [Review()];
        var before = (await world.StateAsync()).Events.Count;

        await RecordAsync();
        await RecordAsync();
        await DeployAsync();

        Assert.Equal(before + 1 + 2, (await world.StateAsync()).Events.Count);
    }

    [Fact]
    public void Terms_that_say_nothing_new_keep_their_digest()
    {
        var terms = System.Text.Encoding.UTF8.GetString(CanonicalJson.Of(Terms.Of(folder.Path, new() { Model = "m", Task = ModelTask.Regression, Data = new() { Source = "d", Label = "l" }, Train = new(), Score = new() }, new() { Name = "staging", Path = "x" }, [])));

        Assert.Equal("""{"allowSelfApproval":true,"approvals":0,"approvers":[],"name":"staging","path":"x","strategy":"replace","target":"folder"}""", terms);
    }

    [Fact]
    public async Task A_signature_of_an_author_under_another_name_does_not_count()
    {
        world.Production = Environment(ApprovalSource.LocalKey) with { Approvers = [new("ana", "keys/ana.pub") { Logins = ["carla"] }, new("ben", "keys/ben.pub")] };

        await ReleaseFixture.AssertRefused("MLO2604", "ana may not approve this model", () => world.GivenAsync("first", "second registered", "second approved"));
    }

    [Fact]
    public async Task An_approval_does_not_survive_another_source_in_the_terms()
    {
        world.Production = Environment(ApprovalSource.LocalKey);
        await world.GivenAsync("first", "second registered", "second approved");
        world.Production = Environment(ApprovalSource.LocalKey, ApprovalSource.GithubReview);

        await ReleaseFixture.AssertRefused("MLO2706", "the terms of 'production' have changed since", () => DeployAsync());
    }

    private static EnvironmentConfiguration Environment(params ApprovalSource[] sources) => new()
    {
        Name = "production",
        Path = "deploy/production",
        Approvals = 1,
        Approvers = [new("ana", "keys/ana.pub"), new("ben", "keys/ben.pub")],
        AllowSelfApproval = false,
        ApprovalSources = sources,
    };

    private static HostApproval Review() => new("production", true, "dana", null, DateTimeOffset.UtcNow, 1);

    private string Served()
        => Documents.Read<DeploymentRecord>(Path.Combine(world.Deployed, "deployment.json")).Slots.Single().Digest;

    private DeploymentWorld Asking() => world.Deployment with { Vouchers = [new HostVoucher(run.Host, run, run.RequiresDigest)] };

    private Task<DeployAnswer> DeployAsync()
        => new DeployHandler(Asking()).HandleAsync(new DeployRequest(world.DigestOf("second"), "production"), TestContext.Current.CancellationToken);

    private Task<ApprovalAnswer> RecordAsync()
        => new VouchHandler(Asking()).HandleAsync(new PromoteRequest(world.DigestOf("second"), "production"), TestContext.Current.CancellationToken);
}
