using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Evaluating;

namespace MlOps.Build.Engine.Gating;

/// <summary>Judges changed models by a policy, as the pipeline would.</summary>
internal sealed class Judges(GateConfiguration policy, string engineDigest)
{
    private static readonly DateTimeOffset Never = DateTimeOffset.UnixEpoch;

    /// <summary>The verdict on a changed model.</summary>
    /// <exception cref="ProblemException">It is not judged at all.</exception>
    public Verdict Of(EvaluationInput input, Func<Evaluation, Evaluation>? spoil = null)
    {
        var evaluation = Evaluator.Evaluate(input with { Policy = policy });
        return Gate.Judge(spoil is null ? evaluation : spoil(evaluation), policy, new() { Now = Never, EngineDigest = engineDigest });
    }

    /// <summary>What became of a damage: a rule or an error must stop it.</summary>
    public static MutantResult Damage(string name, string change, Func<Verdict?> judge)
    {
        var seen = Outcome(name, change, judge, MutantOutcome.Rejected);
        return seen.Outcome switch
        {
            MutantOutcome.Passed => seen with { Sentence = $"No rule of this policy sees {change}." },
            MutantOutcome.Undecided => seen with { Sentence = $"No rule of this policy decides on {change} with these rows: {seen.Sentence}" },
            _ => seen,
        };
    }

    /// <summary>What became of a damage that no verdict may come of at all.</summary>
    public static MutantResult Refusal(string name, string change, Action read)
        => Outcome(name, change, () =>
        {
            read();
            return null;
        }, MutantOutcome.Rejected) is { Outcome: MutantOutcome.Refused } refused
            ? refused
            : new() { Name = name, Change = change, Outcome = MutantOutcome.Passed, Holds = false, By = [], Sentence = $"The reader takes {change}." };

    /// <summary>What became of an improvement: nothing must stop it.</summary>
    public static MutantResult Improvement(string name, string change, Func<Verdict?> judge) => Outcome(name, change, judge, MutantOutcome.Passed);

    /// <summary>The rules that did not hold, in words without numbers of the run.</summary>
    public static IEnumerable<string> Rules(Verdict verdict, FindingResult result)
        => verdict.Findings
            .Where(finding => finding.Result == result && !finding.Measurement.Advisory)
            .Select(finding => Words(finding.Measurement))
            .Distinct(StringComparer.Ordinal);

    private static string Words(RuleMeasurement measurement)
        => $"{measurement.Metric}{((measurement.Column ?? measurement.By) is { } column ? $" by {column}" : string.Empty)} {measurement.LimitText}";

    private static MutantResult Outcome(string name, string change, Func<Verdict?> judge, MutantOutcome wanted)
    {
        MutantResult Result(MutantOutcome outcome, string sentence, params IEnumerable<string> by)
            => new() { Name = name, Change = change, Outcome = outcome, Holds = outcome == wanted || outcome == MutantOutcome.NotApplicable, By = [.. by], Sentence = sentence };
        try
        {
            return judge() switch
            {
                null => Result(MutantOutcome.NotApplicable, "These predictions have nothing that could be changed so."),
                { Kind: VerdictKind.Fail } verdict => Result(MutantOutcome.Rejected, verdict.Sentence, Rules(verdict, FindingResult.Fail)),
                { Kind: VerdictKind.Inconclusive } verdict => Result(MutantOutcome.Undecided, verdict.Sentence, Rules(verdict, FindingResult.Inconclusive)),
                var verdict => Result(MutantOutcome.Passed, verdict.Sentence),
            };
        }
        catch (ProblemException exception)
        {
            return Result(MutantOutcome.Refused, $"{exception.Problem.What} {exception.Problem.Why}", exception.Problem.Code) with { Holds = wanted == MutantOutcome.Rejected };
        }
    }
}
