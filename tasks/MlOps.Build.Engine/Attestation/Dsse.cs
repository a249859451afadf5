using System.Globalization;
using System.Text;

namespace MlOps.Build.Engine.Attestation;

/// <summary>Dead Simple Signing Envelope (https://github.com/secure-systems-lab/dsse): what exactly is signed.</summary>
public static class Dsse
{
    public const string InTotoType = "application/vnd.in-toto+json";

    /// <summary>The pre-authentication encoding: type and body with their lengths, so that neither can pass for the other.</summary>
    public static byte[] Encode(string payloadType, ReadOnlySpan<byte> payload)
    {
        var head = Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"DSSEv1 {Encoding.UTF8.GetByteCount(payloadType)} {payloadType} {payload.Length} "));
        return [.. head, .. payload];
    }
}
