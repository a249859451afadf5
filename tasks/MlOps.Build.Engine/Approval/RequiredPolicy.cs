using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Approval;

/// <summary>What the owner of a pipeline demands of a verdict: that one of certain policy files had a say in it.</summary>
public static class RequiredPolicy
{
    /// <summary>Holds a verdict against the digests of policy files.</summary>
    /// <param name="digests">The digests, between commas or blanks; nothing is demanded where it is left out.</param>
    /// <param name="verdict">The verdict.</param>
    /// <exception cref="ProblemException">MLO2945: none of them had a say in it.</exception>
    public static void Require(string? digests, Verdict verdict)
    {
        if (digests is null)
        {
            return;
        }

        var demanded = digests.Split([',', ' ', '\n', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var binding = Binding(verdict).ToList();
        if (!binding.Any(policy => demanded.Contains(policy.Digest, StringComparer.Ordinal)))
        {
            throw new ProblemException(new Problem(
                "MLO2945",
                $"'{verdict.Model}' was judged without a policy that this pipeline demands.",
                binding.Count == 0
                    ? "No rule of its verdict comes from a policy file."
                    : $"The rules of its verdict come from {string.Join(", ", binding.Select(policy => $"{policy.Path} ({policy.Digest})"))}.",
                "Let `gate: extends:` in mlops.yml name the policy file that the pipeline's owner publishes, unchanged, and release again.")
            { Exit = ExitCode.Refused });
        }
    }

    /// <summary>The files whose rules decided: one that only an environment extends, or that has no rule, says nothing about the verdict.</summary>
    private static IEnumerable<PolicySource> Binding(Verdict verdict)
        => (verdict.Subject.Policies ?? []).Where(policy => verdict.Findings.Any(finding => finding.Measurement.From == policy.Path && finding.Measurement.Environment is null));
}
