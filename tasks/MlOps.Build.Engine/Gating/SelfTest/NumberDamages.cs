using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Gating;

/// <summary>Ways to spoil an evaluation between measuring and judging, which the gate must not take for an answer.</summary>
internal static class NumberDamages
{
    public static readonly (string Name, string Change, Func<Evaluation, Evaluation> Apply)[] All =
    [
        ("metric-overflowed", "a metric that is no number", evaluation => evaluation with { Rules = [.. evaluation.Rules.Select(Overflow)] }),
        ("rule-not-measured", "an evaluation that leaves a rule out", evaluation => evaluation with { Rules = [.. evaluation.Rules.Where(measurement => measurement.Rule > 0)] }),
        ("other-policy", "an evaluation of another policy", evaluation => evaluation with { PolicyDigest = Digest.Of(evaluation.PolicyDigest) }),
    ];

    private static RuleMeasurement Overflow(RuleMeasurement measurement)
        => measurement with { Estimate = double.NaN, Lower = double.NaN, Upper = double.NaN, HarmPValue = double.NaN };
}
