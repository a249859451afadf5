using MlOps.Build.Contracts;
using MlOps.Build.Engine.Registry;
using static MlOps.Build.Engine.Tests.Registry.LogFixture;

namespace MlOps.Build.Engine.Tests.Registry;

public sealed class RegistryLogTests : IDisposable
{
    private readonly LogFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    [Fact]
    public async Task A_model_without_events_has_an_empty_chain_without_fault()
    {
        var chain = await fixture.CheckAsync();

        Assert.Empty(chain.Events);
        Assert.Null(chain.Fault);
    }

    [Fact]
    public async Task Events_are_numbered_from_one_and_each_names_the_one_before()
    {
        await fixture.GivenEventsAsync(3);

        var events = (await fixture.CheckAsync()).Events;

        Assert.Equal([1, 2, 3], events.Select(item => item.Seq));
        Assert.Equal([null, events[0].Digest, events[1].Digest], events.Select(item => item.Prev));
        Assert.True(File.Exists(fixture.EventFile(3)));
    }

    [Fact]
    public async Task An_event_says_who_wrote_it_when_and_where()
    {
        await fixture.GivenEventsAsync(1);

        var item = (await fixture.CheckAsync()).Events[0];

        Assert.Equal(("ana", "local"), (item.Actor, item.Host.Name));
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero), item.At);
    }

    [Fact]
    public async Task The_digest_covers_the_canonical_form_without_itself()
    {
        await fixture.GivenEventsAsync(1);
        var item = (await fixture.CheckAsync()).Events[0];

        var json = System.Text.Json.Nodes.JsonNode.Parse(await File.ReadAllBytesAsync(fixture.EventFile(1), None))!.AsObject();
        json.Remove("digest");
        using var document = System.Text.Json.JsonDocument.Parse(json.ToJsonString());

        Assert.Equal(Digest.Of(CanonicalJson.Of(document.RootElement)), item.Digest);
    }

    [Fact]
    public async Task A_clock_that_is_behind_does_not_turn_time_back()
    {
        await fixture.GivenEventsAsync(1);
        var slowClock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(
            new DateTimeOffset(2026, 11, 22, 9, 0, 0, TimeSpan.Zero));

        await fixture.LogOf(slowClock).AppendAsync(Model, _ => [Refusal("from another machine")], None);

        var events = (await fixture.CheckAsync()).Events;
        Assert.True(events[1].At >= events[0].At);
    }

    [Fact]
    public async Task Deciding_for_nothing_appends_nothing()
    {
        await fixture.GivenEventsAsync(1);

        await fixture.AppendAsync();

        Assert.Single((await fixture.CheckAsync()).Events);
    }

    [Fact]
    public async Task The_decision_sees_what_is_there()
    {
        await fixture.GivenEventsAsync(2);
        RegistryState? seen = null;

        await fixture.Log.AppendAsync(
            Model,
            state =>
            {
                seen = state;
                return [];
            },
            None);

        Assert.Equal(2, seen!.Rejections.Count);
        Assert.Equal(2, seen.Head.Seq);
    }

    [Fact]
    public async Task Two_appenders_at_once_both_land_without_a_gap()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < 5; i++)
            {
                await fixture.LogOf(TimeProvider.System).AppendAsync(Model, _ => [Refusal($"{writer}.{i}")], None);
            }
        })));

        var chain = await fixture.CheckAsync();
        var comments = RegistryState.From(chain.Events).Rejections.Select(item => item.Body.Comment);
        Assert.Null(chain.Fault);
        Assert.Equal(20, comments.Distinct().Count());
        Assert.Equal(20, chain.Events[^1].Seq);
    }

    [Fact]
    public async Task A_reader_beside_writers_never_sees_a_broken_chain()
    {
        var writer = Task.Run(
            async () =>
            {
                for (var i = 0; i < 20; i++)
                {
                    await fixture.LogOf(TimeProvider.System).AppendAsync(Model, _ => [Refusal($"{i}")], None);
                }
            },
            None);

        var faults = new List<ChainFault?>();
        while (!writer.IsCompleted)
        {
            faults.Add((await fixture.CheckAsync()).Fault);
        }

        await writer;
        Assert.All(faults, Assert.Null);
    }

    [Fact]
    public async Task A_number_that_somebody_else_took_is_decided_again()
    {
        await fixture.GivenEventsAsync(1);
        var asked = 0;
        var stolen = false;
        var probe = new Probe(async place =>
        {
            // Somebody without a lease, such as a writer that was stopped while it held one.
            if (place.StartsWith("before event", StringComparison.Ordinal) && !stolen)
            {
                stolen = true;
                var next = EventChain.Seal((await fixture.CheckAsync()).Events[0] with
                {
                    Seq = 2,
                    Prev = (await fixture.CheckAsync()).Events[0].Digest,
                });
                AtomicFile.Write(fixture.EventFile(2), next);
            }
        });

        await fixture.LogOf(fixture.Time, probe).AppendAsync(
            Model,
            _ =>
            {
                asked++;
                return [Refusal("mine")];
            },
            None);

        var chain = await fixture.CheckAsync();
        Assert.Equal(2, asked);
        Assert.Null(chain.Fault);
        Assert.Equal("mine", RegistryState.From(chain.Events).Rejections[2].Body.Comment);
    }

    [Fact]
    public async Task A_writer_that_died_between_event_and_head_is_followed_by_one_that_repairs_the_head()
    {
        await fixture.GivenEventsAsync(1);
        var dying = fixture.LogOf(fixture.Time, new Probe(place => place.StartsWith("between", StringComparison.Ordinal)
            ? throw new OperationCanceledException("killed")
            : Task.CompletedTask));
        await Assert.ThrowsAsync<OperationCanceledException>(() => dying.AppendAsync(Model, _ => [Refusal("two")], None));

        var behind = await fixture.CheckAsync();
        await fixture.AppendAsync(Refusal("three"));
        var repaired = await fixture.CheckAsync();

        Assert.True(behind.HeadIsBehind);
        Assert.Null(behind.Fault);
        Assert.Equal((3, false), (repaired.Events.Count, repaired.HeadIsBehind));
        Assert.Equal(3, Documents.Read<RegistryHead>(fixture.HeadFile).Seq);
    }

    [Fact]
    public async Task A_head_that_is_behind_is_repaired_even_when_nothing_is_appended()
    {
        await fixture.GivenEventsAsync(2);
        AtomicFile.Write(
            fixture.HeadFile, new RegistryHead { Seq = 1, Digest = (await fixture.CheckAsync()).Events[0].Digest });

        await fixture.AppendAsync();

        Assert.Equal(2, Documents.Read<RegistryHead>(fixture.HeadFile).Seq);
    }

    [Fact]
    public async Task A_broken_chain_is_not_extended()
    {
        await fixture.GivenEventsAsync(2);
        File.Delete(fixture.EventFile(1));

        var problem = await Assert.ThrowsAsync<ProblemException>(() => fixture.AppendAsync(Refusal("more")));

        Assert.Equal(("MLO2501", ExitCode.Refused), (problem.Problem.Code, problem.Problem.Exit));
        Assert.False(File.Exists(fixture.EventFile(3)));
    }

    [Fact]
    public async Task Models_are_listed_by_name()
    {
        await fixture.GivenEventsAsync(1);
        await fixture.Log.AppendAsync("another", _ => [Refusal("x")], None);

        Assert.Equal(["another", Model], await fixture.Log.ModelsAsync(None));
    }
}
