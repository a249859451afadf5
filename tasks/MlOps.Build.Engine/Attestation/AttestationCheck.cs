using MlOps.Build.Contracts;
using MlOps.Build.Engine.Approval;
using MlOps.Build.Engine.Registry;

namespace MlOps.Build.Engine.Attestation;

/// <summary>Whether a verdict is attested by somebody whom the environment lists.</summary>
public static class AttestationCheck
{
    /// <summary>What does not hold, or null.</summary>
    public static string? Fault(byte[]? bundle, byte[] expected, IReadOnlyList<KnownApprover> attesters)
        => bundle is null ? "Its verdict is not attested."
            : AttestationBundle.TryRead(bundle) is not { } read ? "Its attestation is not a bundle that mlops wrote."
            : !read.Payload.AsSpan().SequenceEqual(expected) ? "Its attestation is about another package or another verdict."
            : attesters.FirstOrDefault(known => known.KeyId == read.KeyId) is not { } attester ? "Its attestation was signed with a key that the environment does not list."
            : !read.IsSignedBy(attester) ? $"The signature of {attester.Name} does not fit the attestation."
            : null;

    /// <summary>Refuses a package whose verdict is not attested where the environment asks for it.</summary>
    /// <exception cref="ProblemException">MLO2607: it is not. MLO2507: the bundle is missing or was changed.</exception>
    public static async Task RequireAsync(
        PackageBlobs blobs,
        JudgedPackage judged,
        ModelManifest manifest,
        IReadOnlyList<KnownApprover> attesters,
        CancellationToken cancellationToken)
    {
        var bundle = judged.Body.AttestationDigest is { } digest
            ? await blobs.BytesAsync(digest, "attestation.sigstore.json", cancellationToken)
            : null;
        var verdict = await blobs.VerdictAsync(judged.Body.VerdictDigest, cancellationToken);
        if (Fault(bundle, VerdictStatement.Of(manifest, judged.Body.ManifestDigest, verdict), attesters) is { } fault)
        {
            throw RegistryProblems.Refused(
                "MLO2607",
                $"{Digest.Short(judged.Body.ModelDigest)} is not attested as the environment asks for.",
                fault,
                "Let the release attest it (docs/pipelines/approvals.md, section 5), or register the run with the key of an attester: `mlops register --run <id> --attest-key <file>`.");
        }
    }
}
