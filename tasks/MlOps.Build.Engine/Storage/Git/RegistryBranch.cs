using MlOps.Build.Engine.Processes;

namespace MlOps.Build.Engine.Storage.Git;

/// <summary>
/// A branch that is read and extended through the object database alone: no index, no work tree, no hook, no setting.
/// What was fetched of it is kept under <c>refs/mlops/registry</c>. Call it while holding the clone's lock.
/// </summary>
internal sealed class RegistryBranch(GitCommand git, BranchSettings settings, string commonFolder, bool isShallow, int hashLength)
{
    /// <summary>The file at the top of the branch that says what it is; the number is the version of its layout.</summary>
    public const string Marker = ".mlops-registry-1";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>No clean-up in somebody's repository, and no search for likeness in models, which are compressed already.</summary>
    private static readonly string[] Quiet =
        ["-c", "gc.auto=0", "-c", "maintenance.auto=false", "-c", "core.bigFileThreshold=1m", "-c", "core.compression=1"];

    public BranchSettings Settings => settings;

    /// <summary>What was fetched of the branch last.</summary>
    public string Seen { get; } = $"refs/mlops/registry/{settings.Branch}";

    private string Head { get; } = $"refs/heads/{settings.Branch}";

    /// <summary>The newest commit, or null when the branch does not exist yet.</summary>
    public async Task<string?> FetchAsync(CancellationToken cancellationToken)
    {
        if (settings.Remote is null)
        {
            return await CommitAsync(Head, cancellationToken);
        }

        // Only holders of the clone's lock write this reference: a lock file of git's that is there outlived its process.
        var left = Path.Combine([commonFolder, .. Seen.Split('/')]) + ".lock";
        if (File.Exists(left))
        {
            File.Delete(left);
        }

        string[] fetch =
        [
            .. Quiet, "fetch", "--no-tags", "--no-prune", "--no-recurse-submodules", "--no-write-fetch-head", "--refmap=",
            .. isShallow ? new[] { "--depth=1" } : [], settings.Remote, $"{(isShallow ? "+" : string.Empty)}{Head}:{Seen}",
        ];
        var result = await git.TryAsync(fetch, request => request with { Timeout = Patience }, cancellationToken);
        return RemoteAnswers.OfFetch(result) switch
        {
            RemoteAnswer.Done => await CommitAsync(Seen, cancellationToken),
            RemoteAnswer.NoSuchBranch => await BeforeTheFirstPushAsync(cancellationToken),
            RemoteAnswer.Rewritten => throw BranchProblems.Rewritten(settings, Seen),
            RemoteAnswer.Forbidden => throw BranchProblems.Forbidden(settings, result),
            _ => throw BranchProblems.Unreachable(settings, result),
        };
    }

    /// <summary>Makes <paramref name="commit"/> the newest one if <paramref name="parent"/> still is.</summary>
    public async Task<(RemoteAnswer Answer, ProcessResult Result)> PublishAsync(
        string? parent, string commit, CancellationToken cancellationToken)
    {
        if (settings.Remote is null)
        {
            var update = await git.TryAsync(
                ["update-ref", "--create-reflog", "-m", "mlops", Head, commit, parent ?? new string('0', hashLength)], cancellationToken);
            return (update.Succeeded ? RemoteAnswer.Done : RemoteAnswer.Raced, update);
        }

        string[] push =
        [
            .. Quiet, "-c", "push.gpgSign=false", "push", "--porcelain", "--no-verify", "--no-follow-tags", "--recurse-submodules=no",
            settings.Remote, $"{commit}:{Head}",
        ];
        var result = await git.TryAsync(push, request => request with { Timeout = Patience }, cancellationToken);
        return (RemoteAnswers.OfPush(result), result);
    }

    /// <summary>Writes a commit that nothing names yet.</summary>
    public async Task<string> WriteAsync(FastImport import, CancellationToken cancellationToken)
    {
        string[] write = [.. Quiet, "fast-import", "--quiet", "--done"];
        var result = await git.TryAsync(
            write, request => request with { Input = (stream, token) => import.WriteAsync(stream, hashLength, token) }, cancellationToken);
        var commit = result.Output.Trim();
        return result.Succeeded && commit.Length == hashLength ? commit : throw GitCommand.Failed(write, result);
    }

    /// <summary>Path and blob of every file of a commit.</summary>
    public async Task<IReadOnlyDictionary<string, string>> FilesAsync(string commit, CancellationToken cancellationToken)
    {
        string[] list = ["ls-tree", "-r", "-z", "--full-tree", commit];
        var result = await git.TryAsync(list, cancellationToken);
        return result.Succeeded && !result.OutputTruncated
            ? result.Output.Split('\0', StringSplitOptions.RemoveEmptyEntries)
                .Select(entry => entry.Split('\t'))
                .ToDictionary(entry => entry[1], entry => entry[0].Split(' ')[2], StringComparer.Ordinal)
            : throw GitCommand.Failed(list, result);
    }

    /// <summary>The bytes of blobs, in the order they were asked for.</summary>
    public async Task<IReadOnlyList<byte[]>> ReadAsync(IReadOnlyList<string> blobs, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        string[] read = ["cat-file", "--batch"];
        var result = await git.TryAsync(
            read,
            request => request with
            {
                OutputBytes = bytes,
                Input = async (stream, token) =>
                    await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(string.Join('\n', blobs) + "\n"), token),
            },
            cancellationToken);
        return result.Succeeded && ObjectBatch.Parse(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)) is { } contents && contents.Count == blobs.Count
            ? contents
            : throw GitCommand.Failed(read, result);
    }

    private async Task<string?> BeforeTheFirstPushAsync(CancellationToken cancellationToken)
        => await CommitAsync(Seen, cancellationToken) is null

            // A repository that had no remote before takes what it has along.
            ? await CommitAsync(Head, cancellationToken)
            : throw BranchProblems.Rewritten(settings, Seen);

    private async Task<string?> CommitAsync(string reference, CancellationToken cancellationToken)
    {
        var result = await git.TryAsync(["rev-parse", "--verify", "--quiet", reference + "^{commit}"], cancellationToken);
        return result.Succeeded ? result.Output.Trim() : null;
    }
}
