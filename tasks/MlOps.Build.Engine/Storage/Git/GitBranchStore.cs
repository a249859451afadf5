using System.Collections.Concurrent;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Hosts;
using MlOps.Build.Engine.Processes;

namespace MlOps.Build.Engine.Storage.Git;

/// <summary>
/// A registry on a branch of the project's own repository, for jobs whose machines live no longer than they do. The push of
/// one commit, which is refused unless it goes on from the newest one, is the compare-and-swap. Reads come from what was
/// fetched at most half a minute ago; a write that overlooked something is refused and decided again.
/// </summary>
public sealed class GitBranchStore(
    string projectRoot, RegistryConfiguration settings, IProcessRunner processes, IEnvironment environment, TimeProvider time) : IRegistryStore
{
    private const int Attempts = 20;

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, byte[]> read = new(StringComparer.Ordinal);
    private OpenedBranch? opened;
    private (BranchSnapshot Snapshot, long At)? last;

    public string Name => settings.Remote is { } remote ? $"branch {settings.Branch} of {remote}" : $"branch {settings.Branch}";

    public Task<bool> TryCreateAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        StoreKey.Checked(key);
        return CommitAsync(snapshot => Task.FromResult(snapshot.IsTaken(key) ? null : BranchEdit.Of(key, content)), cancellationToken);
    }

    public async Task<byte[]?> ReadAsync(string key, CancellationToken cancellationToken)
        => await (await SnapshotAsync(cancellationToken)).ReadAsync(StoreKey.Checked(key), cancellationToken);

    public async Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken cancellationToken)
        => (await SnapshotAsync(cancellationToken)).List(StoreKey.Checked(prefix.TrimEnd('/')) + "/");

    public Task ReplaceAsync(string key, ReadOnlyMemory<byte> content, ILease lease, CancellationToken cancellationToken)
    {
        StoreKey.Checked(key);
        return CommitAsync(
            async snapshot =>
            {
                await GitLeases.HeldAsync(snapshot, lease, cancellationToken);
                return BranchEdit.Of(key, content);
            },
            cancellationToken);
    }

    public async Task<bool> HasBlobAsync(string digest, CancellationToken cancellationToken)
        => (await OpenAsync(cancellationToken)).Stage.Has(digest) || Has(await SnapshotAsync(cancellationToken), digest);

    public async Task PutBlobAsync(string digest, Stream content, CancellationToken cancellationToken)
    {
        if (!await HasBlobAsync(digest, cancellationToken))
        {
            var branch = await OpenAsync(cancellationToken);
            using var taken = await branch.Folder.LockAsync(cancellationToken);
            await branch.Stage.PutAsync(digest, content, cancellationToken);
        }
    }

    public async Task<Stream?> OpenBlobAsync(string digest, CancellationToken cancellationToken)
    {
        var key = StoreKey.OfBlob(digest);
        if (await (await OpenAsync(cancellationToken)).Stage.OpenAsync(digest, cancellationToken) is { } waiting)
        {
            return waiting;
        }

        var snapshot = await SnapshotAsync(cancellationToken);
        if (await snapshot.ReadOnceAsync(key, cancellationToken) is { } bytes)
        {
            return new MemoryStream(bytes, writable: false);
        }

        return await snapshot.ReadOnceAsync(PackedBlob.KeyOf(digest), cancellationToken) is { } packed
            ? await PackedBlob.OpenAsync(new MemoryStream(packed, writable: false), BlobStage.LargeLimit, cancellationToken)
            : null;
    }

    public async Task<ILease> AcquireAsync(LeaseRequest request, CancellationToken cancellationToken)
        => await (await OpenAsync(cancellationToken)).Leases.AcquireAsync(request, cancellationToken);

    /// <summary>Commits what <paramref name="decide"/> asks for, and asks again when somebody else was first; whether there was something.</summary>
    /// <exception cref="ProblemException">MLO2522 to MLO2524: the remote refused. MLO2526: somebody else was first each time.</exception>
    internal async Task<bool> CommitAsync(Func<BranchSnapshot, Task<BranchEdit?>> decide, CancellationToken cancellationToken)
    {
        var branch = await OpenAsync(cancellationToken);
        await SnapshotAsync(cancellationToken);
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            using var taken = await branch.Folder.LockAsync(cancellationToken);
            var snapshot = last!.Value.Snapshot;
            if (await decide(snapshot) is not { } edit)
            {
                return false;
            }

            var waiting = await branch.Stage.WaitingAsync(cancellationToken);
            var commit = await branch.Branch.WriteAsync(Import(branch.Stage, snapshot, edit, waiting), cancellationToken);
            var (answer, result) = await branch.Branch.PublishAsync(snapshot.Commit, commit, cancellationToken);
            if (answer == RemoteAnswer.Done)
            {
                await LookAsync(branch, commit, cancellationToken);
                waiting.ToList().ForEach(branch.Stage.Remove);
                return true;
            }

            await LookAsync(branch, await branch.Branch.FetchAsync(cancellationToken), cancellationToken);

            // Every host words a lost race differently: what counts is whether the branch moved.
            if (answer != RemoteAnswer.Raced && last!.Value.Snapshot.Commit == snapshot.Commit)
            {
                throw answer switch
                {
                    RemoteAnswer.Refused => BranchProblems.Refused(branch.Branch.Settings, result),
                    RemoteAnswer.Forbidden => BranchProblems.Forbidden(branch.Branch.Settings, result),
                    _ => BranchProblems.Unreachable(branch.Branch.Settings, result),
                };
            }
        }

        throw BranchProblems.AlwaysSecond(branch.Branch.Settings, Attempts);
    }

    /// <summary>Fetches, however fresh the last look is.</summary>
    internal async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var branch = await OpenAsync(cancellationToken);
        using var taken = await branch.Folder.LockAsync(cancellationToken);
        await LookAsync(branch, await branch.Branch.FetchAsync(cancellationToken), cancellationToken);
    }

    private async Task<BranchSnapshot> SnapshotAsync(CancellationToken cancellationToken)
    {
        if (last is not { } look || time.GetElapsedTime(look.At) > Fresh)
        {
            await RefreshAsync(cancellationToken);
        }

        return last!.Value.Snapshot;
    }

    private async Task LookAsync(OpenedBranch branch, string? commit, CancellationToken cancellationToken)
    {
        if (last is { } look && look.Snapshot.Commit == commit && commit is not null)
        {
            last = (look.Snapshot, time.GetTimestamp());
            return;
        }

        var files = commit is null ? new Dictionary<string, string>() : await branch.Branch.FilesAsync(commit, cancellationToken);
        if (commit is not null && !files.ContainsKey(RegistryBranch.Marker))
        {
            throw BranchProblems.NoRegistry(
                branch.Branch.Settings, $"It exists and has other content: a registry has the file '{RegistryBranch.Marker}' at its top.");
        }

        last = (new BranchSnapshot(branch.Branch, commit, files, read), time.GetTimestamp());
    }

    private FastImport Import(BlobStage stage, BranchSnapshot snapshot, BranchEdit edit, IReadOnlyList<string> waiting)
        => new(
            snapshot.Commit,
            edit.Message,
            time.GetUtcNow(),
            [
                .. snapshot.Commit is not null ? Array.Empty<ImportFile>() :
                [
                    new(RegistryBranch.Marker, []),
                    new("README.md", System.Text.Encoding.UTF8.GetBytes(BranchEdit.About.ReplaceLineEndings("\n"))),
                ],
                .. waiting.Where(digest => !Has(snapshot, digest)).Select(stage.FileOf).Select(blob => new ImportFile(blob.Key, null, blob.File)),
                new(edit.Path, edit.Content),
            ]);

    private static bool Has(BranchSnapshot snapshot, string digest) => snapshot.Has(StoreKey.OfBlob(digest)) || snapshot.Has(PackedBlob.KeyOf(digest));

    /// <summary>Two threads may both look: they see the same.</summary>
    private async Task<OpenedBranch> OpenAsync(CancellationToken cancellationToken)
        => opened ??= await OpenedBranch.OpenAsync(
            projectRoot, settings, processes, environment, clone => new GitLeases(this, clone, time), cancellationToken);
}
