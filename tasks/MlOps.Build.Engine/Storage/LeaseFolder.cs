using System.Text.Json;
using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Storage;

/// <summary>
/// Leases in a folder. Short critical sections are guarded by an open file that the operating system closes when a
/// process dies; the lease itself is a record with an end, so that a holder on another machine can die as well.
/// While it lives, a holder keeps a file of its own open: on the same machine nobody waits for the dead.
/// </summary>
public sealed class LeaseFolder(string directory, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Takes a lease.</summary>
    /// <exception cref="ProblemException">MLO2503: somebody else held it for the whole wait.</exception>
    public async Task<ILease> AcquireAsync(LeaseRequest request, CancellationToken cancellationToken)
    {
        StoreKey.Checked(request.Name);
        Directory.CreateDirectory(directory);
        var started = time.GetTimestamp();
        while (true)
        {
            var (lease, holder) = await TryAcquireAsync(request, cancellationToken);
            if (lease is not null)
            {
                return lease;
            }

            if (time.GetElapsedTime(started) >= request.Wait)
            {
                throw StoreProblems.Busy(request.Name, holder!);
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    /// <summary>Does something that only the holder may do, at a moment when nobody can take the lease over.</summary>
    /// <exception cref="ProblemException">MLO2504: the lease has passed to somebody else.</exception>
    internal async Task WhileHeldAsync(ILease lease, Func<Task> action, CancellationToken cancellationToken)
    {
        await using var guard = await GuardAsync(lease.Name, cancellationToken);
        if (Read(lease.Name) is not { Released: false } record || record.Token != lease.Token)
        {
            throw StoreProblems.Lost(lease.Name);
        }

        await action();
    }

    internal async Task RenewAsync(ILease lease, TimeSpan duration, CancellationToken cancellationToken)
        => await WhileHeldAsync(
            lease,
            () => WriteAsync(lease.Name, Read(lease.Name)! with { ExpiresAt = time.GetUtcNow() + duration }, cancellationToken),
            cancellationToken);

    internal async Task ReleaseAsync(ILease lease)
    {
        await using var guard = await GuardAsync(lease.Name, CancellationToken.None);
        if (Read(lease.Name) is { } record && record.Token == lease.Token)
        {
            await WriteAsync(lease.Name, record with { Released = true }, CancellationToken.None);
        }
    }

    internal string LifeFile(string name, long token)
        => Path.Combine(directory, FormattableString.Invariant($"{name}.{token}.alive"));

    private async Task<(ILease? Lease, LeaseRecord? Holder)> TryAcquireAsync(
        LeaseRequest request, CancellationToken cancellationToken)
    {
        await using var guard = await GuardAsync(request.Name, cancellationToken);
        var last = Read(request.Name);
        if (last is not null && !IsFree(request.Name, last))
        {
            return (null, last);
        }

        var record = new LeaseRecord
        {
            Token = (last?.Token ?? 0) + 1,
            Owner = request.Owner,
            Machine = Environment.MachineName,
            ExpiresAt = time.GetUtcNow() + request.Duration,
            Released = false,
        };
        var life = new FileStream(LifeFile(request.Name, record.Token), FileMode.Create, FileAccess.Write, FileShare.None);
        await WriteAsync(request.Name, record, cancellationToken);
        return (new FolderLease(this, request, record.Token, life), null);
    }

    private bool IsFree(string name, LeaseRecord last)
        => last.Released
            || last.ExpiresAt <= time.GetUtcNow()
            || (last.Machine == Environment.MachineName && IsDead(LifeFile(name, last.Token)));

    private static bool IsDead(string lifeFile)
    {
        try
        {
            new FileStream(lifeFile, FileMode.Open, FileAccess.Write, FileShare.None).Dispose();
            File.Delete(lifeFile);
            return true;
        }
        catch (FileNotFoundException)
        {
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private LeaseRecord? Read(string name)
    {
        var path = Path.Combine(directory, name + ".json");
        return File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllBytes(path), LeaseContext.Default.LeaseRecord) : null;
    }

    private async Task WriteAsync(string name, LeaseRecord record, CancellationToken cancellationToken)
        => await SharedFile.ReplaceAsync(
            Path.Combine(directory, name + ".json"),
            JsonSerializer.SerializeToUtf8Bytes(record, LeaseContext.Default.LeaseRecord),
            time,
            cancellationToken);

    private async Task<FileStream> GuardAsync(string name, CancellationToken cancellationToken)
    {
        var path = Path.Combine(directory, name + ".guard");
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path))
            {
                // Somebody else is in the critical section, which lasts as long as writing one small file.
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }

    private sealed class FolderLease(LeaseFolder folder, LeaseRequest request, long token, FileStream life) : ILease
    {
        public string Name => request.Name;

        public long Token => token;

        public Task RenewAsync(CancellationToken cancellationToken) => folder.RenewAsync(this, request.Duration, cancellationToken);

        public async ValueTask DisposeAsync()
        {
            await folder.ReleaseAsync(this);
            await life.DisposeAsync();
            File.Delete(folder.LifeFile(Name, token));
        }
    }
}
