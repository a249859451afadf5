using System.Security.Cryptography;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;

namespace MlOps.Build.Engine.Approval;

/// <summary>Somebody whose signature counts, with the key to check it.</summary>
/// <param name="Name">The name.</param>
/// <param name="KeyId">Digest of the public key.</param>
/// <param name="PublicKey">The public key (SubjectPublicKeyInfo, DER).</param>
public sealed record KnownApprover(string Name, string KeyId, byte[] PublicKey)
{
    /// <summary>Other names of the same person.</summary>
    public IReadOnlyList<string> Logins { get; init; } = [];
}

/// <summary>Reads keys from PEM files.</summary>
public static class ApprovalKeys
{
    /// <summary>The approvers an environment lists, with their keys.</summary>
    /// <exception cref="ProblemException">MLO2601: a key is missing or is not an ECDSA P-256 public key.</exception>
    public static IReadOnlyList<KnownApprover> Approvers(string projectRoot, EnvironmentConfiguration environment)
        => [.. environment.Approvers.Select(approver => Approver(projectRoot, approver))];

    /// <summary>Those whose attestation of a verdict counts in an environment.</summary>
    /// <exception cref="ProblemException">MLO2601: a key is missing or is not an ECDSA P-256 public key.</exception>
    public static IReadOnlyList<KnownApprover> Attesters(string projectRoot, EnvironmentConfiguration environment)
        => [.. environment.Attesters.Select(attester => Approver(projectRoot, attester))];

    /// <summary>A private key.</summary>
    /// <exception cref="ProblemException">MLO2601: it is missing or is not an ECDSA P-256 private key.</exception>
    public static ECDsa Private(string path) => WithPrivatePart(Load(path, "private"), path);

    /// <summary>A private key that a build server hands over as text; no file holds it.</summary>
    /// <exception cref="ProblemException">MLO2601: it is not an ECDSA P-256 private key.</exception>
    public static ECDsa PrivateOf(string pem, string name) => WithPrivatePart(Parse(pem, name, "private"), name);

    private static ECDsa WithPrivatePart(ECDsa key, string path)
    {
        if (key.ExportParametersOrNull() is { D: not null })
        {
            return key;
        }

        key.Dispose();
        throw Unusable(path, "It holds a public key only.", "private");
    }

    /// <summary>Digest of the public part of a key.</summary>
    public static string IdOf(ECDsa key) => Digest.Of(key.ExportSubjectPublicKeyInfo());

    private static KnownApprover Approver(string projectRoot, ApproverConfiguration approver)
    {
        using var key = Load(Path.GetFullPath(approver.PublicKey, Path.GetFullPath(projectRoot)), "public");
        return new(approver.Name, IdOf(key), key.ExportSubjectPublicKeyInfo()) { Logins = approver.Logins };
    }

    private static ECDsa Load(string path, string kind)
    {
        if (!File.Exists(path))
        {
            throw Unusable(path, "There is no such file.", kind);
        }

        return Parse(File.ReadAllText(path), path, kind);
    }

    private static ECDsa Parse(string pem, string path, string kind)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            if (key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value == "1.2.840.10045.3.1.7")
            {
                return key;
            }

            throw Unusable(path, "Its curve is not P-256.", kind);
        }
        catch (Exception exception) when (exception is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw Unusable(path, "It does not hold one key in PEM form without a password.", kind, exception);
        }
    }

    private static ECParameters? ExportParametersOrNull(this ECDsa key)
    {
        try
        {
            return key.ExportParameters(includePrivateParameters: true);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static ProblemException Unusable(string path, string why, string kind, Exception? cause = null)
        => new(
            new Problem(
                "MLO2601",
                $"The {kind} key '{path}' cannot be used.",
                why,
                kind == "public"
                    ? "Make it with `openssl ec -in ana.pem -pubout -out keys/ana.pub` and name it in `approvers` of mlops.yml."
                    : "Make one with `openssl ecparam -name prime256v1 -genkey -noout -out ana.pem` and keep it out of git."),
            cause);
}
