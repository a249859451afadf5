using MlOps.Build.Contracts;
using MlOps.Build.Engine.Hosts;
using MlOps.Build.Tool.Application;

namespace MlOps.Build.Tool.Verbs.Ci;

/// <summary>Refuses what a job is not trusted with.</summary>
internal static class CiZone
{
    /// <summary>A verb that changes the registry or an environment.</summary>
    /// <exception cref="ProblemException">MLO2960: the job runs what nobody has merged.</exception>
    public static async Task RequireReleaseAsync(VerbContext context, string verb, CancellationToken cancellation)
    {
        var zone = await new ZoneInquiry(context.Host.Environment).AskToReleaseAsync(cancellation);
        if (!zone.MayRelease)
        {
            throw Refused(verb, zone);
        }
    }

    /// <summary>Why the verdict of this job binds nobody, or, for a verb that registers, may not enter the registry; null where neither holds.</summary>
    /// <exception cref="ProblemException">MLO2960: and <paramref name="allowAdvisory"/> is false.</exception>
    public static async Task<string?> AdvisoryAsync(VerbContext context, string verb, bool allowAdvisory, CancellationToken cancellation, bool registers = false)
    {
        var inquiry = new ZoneInquiry(context.Host.Environment);
        var zone = await (registers ? inquiry.AskToReleaseAsync(cancellation) : inquiry.AskAsync(cancellation));
        return (registers ? zone.MayRelease : zone.Binds) ? null
            : allowAdvisory ? $"This verdict is advice and binds nobody. {zone.Why}"
            : throw Refused(verb, zone);
    }

    private static ProblemException Refused(string verb, JobZone zone)
        => new(new Problem(
            "MLO2960",
            $"'mlops ci {verb}' does not run in this job.",
            zone.Why,
            zone.Fix ?? "Run it on the default branch; docs/trust.md lists what runs where.")
        { Exit = ExitCode.Refused });
}
