using System.Text.Json.Nodes;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Registry;
using static MlOps.Build.Engine.Tests.Registry.LogFixture;

namespace MlOps.Build.Engine.Tests.Registry;

public sealed class EventChainTests : IDisposable
{
    private readonly LogFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    [Fact]
    public async Task Every_flipped_bit_of_an_event_is_found_and_the_event_is_named()
    {
        await fixture.GivenEventsAsync(3);
        var files = new[] { 1L, 2, 3 }
            .Select(seq => new EventFile(EventChain.KeyOf(Model, seq), File.ReadAllBytes(fixture.EventFile(seq)))).ToArray();
        var head = File.ReadAllBytes(fixture.HeadFile);
        var original = files[1].Bytes.ToArray();

        var missed = new List<string>();
        for (var position = 0; position < original.Length; position++)
        {
            var flipped = original.ToArray();
            flipped[position] ^= (byte)(1 << (position % 8));
            files[1] = new EventFile(files[1].Key, flipped);
            if (EventChain.Check(Model, files, head).Fault?.Seq != 2 && !IsSameContent(original, flipped))
            {
                missed.Add($"byte {position}: {(char)original[position]} -> {(char)flipped[position]}");
            }
        }

        Assert.Empty(missed);
    }

    [Fact]
    public async Task A_field_that_this_version_does_not_know_is_covered_by_the_digest()
    {
        await fixture.GivenEventsAsync(1);
        await EditAsync(1, json => json["note"] = "slipped in");

        Assert.Equal(1, (await fixture.CheckAsync()).Fault?.Seq);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_deleted_event_in_the_middle_is_named(int seq)
    {
        await fixture.GivenEventsAsync(3);
        File.Delete(fixture.EventFile(seq));

        var fault = (await fixture.CheckAsync()).Fault;

        Assert.Equal(seq, fault?.Seq);
        Assert.Contains($"Event {seq} is missing", fault?.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deleted_last_event_is_seen_in_the_head()
    {
        await fixture.GivenEventsAsync(3);
        File.Delete(fixture.EventFile(3));

        Assert.Equal(3, (await fixture.CheckAsync()).Fault?.Seq);
    }

    [Fact]
    public async Task All_events_deleted_are_seen_in_the_head()
    {
        await fixture.GivenEventsAsync(1);
        File.Delete(fixture.EventFile(1));

        Assert.Equal(1, (await fixture.CheckAsync()).Fault?.Seq);
    }

    [Fact]
    public async Task Two_events_that_changed_places_are_found()
    {
        await fixture.GivenEventsAsync(3);
        var first = await File.ReadAllBytesAsync(fixture.EventFile(1), None);
        File.Copy(fixture.EventFile(2), fixture.EventFile(1), overwrite: true);
        await File.WriteAllBytesAsync(fixture.EventFile(2), first, None);

        Assert.Equal(1, (await fixture.CheckAsync()).Fault?.Seq);
    }

    [Fact]
    public async Task An_inserted_event_with_a_right_digest_of_its_own_is_found()
    {
        await fixture.GivenEventsAsync(3);
        var events = (await fixture.CheckAsync()).Events;
        for (var seq = 3; seq >= 2; seq--)
        {
            AtomicFile.Write(fixture.EventFile(seq + 1), EventChain.Seal(events[seq - 1] with { Seq = seq + 1 }));
        }

        AtomicFile.Write(fixture.EventFile(2), EventChain.Seal(events[1] with { Actor = "mallory" }));

        Assert.Equal(3, (await fixture.CheckAsync()).Fault?.Seq);
    }

    [Fact]
    public async Task A_rewritten_event_with_a_new_digest_breaks_the_next_link()
    {
        await fixture.GivenEventsAsync(3);
        var second = (await fixture.CheckAsync()).Events[1];
        AtomicFile.Write(fixture.EventFile(2), EventChain.Seal(second with { Actor = "mallory" }));

        var fault = (await fixture.CheckAsync()).Fault;

        Assert.Equal(3, fault?.Seq);
        Assert.Contains("does not follow", fault?.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rewritten_last_event_does_not_fit_the_head()
    {
        await fixture.GivenEventsAsync(3);
        var third = (await fixture.CheckAsync()).Events[2];
        AtomicFile.Write(fixture.EventFile(3), EventChain.Seal(third with { Actor = "mallory" }));

        Assert.Equal(3, (await fixture.CheckAsync()).Fault?.Seq);
    }

    [Fact]
    public async Task An_event_appended_by_hand_behind_a_stale_head_is_not_taken_for_a_crash()
    {
        await fixture.GivenEventsAsync(3);
        AtomicFile.Write(
            fixture.HeadFile, new RegistryHead { Seq = 1, Digest = (await fixture.CheckAsync()).Events[0].Digest });

        Assert.Equal(2, (await fixture.CheckAsync()).Fault?.Seq);
    }

    [Fact]
    public async Task A_missing_head_is_a_crash_after_the_first_event_and_a_fault_later()
    {
        await fixture.GivenEventsAsync(1);
        File.Delete(fixture.HeadFile);
        var young = await fixture.CheckAsync();
        await fixture.GivenEventsAsync(1);
        File.Delete(fixture.HeadFile);

        Assert.True(young.HeadIsBehind);
        Assert.NotNull((await fixture.CheckAsync()).Fault);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"schema":"mlops/registry-head/1","seq":-3,"digest":null}""")]
    [InlineData("""{"schema":"mlops/registry-head/1","seq":0,"digest":"sha256:00"}""")]
    public async Task A_head_that_makes_no_sense_is_a_fault(string head)
    {
        await fixture.GivenEventsAsync(1);
        await File.WriteAllTextAsync(fixture.HeadFile, head, None);

        Assert.NotNull((await fixture.CheckAsync()).Fault);
    }

    [Fact]
    public async Task A_foreign_file_among_the_events_is_a_fault()
    {
        await fixture.GivenEventsAsync(2);
        File.Copy(fixture.EventFile(2), Path.ChangeExtension(fixture.EventFile(2), ".bak"));

        Assert.NotNull((await fixture.CheckAsync()).Fault);
    }

    private async Task EditAsync(long seq, Action<JsonObject> edit)
    {
        var json = JsonNode.Parse(await File.ReadAllBytesAsync(fixture.EventFile(seq), None))!.AsObject();
        edit(json);
        await File.WriteAllTextAsync(fixture.EventFile(seq), json.ToJsonString(), None);
    }

    /// <summary>JSON has several spellings of one text (<c>\u003C</c>, <c>\u003c</c>); no meaning changes with them.</summary>
    private static bool IsSameContent(byte[] left, byte[] right)
    {
        try
        {
            return JsonNode.DeepEquals(JsonNode.Parse(left), JsonNode.Parse(right));
        }
        catch (System.Text.Json.JsonException)
        {
            return false;
        }
    }
}
