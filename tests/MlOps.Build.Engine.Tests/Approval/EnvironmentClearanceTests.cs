using MlOps.Build.Contracts;
using MlOps.Build.CrashHost;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Gating;
using MlOps.Build.Engine.Tests.Registry;
using static MlOps.Build.Engine.Tests.Registry.ReleaseFixture;

namespace MlOps.Build.Engine.Tests.Approval;

/// <summary>What an environment asks for beyond the verdict: its own policy, and a certificate.</summary>
public sealed class EnvironmentClearanceTests : IDisposable
{
    private static readonly GateConfiguration Policy = new() { Rules = [new() { Metric = "auc", AtLeast = 0.8, Environment = "production" }] };

    private readonly ReleaseFixture fixture = new();

    private ReleaseWorld World => fixture.World;

    public void Dispose() => fixture.Dispose();

    [Theory]
    [InlineData(VerdictKind.Fail, "says fail: AUC for production is too low.")]
    [InlineData(VerdictKind.Inconclusive, "says inconclusive: AUC for production is too low.")]
    public async Task A_model_that_its_policy_does_not_let_in_is_neither_approved_nor_deployed(VerdictKind kind, string why)
    {
        await GivenAsync(Own(kind));

        await AssertRefused("MLO2349", why, () => World.ApproveAsync());
        await AssertRefused("MLO2349", why, () => World.DeployAsync(World.DigestOf("second")));
        Assert.NotNull(await World.ApproveAsync(key: null, to: "staging"));
    }

    [Theory]
    [InlineData(VerdictKind.Pass)]
    [InlineData(VerdictKind.Warn)]
    public async Task A_model_that_it_lets_in_is_deployed(VerdictKind kind)
    {
        await GivenAsync(Own(kind));

        await World.ApproveAsync();

        Assert.False((await World.DeployAsync(World.DigestOf("second"))).AlreadyDeployed);
    }

    [Fact]
    public async Task A_policy_that_became_another_after_the_verdict_asks_for_a_new_one()
    {
        await GivenAsync(Own(VerdictKind.Pass));
        await World.ApproveAsync();
        World.Gate = Policy with { Rules = [Policy.Rules[0] with { AtLeast = 0.9 }] };

        await AssertRefused("MLO2349", "It was not judged by the policy that 'production' has now.", () => World.DeployAsync(World.DigestOf("second")));
    }

    [Fact]
    public async Task A_verdict_without_the_environment_does_not_let_in()
    {
        await GivenAsync();

        await AssertRefused("MLO2349", "It was not judged", () => World.ApproveAsync());
    }

    [Fact]
    public async Task A_certificate_is_asked_for_and_taken_in_by_registering_again()
    {
        await World.GivenAsync("first", "second registered");
        World.Production = World.Production with { RequireCertificate = true };
        await AssertRefused("MLO2350", "Its policy was not certified.", () => World.ApproveAsync());

        Certify("second");
        Assert.False((await World.RegisterAsync("second")).AlreadyRegistered);
        Assert.True((await World.RegisterAsync("second")).AlreadyRegistered);
        await World.ApproveAsync();

        Assert.False((await World.DeployAsync(World.DigestOf("second"))).AlreadyDeployed);
    }

    [Theory]
    [InlineData("policy", "about another policy")]
    [InlineData("engine", "about another engine")]
    [InlineData("no", "was not certified")]
    [InlineData("model", "was not certified")]
    public async Task A_certificate_of_something_else_does_not_count(string other, string why)
    {
        await World.GivenAsync("first", "second registered");
        World.Production = World.Production with { RequireCertificate = true };
        Certify("second", certificate => other switch
        {
            "policy" => certificate with { PolicyDigest = "sha256:other" },
            "engine" => certificate with { EngineDigest = "sha256:other" },
            "model" => certificate with { Model = "other" },
            _ => certificate with { Certified = false },
        });
        await World.RegisterAsync("second");

        await AssertRefused("MLO2350", why, () => World.ApproveAsync());
    }

    private static EnvironmentVerdict Own(VerdictKind kind) => new()
    {
        Name = "production",
        Kind = kind,
        Sentence = "AUC for production is too low.",
        Policy = EnvironmentGates.DigestOf(Policy, "production")!,
        Findings = [],
    };

    private async Task GivenAsync(params EnvironmentVerdict[] own)
    {
        await World.GivenAsync("first");
        World.Gate = Policy;
        new RunWriter(World) { Name = "second", Baseline = World.DigestOf("first"), Alter = verdict => verdict with { Environments = own } }.Write();
        await World.RegisterAsync("second");
    }

    private void Certify(string run, Func<Certificate, Certificate>? alter = null)
    {
        var subject = Documents.Read<Verdict>(Path.Combine(World.Runs, run, "verdict.json")).Subject;
        var certificate = new Certificate
        {
            Model = ReleaseWorld.Model,
            Mode = RunMode.Full,
            Certified = true,
            Sentence = "It tells them apart.",
            RunId = run,
            Models = [],
            PolicyDigest = subject.Policy,
            EngineDigest = subject.Engine,
            HoldoutDigest = subject.Holdout,
            Rows = 100,
            Seed = 42,
            Damages = [],
            Improvements = [],
            Null = new() { Repetitions = 200, Rejections = 0, Undecided = 0, Rows = 100, Rate = 0, Lower = 0, Upper = 0.02, Nominal = 0.05, Holds = true, By = [] },
            CreatedAt = World.Time.GetUtcNow(),
        };
        AtomicFile.Write(Path.Combine(World.Runs, run, SelfTestHandler.CertificateFile), alter?.Invoke(certificate) ?? certificate);
    }
}
