using System.Text.Json;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Runs;

namespace MlOps.Build.Engine.Storage.Git;

/// <summary>
/// Leases as files of the branch. Taking one is a commit, so that two clones cannot both succeed. A holder of this clone
/// that died is seen at once by its life file, one elsewhere when the lease ends.
/// </summary>
internal sealed class GitLeases(GitBranchStore store, CloneFolder clone, TimeProvider time)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    /// <summary>Takes a lease.</summary>
    /// <exception cref="ProblemException">MLO2503: somebody else held it for the whole wait.</exception>
    public async Task<ILease> AcquireAsync(LeaseRequest request, CancellationToken cancellationToken)
    {
        StoreKey.Checked(request.Name);
        var holder = Ulid.NewUlid().ToString();
        var life = FileLock.TryTake(clone.LifeFile(holder))!;
        ILease? lease = null;
        try
        {
            var started = time.GetTimestamp();
            for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
            {
                var (token, busy) = await TryTakeAsync(request, holder, cancellationToken);
                if (busy is null)
                {
                    return lease = new GitLease(this, request, token, holder, life, time.GetUtcNow() + request.Duration);
                }

                if (time.GetElapsedTime(started) >= request.Wait)
                {
                    throw StoreProblems.Busy(request.Name, busy);
                }

                await Task.Delay(pause, time, cancellationToken);
                await store.RefreshAsync(cancellationToken);
            }
        }
        finally
        {
            if (lease is null)
            {
                End(holder, life);
            }
        }
    }

    /// <summary>The record of a lease that is held.</summary>
    /// <exception cref="ProblemException">MLO2504: it has passed to somebody else.</exception>
    public static async Task<LeaseRecord> HeldAsync(BranchSnapshot snapshot, ILease lease, CancellationToken cancellationToken)
        => await ReadAsync(snapshot, lease.Name, cancellationToken) is { Released: false } record && record.Token == lease.Token
            ? record
            : throw StoreProblems.Lost(lease.Name);

    private async Task<(long Token, LeaseRecord? Busy)> TryTakeAsync(
        LeaseRequest request, string holder, CancellationToken cancellationToken)
    {
        long token = 0;
        LeaseRecord? busy = null;
        await store.CommitAsync(
            async snapshot =>
            {
                var last = await ReadAsync(snapshot, request.Name, cancellationToken);
                busy = last is null || IsFree(last) ? null : last;
                token = (last?.Token ?? 0) + 1;
                return busy is not null ? null : Edit($"Lease {request.Name} to {request.Owner}", request.Name, new LeaseRecord
                {
                    Token = token,
                    Owner = request.Owner,
                    Machine = $"{clone.Id()}/{holder}",
                    ExpiresAt = time.GetUtcNow() + request.Duration,
                    Released = false,
                });
            },
            cancellationToken);
        return (token, busy);
    }

    private async Task ExtendAsync(ILease lease, DateTimeOffset until, CancellationToken cancellationToken)
        => await store.CommitAsync(
            async snapshot => Edit(
                $"Renew the lease of {lease.Name}",
                lease.Name,
                await HeldAsync(snapshot, lease, cancellationToken) with { ExpiresAt = until }),
            cancellationToken);

    private async Task GiveBackAsync(ILease lease)
        => await store.CommitAsync(
            async snapshot => await ReadAsync(snapshot, lease.Name, CancellationToken.None) is { Released: false } record && record.Token == lease.Token
                ? Edit($"Give {lease.Name} back", lease.Name, record with { Released = true })
                : null,
            CancellationToken.None);

    private DateTimeOffset Now => time.GetUtcNow();

    private bool IsFree(LeaseRecord last)
        => last.Released
            || last.ExpiresAt <= time.GetUtcNow()
            || (last.Machine.StartsWith(clone.Id() + "/", StringComparison.Ordinal)
                && !FileLock.IsHeld(clone.LifeFile(last.Machine.Split('/')[^1])));

    private void End(string holder, FileLock life)
    {
        life.Dispose();
        File.Delete(clone.LifeFile(holder));
    }

    private static string PathOf(string name) => $".leases/{name}.json";

    private static BranchEdit Edit(string message, string name, LeaseRecord record)
        => new(message, PathOf(name), JsonSerializer.SerializeToUtf8Bytes(record, LeaseContext.Default.LeaseRecord));

    private static async Task<LeaseRecord?> ReadAsync(BranchSnapshot snapshot, string name, CancellationToken cancellationToken)
        => await snapshot.ReadAsync(PathOf(name), cancellationToken) is { } bytes
            ? JsonSerializer.Deserialize(bytes, LeaseContext.Default.LeaseRecord)
            : null;

    private sealed class GitLease(
        GitLeases leases, LeaseRequest request, long token, string holder, FileLock life, DateTimeOffset until) : ILease
    {
        private DateTimeOffset until = until;

        public string Name => request.Name;

        public long Token => token;

        /// <summary>
        /// While more than half of the time is left nobody can have taken it, and every write proves it once more with its
        /// push: the branch hears of a renewal only when it is needed.
        /// </summary>
        public async Task RenewAsync(CancellationToken cancellationToken)
        {
            var now = leases.Now;
            if (until - now <= request.Duration / 2)
            {
                await leases.ExtendAsync(this, now + request.Duration, cancellationToken);
                until = now + request.Duration;
            }
        }

        public async ValueTask DisposeAsync()
        {
            try
            {
                await leases.GiveBackAsync(this);
            }
            catch (ProblemException)
            {
                // What was done under the lease is done; one that cannot be given back ends by itself.
            }
            finally
            {
                leases.End(holder, life);
            }
        }
    }
}
