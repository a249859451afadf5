using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;

namespace MlOps.Build.Engine.Gating;

/// <summary>From the rules' answers to the verdict of the whole, and from there to the exit code.</summary>
public static class Verdicts
{
    /// <summary>Any fail: fail; else anything open, or nothing judged: inconclusive; else an advisory rule missed: warn; else pass.</summary>
    internal static VerdictKind Of(Evaluation evaluation, IReadOnlyList<Finding> findings, GateContext context)
    {
        if (context.NoChange)
        {
            return VerdictKind.Pass;
        }

        if (findings.Any(finding => finding is { Result: FindingResult.Fail, Measurement.Advisory: false }))
        {
            return VerdictKind.Fail;
        }

        if (findings.Any(finding => finding is { Result: FindingResult.Inconclusive, Measurement.Advisory: false }))
        {
            return VerdictKind.Inconclusive;
        }

        if (evaluation.Baseline is null)
        {
            return evaluation.Mode == RunMode.Pr || context.Bootstrap ? VerdictKind.Warn : VerdictKind.Inconclusive;
        }

        if (findings.All(finding => finding.Result == FindingResult.NotJudged))
        {
            return VerdictKind.Inconclusive;
        }

        // A champion that has seen the holdout looks better than it is: that cannot let a worse model pass, so it warns.
        return findings.Any(finding => finding.Result is FindingResult.Fail or FindingResult.Inconclusive or FindingResult.Waived)
            || evaluation.Contamination is { Result: not ContaminationResult.Clean }
            ? VerdictKind.Warn
            : VerdictKind.Pass;
    }

    /// <summary>What the process returns: an open question stops a release, and a pull request only if asked to.</summary>
    public static ExitCode Exit(VerdictKind verdict, RunMode mode, OnInconclusive? onInconclusive) => verdict switch
    {
        VerdictKind.Pass or VerdictKind.Warn => ExitCode.Ok,
        VerdictKind.Inconclusive => (onInconclusive ?? (mode == RunMode.Pr ? OnInconclusive.Warn : OnInconclusive.Fail)) == OnInconclusive.Warn
            ? ExitCode.Ok
            : ExitCode.CannotTell,
        _ => ExitCode.No,
    };
}
