using System.Security.Cryptography;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Approval;
using MlOps.Build.Engine.Registry;

namespace MlOps.Build.Engine.Attestation;

/// <summary>What is attested, named by the job that judged it: whoever may write to the registry cannot choose it.</summary>
/// <param name="ManifestDigest">The package.</param>
/// <param name="VerdictDigest">The verdict on it.</param>
public sealed record AttestRequest(string ManifestDigest, string VerdictDigest);

/// <summary>Signs what the gate said about a package that is in the registry already, in a job that trains nothing.</summary>
public sealed class AttestHandler(string model, RegistryLog log, PackageBlobs blobs)
{
    /// <summary>Attests; signed with the same key before, it answers what is there.</summary>
    /// <exception cref="ProblemException">MLO2620: there is nothing to attest. MLO2507: the package was changed.</exception>
    public async Task<AttestationAnswer> HandleAsync(AttestRequest request, ECDsa key, CancellationToken cancellationToken)
    {
        var state = await log.StateAsync(model, cancellationToken);
        var judged = JudgedIn(state, request);
        var manifest = await blobs.ManifestAsync(request.ManifestDigest, cancellationToken);
        var verdict = await blobs.VerdictAsync(request.VerdictDigest, cancellationToken);
        if (await blobs.FaultAsync(manifest, cancellationToken) is { } fault)
        {
            throw Refused(request, fault);
        }

        // What may not be registered is not signed either: the events are of the registry, and it may be forged.
        var isFirst = state.Packages.Any(package => package.Body.ManifestDigest == request.ManifestDigest && package.Body.Bootstrap);
        if (manifest.ModelDigest != judged[^1].Body.ModelDigest || !(verdict.Kind is VerdictKind.Pass or VerdictKind.Warn || (verdict.Kind is VerdictKind.Inconclusive && isFirst)))
        {
            throw Refused(request, $"The verdict is '{verdict.Kind.ToString().ToLowerInvariant()}', or it is about another model.");
        }

        var keyId = ApprovalKeys.IdOf(key);
        var before = await SignedAsync(judged, keyId, cancellationToken);
        var attestation = before ?? await blobs.PutAsync(
            AttestationBundle.Sign(VerdictStatement.Of(manifest, request.ManifestDigest, verdict), key).Write(), cancellationToken);
        if (before is null)
        {
            await log.AppendAsync(
                model,
                now => [EventDraft.Of(RegistryEventType.Judged, JudgedIn(now, request)[^1].Body with { AttestationDigest = attestation })],
                cancellationToken);
        }

        return new AttestationAnswer
        {
            ModelDigest = manifest.ModelDigest,
            ManifestDigest = request.ManifestDigest,
            VerdictDigest = request.VerdictDigest,
            KeyId = keyId,
            AttestationDigest = attestation,
            AlreadyAttested = before is not null,
        };
    }

    /// <summary>The newest attestation that counts, if it was signed with the key.</summary>
    private async Task<string?> SignedAsync(IReadOnlyList<JudgedPackage> judged, string keyId, CancellationToken cancellationToken)
        => judged[^1].Body.AttestationDigest is { } digest
            && AttestationBundle.TryRead(await blobs.BytesAsync(digest, "attestation.sigstore.json", cancellationToken))?.KeyId == keyId
                ? digest
                : null;

    private static JudgedPackage[] JudgedIn(RegistryState state, AttestRequest request)
        => state.Verdicts.Where(judged => judged.Body.ManifestDigest == request.ManifestDigest && judged.Body.VerdictDigest == request.VerdictDigest).ToArray()
            is { Length: > 0 } found ? found : throw Refused(request, "The registry has no such package with such a verdict.");

    private static ProblemException Refused(AttestRequest request, string why)
        => RegistryProblems.Refused(
            "MLO2620",
            $"The package {Digest.Short(request.ManifestDigest)} cannot be attested.",
            why,
            "Give `package` and `verdict-digest` as the job that released it put them out: `mlops ci release`.");
}
