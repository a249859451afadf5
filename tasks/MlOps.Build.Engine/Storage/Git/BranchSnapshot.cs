using System.Collections.Concurrent;

namespace MlOps.Build.Engine.Storage.Git;

/// <summary>The files of one commit. What was read once stays in memory, by the id of its bytes.</summary>
internal sealed class BranchSnapshot(
    RegistryBranch branch, string? commit, IReadOnlyDictionary<string, string> files, ConcurrentDictionary<string, byte[]> read)
{
    /// <summary>The commit; null when the branch does not exist yet.</summary>
    public string? Commit => commit;

    public bool Has(string path) => files.ContainsKey(path);

    /// <summary>Whether a new file of that name would take the place of something.</summary>
    public bool IsTaken(string path)
        => Has(path) || files.Keys.Any(file => file.StartsWith(path + "/", StringComparison.Ordinal)
            || path.StartsWith(file + "/", StringComparison.Ordinal));

    /// <summary>The paths below a folder, in ordinal order, without hidden ones.</summary>
    public IReadOnlyList<string> List(string prefix)
        => [.. files.Keys
            .Where(path => path.StartsWith(prefix, StringComparison.Ordinal) && !Path.GetFileName(path).StartsWith('.'))
            .Order(StringComparer.Ordinal)];

    /// <summary>
    /// A small file's bytes, or null when there is none. Its whole folder is read at once: who reads one event reads all.
    /// </summary>
    public async Task<byte[]?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        if (!files.TryGetValue(path, out var wanted))
        {
            return null;
        }

        if (!read.ContainsKey(wanted))
        {
            var folder = path[..(path.LastIndexOf('/') + 1)];
            var blobs = files
                .Where(file => file.Key.StartsWith(folder, StringComparison.Ordinal) && !file.Key.AsSpan(folder.Length).Contains('/'))
                .Select(file => file.Value)
                .Where(blob => !read.ContainsKey(blob))
                .Distinct(StringComparer.Ordinal)
                .ToArray();
            var contents = await branch.ReadAsync(blobs, cancellationToken);
            for (var index = 0; index < blobs.Length; index++)
            {
                read[blobs[index]] = contents[index];
            }
        }

        return [.. read[wanted]];
    }

    /// <summary>A blob's bytes, which are not kept, or null when there is none.</summary>
    public async Task<byte[]?> ReadOnceAsync(string path, CancellationToken cancellationToken)
        => files.TryGetValue(path, out var blob) ? (await branch.ReadAsync([blob], cancellationToken))[0] : null;
}
