using System.Security.Cryptography;
using System.Text.Json;
using MlOps.Build.Engine.Approval;

namespace MlOps.Build.Engine.Attestation;

/// <summary>
/// A statement and its signature as a Sigstore bundle v0.3 with a public key: one line of JSON, the same parts always in
/// the same bytes. Signed with ECDSA P-256 and SHA-256 over the DSSE encoding.
/// </summary>
/// <param name="KeyId">Digest of the public key (SubjectPublicKeyInfo, DER).</param>
/// <param name="Payload">The statement.</param>
/// <param name="Signature">The signature (DER).</param>
public sealed record AttestationBundle(string KeyId, byte[] Payload, byte[] Signature)
{
    public const string MediaType = "application/vnd.dev.sigstore.bundle.v0.3+json";

    /// <summary>Signs a statement.</summary>
    public static AttestationBundle Sign(byte[] statement, ECDsa key) => new(
        ApprovalKeys.IdOf(key),
        statement,
        key.SignData(Dsse.Encode(Dsse.InTotoType, statement), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));

    /// <summary>Whether the signature was made with the private part of a key.</summary>
    public bool IsSignedBy(KnownApprover attester)
    {
        try
        {
            using var key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(attester.PublicKey, out _);
            return attester.KeyId == KeyId
                && key.VerifyData(Dsse.Encode(Dsse.InTotoType, Payload), Signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <summary>The bundle's bytes.</summary>
    public byte[] Write()
    {
        using var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory))
        {
            json.WriteStartObject();
            json.WriteString("mediaType", MediaType);
            json.WriteStartObject("verificationMaterial");
            json.WriteStartObject("publicKey");
            json.WriteString("hint", KeyId);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteStartObject("dsseEnvelope");
            json.WriteBase64String("payload", Payload);
            json.WriteString("payloadType", Dsse.InTotoType);
            json.WriteStartArray("signatures");
            json.WriteStartObject();
            json.WriteBase64String("sig", Signature);
            json.WriteString("keyid", KeyId);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return memory.ToArray();
    }

    /// <summary>The bundle in bytes, or null for anything but what <see cref="Write"/> writes.</summary>
    public static AttestationBundle? TryRead(byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            var envelope = document.RootElement.GetProperty("dsseEnvelope");
            var signature = envelope.GetProperty("signatures")[0];
            var bundle = new AttestationBundle(
                signature.GetProperty("keyid").GetString() ?? string.Empty,
                envelope.GetProperty("payload").GetBytesFromBase64(),
                signature.GetProperty("sig").GetBytesFromBase64());
            return bundle.Write().AsSpan().SequenceEqual(bytes) ? bundle : null;
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            return null;
        }
    }
}
