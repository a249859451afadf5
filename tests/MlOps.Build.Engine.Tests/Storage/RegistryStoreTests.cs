using System.Text;
using Microsoft.Extensions.Time.Testing;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Storage;

namespace MlOps.Build.Engine.Tests.Storage;

/// <summary>What every registry store does. A new store derives from this class and opens itself.</summary>
public abstract class RegistryStoreTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    protected FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));

    /// <summary>Opens the same store, as another process would.</summary>
    protected abstract IRegistryStore Open(TimeProvider time);

    private IRegistryStore Open() => Open(Time);

    [Fact]
    public async Task An_object_is_read_as_it_was_created()
    {
        Assert.True(await Open().TryCreateAsync("models/late/events/0000000001.json", Bytes("one"), None));

        Assert.Equal("one", Text(await Open().ReadAsync("models/late/events/0000000001.json", None)));
    }

    [Fact]
    public async Task An_object_that_is_not_there_is_null()
        => Assert.Null(await Open().ReadAsync("models/late/head.json", None));

    [Fact]
    public async Task A_second_creation_is_refused_and_changes_nothing()
    {
        await Open().TryCreateAsync("a/b.json", Bytes("first"), None);

        Assert.False(await Open().TryCreateAsync("a/b.json", Bytes("second"), None));
        Assert.Equal("first", Text(await Open().ReadAsync("a/b.json", None)));
    }

    [Fact]
    public async Task Of_many_creations_at_once_exactly_one_wins_and_its_bytes_stay()
    {
        for (var round = 0; round < 20; round++)
        {
            var key = $"a/{round}.json";
            using var start = new Barrier(4);

            var won = await Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(async () =>
            {
                start.SignalAndWait();
                return await Open().TryCreateAsync(key, Bytes($"writer {writer}"), None);
            })));

            var winner = Array.IndexOf(won, true);
            Assert.Single(won, true);
            Assert.Equal($"writer {winner}", Text(await Open().ReadAsync(key, None)));
        }
    }

    [Fact]
    public async Task A_list_is_in_ordinal_order_and_stays_inside_its_folder()
    {
        foreach (var key in (string[])["m/b/2.json", "m/b/10.json", "m/B/1.json", "m/bc/1.json", "n/1.json"])
        {
            await Open().TryCreateAsync(key, Bytes("x"), None);
        }

        Assert.Equal(["m/b/10.json", "m/b/2.json"], await Open().ListAsync("m/b/", None));
        Assert.Equal(["m/B/1.json", "m/b/10.json", "m/b/2.json", "m/bc/1.json"], await Open().ListAsync("m/", None));
    }

    [Fact]
    public async Task A_list_of_a_folder_that_is_not_there_is_empty()
        => Assert.Empty(await Open().ListAsync("models/", None));

    [Theory]
    [InlineData("../outside.json")]
    [InlineData("a//b")]
    [InlineData("/etc/passwd")]
    [InlineData(".leases/late.json")]
    [InlineData("a\\b")]
    [InlineData("a/b:c")]
    [InlineData("")]
    public async Task A_key_that_leads_elsewhere_is_refused(string key)
    {
        var problem = await Assert.ThrowsAsync<ProblemException>(() => Open().TryCreateAsync(key, Bytes("x"), None));

        Assert.Equal("MLO2506", problem.Problem.Code);
    }

    [Fact]
    public async Task A_blob_is_read_as_it_was_put()
    {
        var digest = Digest.Of("model bytes");

        await PutAsync(digest, "model bytes");

        await using var stream = await Open().OpenBlobAsync(digest, None);
        Assert.Equal("model bytes", await new StreamReader(stream!).ReadToEndAsync(None));
        Assert.True(await Open().HasBlobAsync(digest, None));
    }

    [Fact]
    public async Task A_blob_that_is_not_there_is_null()
    {
        Assert.Null(await Open().OpenBlobAsync(Digest.Of("nothing"), None));
        Assert.False(await Open().HasBlobAsync(Digest.Of("nothing"), None));
    }

    [Fact]
    public async Task A_blob_with_other_bytes_than_announced_is_refused_and_leaves_nothing()
    {
        var digest = Digest.Of("announced");

        var problem = await Assert.ThrowsAsync<ProblemException>(() => PutAsync(digest, "arrived"));

        Assert.Equal(("MLO2505", ExitCode.Refused), (problem.Problem.Code, problem.Problem.Exit));
        Assert.Contains(Digest.Of("arrived"), problem.Problem.Why, StringComparison.Ordinal);
        Assert.False(await Open().HasBlobAsync(digest, None));
    }

    [Fact]
    public async Task A_blob_that_is_there_already_is_not_written_again()
    {
        var digest = Digest.Of("same");
        await PutAsync(digest, "same");

        await PutAsync(digest, "same");

        Assert.True(await Open().HasBlobAsync(digest, None));
    }

    [Fact]
    public async Task A_blob_that_breaks_off_while_it_is_copied_leaves_nothing()
    {
        var digest = Digest.Of("long");

        await Assert.ThrowsAsync<IOException>(() => Open().PutBlobAsync(digest, new BrokenStream(), None));

        Assert.False(await Open().HasBlobAsync(digest, None));
    }

    [Fact]
    public async Task A_lease_that_is_held_is_not_given_to_a_second_owner()
    {
        await using var lease = await Open().AcquireAsync(new LeaseRequest("late", "ana"), None);

        var problem = await Assert.ThrowsAsync<ProblemException>(
            () => Open().AcquireAsync(new LeaseRequest("late", "ben") { Wait = TimeSpan.Zero }, None));

        Assert.Equal(("MLO2503", ExitCode.Unavailable), (problem.Problem.Code, problem.Problem.Exit));
        Assert.Contains("ana", problem.Problem.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leases_on_two_resources_do_not_meet()
    {
        await using var late = await Open().AcquireAsync(new LeaseRequest("late", "ana"), None);
        await using var early = await Open().AcquireAsync(new LeaseRequest("early", "ben"), None);

        Assert.NotSame(late, early);
    }

    [Fact]
    public async Task A_lease_that_was_given_back_goes_to_the_next_owner_with_a_greater_token()
    {
        var first = await Open().AcquireAsync(new LeaseRequest("late", "ana"), None);
        await first.DisposeAsync();

        await using var second = await Open().AcquireAsync(new LeaseRequest("late", "ben"), None);

        Assert.True(second.Token > first.Token);
    }

    [Fact]
    public async Task An_expired_lease_is_taken_over_and_its_old_owner_can_write_no_more()
    {
        await using var slow = await Open().AcquireAsync(
            new LeaseRequest("late", "slow") { Duration = TimeSpan.FromMinutes(1) }, None);
        Time.Advance(TimeSpan.FromMinutes(2));
        await using var quick = await Open().AcquireAsync(new LeaseRequest("late", "quick"), None);
        await Open().ReplaceAsync("head.json", Bytes("quick"), quick, None);

        var write = await Assert.ThrowsAsync<ProblemException>(
            () => Open().ReplaceAsync("head.json", Bytes("slow"), slow, None));
        var renewal = await Assert.ThrowsAsync<ProblemException>(() => slow.RenewAsync(None));

        Assert.Equal(("MLO2504", "MLO2504"), (write.Problem.Code, renewal.Problem.Code));
        Assert.Equal("quick", Text(await Open().ReadAsync("head.json", None)));
    }

    [Fact]
    public async Task A_late_owner_who_gives_back_does_not_free_the_lease_of_the_next()
    {
        var slow = await Open().AcquireAsync(
            new LeaseRequest("late", "slow") { Duration = TimeSpan.FromMinutes(1) }, None);
        Time.Advance(TimeSpan.FromMinutes(2));
        await using var quick = await Open().AcquireAsync(new LeaseRequest("late", "quick"), None);

        await slow.DisposeAsync();

        await quick.RenewAsync(None);
        await Assert.ThrowsAsync<ProblemException>(
            () => Open().AcquireAsync(new LeaseRequest("late", "third") { Wait = TimeSpan.Zero }, None));
    }

    [Fact]
    public async Task A_renewed_lease_outlives_its_first_end()
    {
        await using var lease = await Open().AcquireAsync(
            new LeaseRequest("late", "ana") { Duration = TimeSpan.FromMinutes(1) }, None);
        Time.Advance(TimeSpan.FromSeconds(50));
        await lease.RenewAsync(None);
        Time.Advance(TimeSpan.FromSeconds(50));

        await Assert.ThrowsAsync<ProblemException>(
            () => Open().AcquireAsync(new LeaseRequest("late", "ben") { Wait = TimeSpan.Zero }, None));
    }

    [Fact]
    public async Task Owners_who_wait_get_the_lease_one_after_the_other()
    {
        var inside = 0;
        var most = 0;

        var tokens = await Task.WhenAll(Enumerable.Range(0, 4).Select(owner => Task.Run(async () =>
        {
            await using var lease = await Open(TimeProvider.System)
                .AcquireAsync(new LeaseRequest("late", $"owner {owner}"), None);
            most = Math.Max(most, Interlocked.Increment(ref inside));
            await Task.Yield();
            Interlocked.Decrement(ref inside);
            return lease.Token;
        })));

        Assert.Equal(1, most);
        Assert.Equal(4, tokens.Distinct().Count());
    }

    private async Task PutAsync(string digest, string content)
    {
        using var stream = new MemoryStream(Bytes(content));
        await Open().PutBlobAsync(digest, stream, None);
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string? Text(byte[]? bytes) => bytes is null ? null : Encoding.UTF8.GetString(bytes);

    private sealed class BrokenStream : MemoryStream
    {
        private int reads;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
            => reads++ == 0 ? ValueTask.FromResult(8) : throw new IOException("The disk went away.");
    }
}
