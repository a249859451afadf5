using System.Globalization;
using MlOps.Build.Contracts;

namespace MlOps.Build.Serving;

/// <summary>Chooses the slot that answers. One model answers everything: shares and mirrors are refused, not ignored.</summary>
internal static class AnsweringSlot
{
    /// <summary>The slot with the whole weight.</summary>
    /// <exception cref="ProblemException">MLO2751: not exactly one slot with the whole weight.</exception>
    public static DeploymentSlot Of(DeploymentRecord deployment)
    {
        if (deployment.Slots.FirstOrDefault(slot => slot.Mirror) is { } mirror)
        {
            throw Refuse($"Its slot {Digest.Short(mirror.Digest)} asks for mirrored requests, which this service cannot do.");
        }

        return deployment.Slots.Where(slot => slot.Weight != 0).ToArray() switch
        {
            [{ Weight: 1 } only] when Digest.IsDigest(only.Digest) => only,
            [{ Weight: 1 } only] => throw Refuse($"Its slot's digest '{only.Digest}' is not 'sha256:' and 64 hexadecimal digits."),
            [var only] => throw Refuse(
                $"Its only slot answers a share of {only.Weight.ToString(CultureInfo.InvariantCulture)}; 1 is expected."),
            [] => throw Refuse("It has no slot that answers."),
            var several => throw Refuse($"It shares requests between {several.Length} slots, which this service cannot do."),
        };
    }

    private static ProblemException Refuse(string why) => new(ServingProblems.NotOneSlot(why));
}
