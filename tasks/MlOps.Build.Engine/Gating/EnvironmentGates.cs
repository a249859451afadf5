using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Evaluating;

namespace MlOps.Build.Engine.Gating;

/// <summary>The policies of environments: the same rules of judging, an answer for each.</summary>
public static class EnvironmentGates
{
    /// <summary>Digest of what an environment asks for, with the settings it is judged with; null where it asks for nothing of its own.</summary>
    public static string? DigestOf(GateConfiguration policy, string environment)
        => policy.Rules.Where(rule => rule.Environment == environment).ToArray() is { Length: > 0 } rules
            ? PolicyDigest.Of(policy with { Rules = rules, Waivers = [], Expires = new GateConfiguration().Expires, OnInconclusive = null, RequireBetter = false })
            : null;

    /// <summary>The answers, or null where no environment has rules.</summary>
    internal static EnvironmentVerdict[]? Judge(IReadOnlyList<Finding> findings, Evaluation evaluation, GateConfiguration policy, GateContext context)
    {
        // That nothing changed does not show that a floor of the environment holds.
        var own = context with { NoChange = false, PolicyChange = null };
        EnvironmentVerdict[] verdicts =
        [
            .. findings.Where(finding => finding.Measurement.Environment is not null).GroupBy(finding => finding.Measurement.Environment!).Select(group =>
            {
                Finding[] judged = [.. group];
                var clean = evaluation with { Contamination = null };
                var kind = Verdicts.Of(clean, judged, own);
                return new EnvironmentVerdict
                {
                    Name = group.Key,
                    Kind = kind,
                    Sentence = VerdictSentence.Of(kind, clean, judged, own),
                    Policy = DigestOf(policy, group.Key)!,
                    Findings = judged,
                };
            }),
        ];
        return verdicts.Length == 0 ? null : verdicts;
    }
}
