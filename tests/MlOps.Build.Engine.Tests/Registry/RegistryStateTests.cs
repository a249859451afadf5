using MlOps.Build.Contracts;
using MlOps.Build.Engine.Registry;

namespace MlOps.Build.Engine.Tests.Registry;

public sealed class RegistryStateTests
{
    private static readonly string A = Digest.Of("a");
    private static readonly string B = Digest.Of("b");
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly List<RegistryEvent> events = [];

    [Fact]
    public void Nothing_happened_gives_an_empty_state()
    {
        var state = RegistryState.From([]);

        Assert.Empty(state.Aliases);
        Assert.Null(state.Champion);
        Assert.Equal((0, null), (state.Head.Seq, state.Head.Digest));
    }

    [Fact]
    public void The_package_registered_last_is_the_challenger()
    {
        Register(A);
        Register(B);

        Assert.Equal(B, State.Aliases["challenger"]);
        Assert.Equal([A, B], State.Packages.Select(package => package.Body.ModelDigest));
    }

    [Fact]
    public void A_promotion_moves_the_aliases_it_names_and_ends_the_challenge()
    {
        Register(A);
        Promote("production", A, 1, "champion", "champion@production");

        Assert.Equal(A, State.Champion);
        Assert.Equal(A, State.ChampionOf("production"));
        Assert.False(State.Aliases.ContainsKey("challenger"));
    }

    [Fact]
    public void A_promotion_in_staging_leaves_production_alone()
    {
        Promote("production", A, 1, "champion", "champion@production");
        Promote("staging", B, 1, "champion@staging");

        Assert.Equal((A, A, B), (State.Champion, State.ChampionOf("production"), State.ChampionOf("staging")));
    }

    [Fact]
    public void A_rollback_moves_the_aliases_back_and_the_package_leaves_the_good_ones()
    {
        Promote("production", A, 1, "champion", "champion@production");
        Promote("production", B, 2, "champion", "champion@production");
        RollBack("production", B, A, 3, "champion", "champion@production");

        Assert.Equal((A, A), (State.Champion, State.ChampionOf("production")));
        Assert.Equal([A], State.GoodOf("production"));
    }

    [Theory]
    [InlineData(-1, null)]
    [InlineData(0, "a")]
    [InlineData(9, "a")]
    [InlineData(10, "b")]
    [InlineData(19, "b")]
    [InlineData(20, "a")]
    [InlineData(500, "a")]
    public void What_served_at_a_moment_is_the_last_change_before_it(int minute, string? expected)
    {
        Deploy("production", A, 1, Noon);
        Deploy("staging", B, 1, Noon.AddMinutes(5));
        Deploy("production", B, 2, Noon.AddMinutes(10));
        RollBack("production", B, A, 3, Noon.AddMinutes(20));

        var served = State.ServedAt("production", Noon.AddMinutes(minute));

        Assert.Equal(expected is null ? null : Digest.Of(expected), served);
    }

    [Fact]
    public void The_same_events_give_the_same_state()
    {
        Register(A);
        Promote("production", A, 1, "champion");

        Assert.Equal(State.Aliases, State.Aliases);
        Assert.Equal(State.Head, State.Head);
    }

    [Fact]
    public void An_event_whose_body_does_not_fit_is_a_problem_that_names_it()
    {
        Append(RegistryEventType.Rejected, new RejectedBody(A, "production", "no"));
        events[0] = events[0] with { Type = RegistryEventType.Promoted };

        var problem = Assert.Throws<ProblemException>(() => State).Problem;

        Assert.Equal(("MLO2502", ExitCode.Refused), (problem.Code, problem.Exit));
        Assert.Contains("Event 1", problem.What, StringComparison.Ordinal);
    }

    private RegistryState State => RegistryState.From(events);

    private void Register(string digest) => Append(RegistryEventType.Registered, new RegisteredBody
    {
        ModelDigest = digest,
        ManifestDigest = Digest.Of("manifest " + digest),
        RunId = "run",
        Authors = ["ana"],
        Bootstrap = false,
        Accepted = [],
    });

    private void Promote(string environment, string digest, long generation, params string[] aliases)
        => Append(RegistryEventType.Promoted, new PromotedBody
        {
            Environment = environment,
            ModelDigest = digest,
            Previous = null,
            Generation = generation,
            Aliases = aliases,
        });

    private void Deploy(string environment, string digest, long generation, DateTimeOffset at)
        => Append(
            RegistryEventType.Deployed,
            new DeployedBody
            {
                DeploymentId = Digest.Of($"{environment} {generation}"),
                Environment = environment,
                ModelDigest = digest,
                VerdictDigest = Digest.Of("verdict"),
                Previous = null,
                Generation = generation,
            },
            at);

    private void RollBack(string environment, string from, string to, long generation, params string[] aliases)
        => RollBack(environment, from, to, generation, Noon, aliases);

    private void RollBack(
        string environment, string from, string to, long generation, DateTimeOffset at, params string[] aliases)
        => Append(
            RegistryEventType.RolledBack,
            new RolledBackBody
            {
                DeploymentId = Digest.Of($"{environment} {generation}"),
                Environment = environment,
                From = from,
                To = to,
                Reason = "too many errors",
                Generation = generation,
                Aliases = aliases,
            },
            at);

    private void Append<T>(RegistryEventType type, T body, DateTimeOffset? at = null)
        where T : class
        => events.Add(EventChain.Seal(new RegistryEvent
        {
            Seq = events.Count + 1,
            At = at ?? Noon,
            Actor = "ana",
            Host = LogFixture.Ana.Host,
            Type = type,
            Body = EventDraft.Of(type, body).Body,
            Prev = events.LastOrDefault()?.Digest,
            Digest = string.Empty,
        }));
}
