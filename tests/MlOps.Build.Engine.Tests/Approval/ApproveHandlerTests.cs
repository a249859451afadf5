using System.Security.Cryptography;
using MlOps.Build.Contracts;
using MlOps.Build.CrashHost;
using MlOps.Build.Engine.Approval;
using MlOps.Build.Engine.Tests.Registry;
using static MlOps.Build.Engine.Tests.Registry.ReleaseFixture;

namespace MlOps.Build.Engine.Tests.Approval;

public sealed class ApproveHandlerTests : IDisposable
{
    private readonly ReleaseFixture fixture = new();

    private ReleaseWorld World => fixture.World;

    public void Dispose() => fixture.Dispose();

    [Fact]
    public async Task An_approval_is_bound_to_all_it_relies_on()
    {
        await World.GivenAsync("first", "second registered");
        var before = await World.StateAsync();

        var approval = (await World.ApproveAsync()).Approval;

        Assert.Equal(World.DigestOf("second"), approval.ModelDigest);
        Assert.Equal(before.Verdicts[^1].Body.VerdictDigest, approval.VerdictDigest);
        Assert.Equal(World.DigestOf("first"), approval.ChampionDigest);
        Assert.Equal(before.Head.Digest, approval.RegistryHead);
        Assert.Equal(("production", "ana", ApprovalSource.LocalKey), (approval.Environment, approval.Approver, approval.Source));
        Assert.Equal(World.Time.GetUtcNow().AddDays(7), approval.ExpiresAt);
    }

    [Fact]
    public async Task The_signature_is_what_openssl_checks()
    {
        await World.GivenAsync("first", "second registered");

        var answer = await World.ApproveAsync();

        using var key = ECDsa.Create();
        key.ImportFromPem(await File.ReadAllTextAsync(fixture.At("keys", "ana.pub"), CancellationToken.None));
        var holds = key.VerifyData(
            CanonicalJson.Of(answer.Approval),
            Convert.FromBase64String(answer.Signature!.Value),
            HashAlgorithmName.SHA256,
            DSASignatureFormat.Rfc3279DerSequence);
        Assert.True(holds);
    }

    [Fact]
    public async Task Approving_twice_adds_nothing()
    {
        await World.GivenAsync("first", "second registered");
        var first = await World.ApproveAsync();
        var before = await fixture.EventCountAsync();

        var again = await World.ApproveAsync();

        Assert.Equal(first.Approval, again.Approval);
        Assert.Equal(before, await fixture.EventCountAsync());
    }

    [Fact]
    public async Task An_approval_never_outlives_its_verdict()
    {
        await World.GivenAsync("first", "second registered");
        fixture.Time.Advance(TimeSpan.FromDays(10));

        var approval = (await World.ApproveAsync()).Approval;

        Assert.Equal(World.Time.GetUtcNow().AddDays(4), approval.ExpiresAt);
    }

    [Fact]
    public async Task Without_a_key_nothing_is_approved_where_approvals_are_asked_for()
    {
        await World.GivenAsync("first", "second registered");

        await AssertRefused("MLO2602", "asks for 1 approvals", () => World.ApproveAsync(key: null));
    }

    [Fact]
    public async Task Without_a_key_an_approval_is_recorded_where_none_is_asked_for()
    {
        await World.GivenAsync("first", "second registered");

        var answer = await World.ApproveAsync(key: null, to: "staging");

        Assert.Null(answer.Signature);
        Assert.Equal(("robot", ApprovalSource.LocalUnsigned), (answer.Approval.Approver, answer.Approval.Source));
    }

    [Fact]
    public async Task A_key_that_is_not_listed_is_refused()
    {
        await World.GivenAsync("first", "second registered");

        await AssertRefused("MLO2603", "not among the approvers", () => World.ApproveAsync(key: "mallory.pem"));
    }

    [Theory]
    [InlineData("ana.pub", "public key only")]
    [InlineData("nobody.pem", "no such file")]
    [InlineData("text.pem", "does not hold one key")]
    [InlineData("p384.pem", "not P-256")]
    public async Task A_file_that_is_no_private_key_of_the_right_kind_is_a_problem_with_a_remedy(string file, string words)
    {
        await World.GivenAsync("first", "second registered");
        AtomicFile.Write(fixture.At("keys", "text.pem"), "hello");
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        AtomicFile.Write(fixture.At("keys", "p384.pem"), other.ExportECPrivateKeyPem());

        var problem = await RefusalOf(() => World.ApproveAsync(key: file));

        Assert.Equal("MLO2601", problem.Code);
        Assert.Contains(words, problem.Why, StringComparison.Ordinal);
        Assert.Contains("openssl", problem.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_author_does_not_approve_where_that_is_forbidden()
    {
        await World.GivenAsync("first");
        new RunWriter(World) { Name = "second", Baseline = World.DigestOf("first"), Actor = "Ana" }.Write();
        await World.RegisterAsync("second");

        await AssertRefused("MLO2604", "ana made it", () => World.ApproveAsync());
    }

    [Fact]
    public async Task A_verdict_that_ended_is_not_approved()
    {
        await World.GivenAsync("first", "second registered");
        fixture.Time.Advance(TimeSpan.FromDays(15));

        await AssertRefused("MLO2703", "Its verdict ended", () => World.ApproveAsync());
    }

    [Theory]
    [InlineData("nothing", "no alias")]
    [InlineData("abc", "at least 6 digits")]
    [InlineData("0123456789", "No registered model")]
    public async Task A_model_that_is_not_there_is_named(string model, string words)
    {
        await World.GivenAsync("first", "second registered");

        var problem = await RefusalOf(() => World.ApproveAsync(model: model));

        Assert.Equal(("MLO2517", ExitCode.Unavailable), (problem.Code, problem.Exit));
        Assert.Contains(words == "no alias" ? "No registered model" : words, problem.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_environment_that_is_not_there_is_named_with_those_that_are()
    {
        var problem = await RefusalOf(() => World.ApproveAsync(to: "prod"));

        Assert.Equal("MLO2701", problem.Code);
        Assert.Contains("staging, production", problem.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rejection_without_a_reason_is_refused_and_one_with_a_reason_is_recorded_once()
    {
        await World.GivenAsync("first", "second registered");
        var handler = new RejectHandler(World.Project, World.Log);

        var problem = await RefusalOf(() => handler.HandleAsync(new(null, "production", " "), CancellationToken.None));
        await handler.HandleAsync(new(null, "production", "unfair"), CancellationToken.None);
        await handler.HandleAsync(new(null, "production", "unfair"), CancellationToken.None);

        Assert.Equal("MLO2605", problem.Code);
        Assert.Equal("unfair", (await World.StateAsync()).Rejections.Single().Body.Comment);
    }
}
