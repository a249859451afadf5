using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Reporting;

namespace MlOps.Build.Engine.Hosts.Reports;

/// <summary>Remarks at the lines of mlops.yml whose rules do not hold.</summary>
public static class RuleAnnotations
{
    /// <summary>The gravest findings first, one a rule, no more than are shown.</summary>
    /// <param name="verdict">The verdict.</param>
    /// <param name="rules">The rules of the file, or none where it cannot be read.</param>
    /// <param name="file">mlops.yml, relative to the repository with <c>/</c>.</param>
    /// <param name="most">How many the host shows.</param>
    public static IReadOnlyList<HostAnnotation> Of(Verdict verdict, IReadOnlyList<GateRule> rules, string file, int most)
        =>
        [
            .. verdict.Findings
                .Where(finding => finding.Result is FindingResult.Fail or FindingResult.Inconclusive or FindingResult.Waived)
                .GroupBy(finding => finding.Measurement.Rule)
                .Select(group => group.OrderBy(Gravity).First())
                .OrderBy(Gravity)
                .Take(most)
                .Select(finding => new HostAnnotation(
                    Level(finding),
                    finding.Result == FindingResult.Fail ? "This rule of the gate does not hold" : finding.Result == FindingResult.Waived ? "This rule of the gate does not hold and is waived" : "This rule of the gate cannot be decided",
                    PlainText.Line(finding.Sentence, 500),
                    File(verdict, rules, finding.Measurement.Rule, file),
                    Line(verdict, rules, finding.Measurement.Rule))),
        ];

    private static int Gravity(Finding finding) => Level(finding) switch
    {
        AnnotationLevel.Error => 0,
        AnnotationLevel.Warning => finding.Result == FindingResult.Fail ? 1 : 2,
        _ => 3,
    };

    private static AnnotationLevel Level(Finding finding)
        => finding is { Result: FindingResult.Fail, Measurement.Advisory: false } ? AnnotationLevel.Error : AnnotationLevel.Warning;

    /// <summary>Rules of a policy file are remarked upon there.</summary>
    private static string File(Verdict verdict, IReadOnlyList<GateRule> rules, int rule, string file)
        => Line(verdict, rules, rule) is not null && rules[rule].From is { } from && PolicyPath.Resolve(PolicyPath.Folder(file), from) is { } path ? path : file;

    /// <summary>A rule's place counts in the policy that binds: where the change edits the gate, that is another file.</summary>
    private static int? Line(Verdict verdict, IReadOnlyList<GateRule> rules, int rule)
        => verdict.PolicyChange is null && rule >= 0 && rule < rules.Count ? rules[rule].Place?.Line : null;
}
