using MlOps.Build.Contracts;
using MlOps.Build.Engine.Registry;
using MlOps.Build.Engine.Storage;

namespace MlOps.Build.Engine.Deployment;

/// <summary>
/// An environment that is a folder: <c>deployment.json</c>, <c>journal.jsonl</c> and one immutable folder a model.
/// </summary>
public sealed class DeploymentFolder(string root, TimeProvider time, IStepProbe? probe = null)
{
    private readonly LeaseFolder leases = new(Path.Combine(root, ".leases"), time);

    public string RecordFile => Path.Combine(root, "deployment.json");

    public string JournalFile => Path.Combine(root, "journal.jsonl");

    /// <summary>Where a model lies, relative to <c>deployment.json</c>.</summary>
    public static string PathOf(string modelDigest) => $"models/{Digest.Hex(modelDigest)}";

    /// <summary>Takes the environment: one command at a time changes it.</summary>
    /// <exception cref="ProblemException">MLO2503: somebody else changes the environment.</exception>
    public Task<ILease> AcquireAsync(string environment, string owner, CancellationToken cancellationToken)
        => leases.AcquireAsync(new LeaseRequest($"deploy-{environment}", owner), cancellationToken);

    /// <summary>What the environment serves, or null when nothing was deployed.</summary>
    /// <exception cref="ProblemException">MLO2001: the file makes no sense.</exception>
    public async Task<DeploymentRecord?> ReadAsync(CancellationToken cancellationToken)
        => await SharedFile.ReadAsync(RecordFile, time, cancellationToken) is { } bytes
            ? Documents.Parse<DeploymentRecord>(bytes, RecordFile)
            : null;

    /// <summary>Replaces what the environment serves, if it is still at the generation before.</summary>
    /// <exception cref="ProblemException">MLO2709: it is not. MLO2504: the lease has passed to somebody else.</exception>
    public Task ReplaceAsync(DeploymentRecord record, ILease lease, CancellationToken cancellationToken)
        => leases.WhileHeldAsync(
            lease,
            async () =>
            {
                var current = await ReadAsync(cancellationToken);
                if (current is not null && current.Generation >= record.Generation)
                {
                    throw DeploymentProblems.Overtaken(record, current);
                }

                await SharedFile.ReplaceAsync(RecordFile, Documents.Write(record), time, cancellationToken);
            },
            cancellationToken);

    /// <summary>Brings a model's files: into a folder of its own first, which gets its name when all bytes are right.</summary>
    /// <exception cref="ProblemException">
    /// MLO2507: the registry's bytes are not right. MLO2710: those in the environment are not.
    /// </exception>
    public async Task StageAsync(
        PackageBlobs blobs, RolloutPlan plan, ILease lease, CancellationToken cancellationToken)
    {
        var manifestBytes = await blobs.BytesAsync(plan.ManifestDigest, "model.json", cancellationToken);
        var manifest = Documents.Parse<ModelManifest>(manifestBytes, "model.json");
        if (IsStaged(plan.ModelDigest))
        {
            // The same model may come in another package; its bytes stay, only what describes them is exchanged.
            await leases.WhileHeldAsync(lease, () => DescribeAsync(plan, manifestBytes, cancellationToken), cancellationToken);
            return;
        }

        var staging = Path.Combine(root, ".staging", Digest.Hex(plan.ModelDigest));
        DeleteIfThere(staging);
        await blobs.RestoreAsync(
            manifest,
            staging,
            withScorer: false,
            async () =>
            {
                await lease.RenewAsync(cancellationToken);
                await probe.AtAsync("after staged file");
            },
            cancellationToken);
        AtomicFile.Write(Path.Combine(staging, "model.json"), manifestBytes);
        await probe.AtAsync("before staged folder");
        var target = Path.Combine(root, PathOf(plan.ModelDigest));
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        Directory.Move(staging, target);
    }

    private async Task DescribeAsync(RolloutPlan plan, byte[] manifest, CancellationToken cancellationToken)
    {
        var file = Path.Combine(root, PathOf(plan.ModelDigest), "model.json");
        if (await SharedFile.ReadAsync(file, time, cancellationToken) is not { } there || !there.AsSpan().SequenceEqual(manifest))
        {
            await SharedFile.ReplaceAsync(file, manifest, time, cancellationToken);
        }
    }

    /// <summary>Whether a model's folder is there.</summary>
    public bool IsStaged(string modelDigest) => Directory.Exists(Path.Combine(root, PathOf(modelDigest)));

    /// <summary>What is wrong with a model's files in the environment, or null.</summary>
    public string? FaultOf(string modelDigest)
    {
        var folder = Path.Combine(root, PathOf(modelDigest), "model");
        if (!Directory.Exists(folder))
        {
            return $"The files of {modelDigest} are missing.";
        }

        if (FolderWalk.Entries(folder).Find(entry => entry.LinkTarget is not null) is { } link)
        {
            return $"'{link.Name}' of {modelDigest} is a symbolic link.";
        }

        var found = Digest.MerkleRoot(PackageBlobs.FilesOf(folder));
        return found == modelDigest ? null : $"The files of {modelDigest} were changed: they have {found}.";
    }

    private static void DeleteIfThere(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
