using MlOps.Build.Contracts;
using MlOps.Build.Engine.Approval;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Deployment;
using MlOps.Build.Engine.Tests.Evaluating;
using MlOps.Build.Engine.Tests.Registry;

namespace MlOps.Build.Engine.Tests.Approval;

/// <summary>A project's own mlops.yml cannot judge below the floor that its pipeline's owner demands.</summary>
public sealed class RequiredPolicyTests : IDisposable
{
    private const string Floor = "sha256:1111111111111111111111111111111111111111111111111111111111111111";
    private const string Next = "sha256:2222222222222222222222222222222222222222222222222222222222222222";

    private readonly ReleaseFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    [Theory]
    [InlineData(null)]
    [InlineData(Floor)]
    [InlineData(Next + "," + Floor)]
    [InlineData(" " + Next + "\n" + Floor + " ")]
    public void What_was_judged_by_the_rules_of_a_demanded_file_passes(string? demanded)
        => RequiredPolicy.Require(demanded, Judged(new("policies/floor.yml", Floor), from: "policies/floor.yml"));

    [Theory]
    [InlineData(Next, "policies/floor.yml", "come from policies/floor.yml (sha256:1111")]
    [InlineData("sha256:1111", "policies/floor.yml", "come from policies/floor.yml")]
    [InlineData(" , ", "policies/floor.yml", "come from policies/floor.yml")]
    [InlineData(Floor, null, "No rule of its verdict comes from a policy file.")]
    [InlineData(Floor, "policies/other.yml", "No rule of its verdict comes from a policy file.")]
    public void What_was_judged_by_other_rules_is_refused_also_where_the_file_is_only_named(string demanded, string? from, string why)
    {
        var problem = Assert.Throws<ProblemException>(() => RequiredPolicy.Require(demanded, Judged(new("policies/floor.yml", Floor), from))).Problem;

        Assert.Equal(("MLO2945", ExitCode.Refused), (problem.Code, problem.Exit));
        Assert.Contains(why, problem.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_only_an_environment_builds_on_has_no_say_in_the_verdict()
    {
        var verdict = Judged(new("policies/floor.yml", Floor), "policies/floor.yml", environment: "staging");

        Assert.Equal("policies/floor.yml", Assert.Single(Assert.Single(verdict.Environments!).Findings).Measurement.From);
        Assert.Equal("MLO2945", Assert.Throws<ProblemException>(() => RequiredPolicy.Require(Floor, verdict)).Problem.Code);
    }

    [Fact]
    public async Task A_model_that_was_judged_below_it_is_not_deployed_and_nothing_changes()
    {
        var world = fixture.World;
        await world.GivenAsync("first", "second registered", "second approved");
        var request = new DeployRequest(world.DigestOf("second"), "production");

        await ReleaseFixture.AssertRefused("MLO2945", "No rule of its verdict", () => new DeployHandler(world.Deployment).HandleAsync(request with { RequiredPolicy = Floor }, TestContext.Current.CancellationToken));

        Assert.False((await new DeployHandler(world.Deployment).HandleAsync(request, TestContext.Current.CancellationToken)).AlreadyDeployed);
    }

    /// <summary>A verdict on a rule of this file, and for the policy of an environment also on one of mlops.yml: a gate has a rule.</summary>
    private static Verdict Judged(PolicySource policy, string? from, string? environment = null)
        => new EvaluationFixture(400)
        {
            Policy = new() { Policies = [policy] },
            Rules =
            [
                new() { Metric = "auc", NoWorseBy = new(0.05, false), From = from, Environment = environment },
                .. environment is null ? Array.Empty<GateRule>() : [new() { Metric = "log-loss", NoWorseBy = new(0.05, true) }],
            ],
        }.Train(1.3, 0.5).Judge();
}
