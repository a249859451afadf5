using System.Text.Json.Serialization;

namespace MlOps.Build.Contracts;

/// <summary>Body of a <see cref="RegistryEventType.Registered"/> event.</summary>
public sealed record RegisteredBody
{
    /// <summary>The model.</summary>
    public required string ModelDigest { get; init; }

    /// <summary>Digest of the bytes of <c>model.json</c>, which lies in the store as a blob.</summary>
    public required string ManifestDigest { get; init; }

    /// <summary>The pipeline run it comes from.</summary>
    public required string RunId { get; init; }

    /// <summary>Who made it: the people an environment may forbid to approve it.</summary>
    public required string[] Authors { get; init; }

    /// <summary>Whether it was admitted as a first model, without anything to compare with.</summary>
    public required bool Bootstrap { get; init; }

    /// <summary>What the scan of its files found and somebody accepted, by file.</summary>
    public required ScanFinding[] Accepted { get; init; }
}

/// <summary>Body of a <see cref="RegistryEventType.Judged"/> event.</summary>
public sealed record JudgedBody
{
    /// <summary>The model.</summary>
    public required string ModelDigest { get; init; }

    /// <summary>The package that was judged.</summary>
    public required string ManifestDigest { get; init; }

    /// <summary>Digest of the verdict in canonical form, which lies in the store as a blob.</summary>
    public required string VerdictDigest { get; init; }

    /// <summary>The answer.</summary>
    public required VerdictKind Verdict { get; init; }

    /// <summary>The champion it was compared with, or null for a first model.</summary>
    public required string? ChampionDigest { get; init; }

    /// <summary>The champion's package it was compared with, which also names its scorer; null where that is not known.</summary>
    public string? ChampionManifest { get; init; }

    /// <summary>Until when it may be approved and deployed, UTC.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Digest of the attestation, which lies in the store as a blob; null where it was not attested.</summary>
    public string? AttestationDigest { get; init; }

    /// <summary>What the self-test said of the policy; null where there was no certificate that says yes.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CertificateReference? Certificate { get; init; }
}

/// <summary>A certificate of <c>mlops gate selftest</c> that says yes.</summary>
/// <param name="Digest">Digest of its canonical form, which lies in the store as a blob.</param>
/// <param name="Policy">Digest of the policy that was tested.</param>
/// <param name="Engine">Digest of the engine that tested it.</param>
public sealed record CertificateReference(string Digest, string Policy, string Engine);

/// <summary>Body of an <see cref="RegistryEventType.Approved"/> event.</summary>
public sealed record ApprovedBody
{
    /// <summary>What was approved.</summary>
    public required Approval Approval { get; init; }

    /// <summary>The approver's signature over the canonical form of <see cref="Approval"/>, or null.</summary>
    public required ApprovalSignature? Signature { get; init; }

    /// <summary>Where a build server or the protected branch said so; null for approvals of a command line.</summary>
    public ApprovalEvidence? Evidence { get; init; }
}

/// <summary>Where an approval was found. It is for the audit: a deployment asks there again and does not believe this record.</summary>
/// <param name="Where">The page of the run, or the promotion lock's file.</param>
/// <param name="Attempt">The attempt of the run, or null.</param>
/// <param name="Commit">The commit that put the promotion lock on the branch, or null.</param>
public sealed record ApprovalEvidence(string Where, int? Attempt, string? Commit);

/// <summary>Body of a <see cref="RegistryEventType.Rejected"/> event: earlier approvals no longer count.</summary>
/// <param name="ModelDigest">The model.</param>
/// <param name="Environment">The environment it must not reach.</param>
/// <param name="Comment">Why.</param>
public sealed record RejectedBody(string ModelDigest, string Environment, string Comment);

/// <summary>Body of a <see cref="RegistryEventType.Deployed"/> event.</summary>
public sealed record DeployedBody
{
    /// <summary>Digest of what was asked for: the same request has the same id.</summary>
    public required string DeploymentId { get; init; }

    /// <summary>Where.</summary>
    public required string Environment { get; init; }

    /// <summary>What.</summary>
    public required string ModelDigest { get; init; }

    /// <summary>The package: the same model may be there with several scorers. Null in events of earlier versions.</summary>
    public string? ManifestDigest { get; init; }

    /// <summary>The verdict it relied on.</summary>
    public required string VerdictDigest { get; init; }

    /// <summary>What answered before, or null.</summary>
    public required string? Previous { get; init; }

    /// <summary>The generation of <c>deployment.json</c> that names it.</summary>
    public required long Generation { get; init; }
}

/// <summary>Body of a <see cref="RegistryEventType.Promoted"/> event.</summary>
public sealed record PromotedBody
{
    /// <summary>Where.</summary>
    public required string Environment { get; init; }

    /// <summary>The new champion.</summary>
    public required string ModelDigest { get; init; }

    /// <summary>Its package. Null in events of earlier versions.</summary>
    public string? ManifestDigest { get; init; }

    /// <summary>The champion before, or null.</summary>
    public required string? Previous { get; init; }

    /// <summary>The generation of <c>deployment.json</c> that names it.</summary>
    public required long Generation { get; init; }

    /// <summary>The aliases that now name it, such as <c>champion</c> and <c>champion@production</c>.</summary>
    public required string[] Aliases { get; init; }
}

/// <summary>Body of a <see cref="RegistryEventType.RolledBack"/> event.</summary>
public sealed record RolledBackBody
{
    /// <summary>Digest of what was asked for.</summary>
    public required string DeploymentId { get; init; }

    /// <summary>Where.</summary>
    public required string Environment { get; init; }

    /// <summary>What no longer answers.</summary>
    public required string From { get; init; }

    /// <summary>What answers again.</summary>
    public required string To { get; init; }

    /// <summary>Its package. Null in events of earlier versions.</summary>
    public string? ManifestDigest { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>The generation of <c>deployment.json</c> that names it.</summary>
    public required long Generation { get; init; }

    /// <summary>The aliases that moved back with it.</summary>
    public required string[] Aliases { get; init; }
}

/// <summary>Something in a model's files that a person should look at.</summary>
/// <param name="File">The file, relative to the model.</param>
/// <param name="Kind"><c>pickle</c>, <c>executable</c>, <c>script</c>, <c>link</c>, <c>path</c>, <c>archive</c> or <c>size</c>.</param>
/// <param name="Sentence">What was found and why it matters.</param>
public sealed record ScanFinding(string File, string Kind, string Sentence);
