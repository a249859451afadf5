using System.Security.Cryptography;
using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Approval;

/// <summary>Signs approvals and checks signatures: ECDSA P-256 and SHA-256 over the canonical form (RFC 8785).</summary>
public static class ApprovalSeal
{
    public const string Algorithm = "ecdsa-p256-sha256";

    public static ApprovalSignature Sign(Contracts.Approval approval, ECDsa key)
        => new(
            Algorithm,
            ApprovalKeys.IdOf(key),
            Convert.ToBase64String(key.SignData(
                CanonicalJson.Of(approval), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)));

    /// <summary>Whether a signature over an approval was made with a key.</summary>
    public static bool Holds(Contracts.Approval approval, ApprovalSignature signature, KnownApprover approver)
    {
        if (signature.Algorithm != Algorithm || signature.KeyId != approver.KeyId)
        {
            return false;
        }

        try
        {
            using var key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(approver.PublicKey, out _);
            return key.VerifyData(
                CanonicalJson.Of(approval),
                Convert.FromBase64String(signature.Value),
                HashAlgorithmName.SHA256,
                DSASignatureFormat.Rfc3279DerSequence);
        }
        catch (Exception exception) when (exception is FormatException or CryptographicException)
        {
            return false;
        }
    }
}
