using System.Text.Json.Serialization;

namespace MlOps.Build.Contracts;

/// <summary>Where an approval was given.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<ApprovalSource>))]
public enum ApprovalSource
{
    /// <summary>On a command line with a private key.</summary>
    LocalKey,

    /// <summary>On a command line without a key: counts only where no approval is asked for.</summary>
    LocalUnsigned,

    /// <summary>The review of a GitHub run.</summary>
    GithubReview,

    /// <summary>An Azure DevOps approval.</summary>
    AzureDevopsApproval,

    /// <summary>A promotion lock that a code owner merged.</summary>
    PromotionLock,
}

/// <summary>A person's consent to put exactly these bytes, judged this way, into this environment.</summary>
public sealed record Approval : IDocument
{
    /// <inheritdoc/>
    public static string SchemaId => "mlops/approval/1";

    /// <inheritdoc/>
    public string Schema { get; init; } = SchemaId;

    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>The model.</summary>
    public required string ModelDigest { get; init; }

    /// <summary>The verdict that was read; it names the evaluation and the package.</summary>
    public required string VerdictDigest { get; init; }

    /// <summary>The champion at that moment, or null when there was none.</summary>
    public required string? ChampionDigest { get; init; }

    /// <summary>Digest of the registry's last event at that moment.</summary>
    public required string RegistryHead { get; init; }

    /// <summary>The environment.</summary>
    public required string Environment { get; init; }

    /// <summary>Digest of the environment's terms: see <see cref="EnvironmentTerms"/>.</summary>
    public required string EnvironmentDigest { get; init; }

    /// <summary>Until when it counts, UTC.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Who.</summary>
    public required string Approver { get; init; }

    /// <summary>How.</summary>
    public required ApprovalSource Source { get; init; }

    /// <summary>The approver's words, or null.</summary>
    public required string? Comment { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset At { get; init; }
}

/// <summary>A signature over the canonical form (RFC 8785) of an approval.</summary>
/// <param name="Algorithm"><c>ecdsa-p256-sha256</c>.</param>
/// <param name="KeyId">Digest of the public key (SubjectPublicKeyInfo, DER).</param>
/// <param name="Value">The signature (DER) in base64: what <c>openssl dgst -sha256 -verify</c> reads.</param>
public sealed record ApprovalSignature(string Algorithm, string KeyId, string Value);

/// <summary>What an environment asks for; its digest is part of every approval, so that terms cannot change afterwards.</summary>
public sealed record EnvironmentTerms
{
    /// <summary>The environment's name.</summary>
    public required string Name { get; init; }

    /// <summary>The kind of target.</summary>
    public required string Target { get; init; }

    /// <summary>Where it is, as written in mlops.yml.</summary>
    public required string Path { get; init; }

    /// <summary>How models are exchanged.</summary>
    public required string Strategy { get; init; }

    /// <summary>How many approvals a deployment needs.</summary>
    public required int Approvals { get; init; }

    /// <summary>Whether an author may approve.</summary>
    public required bool AllowSelfApproval { get; init; }

    /// <summary>Name and key digest of everybody whose signature counts, sorted by name.</summary>
    public required ApproverKey[] Approvers { get; init; }

    /// <summary>Which approvals count, sorted; null: signatures only. Not written then, so that earlier approvals keep their digest.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string[]? ApprovalSources { get; init; }

    /// <summary>Whether a reviewer's comment has to hold the beginning of the model's digest; null: no.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? RequireDigestInComment { get; init; }

    /// <summary>Name and key digest of everybody whose attestation of the verdict counts, sorted by name; null: none is asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ApproverKey[]? Attesters { get; init; }

    /// <summary>Digest of the environment's own policy; null: it has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Policy { get; init; }

    /// <summary>Whether the policy of the verdict has to be certified; null: no.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? RequireCertificate { get; init; }
}

/// <summary>Somebody whose signature counts.</summary>
/// <param name="Name">The name.</param>
/// <param name="KeyId">Digest of the public key (SubjectPublicKeyInfo, DER).</param>
public sealed record ApproverKey(string Name, string KeyId)
{
    /// <summary>Other names of this person, sorted; null: none. Not written then, so that earlier approvals keep their digest.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string[]? Logins { get; init; }
}
