using MlOps.Build.Contracts;
using MlOps.Build.Engine.Storage;

namespace MlOps.Build.Engine.Registry;

/// <summary>The packages of a registry: manifests, verdicts and files, each named by the digest of its bytes.</summary>
public sealed class PackageBlobs(IRegistryStore store, IStepProbe? probe = null)
{
    /// <summary>The files of a folder, sorted by path.</summary>
    public static FileDigest[] FilesOf(string folder)
        => [.. FolderWalk.Entries(folder).OfType<FileInfo>()
            .Select(file => new FileDigest(
                Path.GetRelativePath(folder, file.FullName).Replace(Path.DirectorySeparatorChar, '/'),
                file.Length,
                Digest.OfFile(file.FullName)))
            .OrderBy(file => file.Path, StringComparer.Ordinal)];

    /// <summary>Stores files of a folder.</summary>
    /// <exception cref="ProblemException">MLO2505: a file changed meanwhile.</exception>
    public async Task PutAsync(string folder, IEnumerable<FileDigest> files, CancellationToken cancellationToken)
    {
        foreach (var file in files)
        {
            await using var stream = SharedFile.OpenRead(PathIn(folder, file.Path));
            await store.PutBlobAsync(file.Digest, stream, cancellationToken);
            await probe.AtAsync($"after blob {file.Path}");
        }
    }

    /// <summary>Stores bytes and answers their digest.</summary>
    public async Task<string> PutAsync(byte[] content, CancellationToken cancellationToken)
    {
        var digest = Digest.Of(content);
        using var stream = new MemoryStream(content);
        await store.PutBlobAsync(digest, stream, cancellationToken);
        await probe.AtAsync("after document");
        return digest;
    }

    /// <summary>A manifest by the digest of its bytes.</summary>
    /// <exception cref="ProblemException">MLO2507: it is missing or was changed.</exception>
    public async Task<ModelManifest> ManifestAsync(string digest, CancellationToken cancellationToken)
        => Documents.Parse<ModelManifest>(await BytesAsync(digest, "model.json", cancellationToken), "model.json");

    /// <summary>A verdict by the digest of its canonical form.</summary>
    /// <exception cref="ProblemException">MLO2507: it is missing or was changed.</exception>
    public async Task<Verdict> VerdictAsync(string digest, CancellationToken cancellationToken)
        => Documents.Parse<Verdict>(await BytesAsync(digest, "verdict.json", cancellationToken), "verdict.json");

    /// <summary>The bytes of a document.</summary>
    /// <exception cref="ProblemException">MLO2507: it is missing or was changed.</exception>
    public async Task<byte[]> BytesAsync(string digest, string name, CancellationToken cancellationToken)
    {
        await using var stream = await store.OpenBlobAsync(digest, cancellationToken) ?? throw Missing(digest, name);
        using var memory = new MemoryStream();
        await stream.CopyToAsync(memory, cancellationToken);
        var found = Digest.Of(memory.ToArray());
        return found == digest ? memory.ToArray() : throw Changed(digest, name, found);
    }

    /// <summary>The first file of a package that is missing or has other bytes, as a sentence; null when all are right.</summary>
    public async Task<string?> FaultAsync(ModelManifest manifest, CancellationToken cancellationToken)
    {
        if (Digest.MerkleRoot(manifest.Files) != manifest.ModelDigest)
        {
            return $"model.json names {manifest.ModelDigest}, its files add up to {Digest.MerkleRoot(manifest.Files)}.";
        }

        if (Digest.MerkleRoot(manifest.Scorer.Files) != manifest.Scorer.Digest)
        {
            return $"model.json names the scorer {manifest.Scorer.Digest}, its files add up to something else.";
        }

        foreach (var file in manifest.Files.Concat(manifest.Scorer.Files))
        {
            await using var stream = await store.OpenBlobAsync(file.Digest, cancellationToken);
            if (stream is null)
            {
                return $"The blob {file.Digest} of '{file.Path}' is missing.";
            }

            var found = await DigestOfAsync(stream, cancellationToken);
            if (found != file.Digest)
            {
                return $"The blob {file.Digest} of '{file.Path}' was changed: its bytes have {found}.";
            }
        }

        return null;
    }

    /// <summary>
    /// Writes a package into a folder: <c>model/</c> and, if asked, <c>scorer/</c>. Every file is hashed after it was written.
    /// </summary>
    /// <exception cref="ProblemException">MLO2507: a file is missing, was changed, or did not arrive.</exception>
    public async Task RestoreAsync(
        ModelManifest manifest, string folder, bool withScorer, Func<Task>? afterEach, CancellationToken cancellationToken)
    {
        var files = manifest.Files.Select(file => ("model", file))
            .Concat(withScorer ? manifest.Scorer.Files.Select(file => ("scorer", file)) : []);
        foreach (var (part, file) in files)
        {
            if (FileNames.Look(file.Path) is { } wrong)
            {
                throw Changed(manifest.ModelDigest, file.Path, wrong.Sentence);
            }

            var path = PathIn(Path.Combine(folder, part), file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await using (var source = await store.OpenBlobAsync(file.Digest, cancellationToken) ?? throw Missing(file.Digest, file.Path))
            await using (var target = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16, useAsync: true))
            {
                await source.CopyToAsync(target, cancellationToken);
                target.Flush(flushToDisk: true);
            }

            var found = Digest.OfFile(path);
            if (found != file.Digest)
            {
                throw Changed(file.Digest, file.Path, found);
            }

            await (afterEach?.Invoke() ?? Task.CompletedTask);
        }
    }

    private static string PathIn(string folder, string path) => Path.Combine([folder, .. path.Split('/')]);

    private static async Task<string> DigestOfAsync(Stream stream, CancellationToken cancellationToken)
        => "sha256:" + Convert.ToHexStringLower(await System.Security.Cryptography.SHA256.HashDataAsync(stream, cancellationToken));

    private static ProblemException Missing(string digest, string name)
        => Refuse($"'{name}' of the package is missing.", $"The registry has no blob {digest}.");

    private static ProblemException Changed(string digest, string name, string found)
        => Refuse($"'{name}' of the package is not what was registered.", $"{digest} is expected, found: {found}.");

    private static ProblemException Refuse(string what, string why)
        => new(new Problem("MLO2507", what, why, "Restore the registry from a copy; `mlops audit verify` lists all that is wrong.")
        {
            Exit = ExitCode.Refused,
        });
}
