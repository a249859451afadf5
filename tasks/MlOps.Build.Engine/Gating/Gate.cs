using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Evaluating;

namespace MlOps.Build.Engine.Gating;

/// <summary>An evaluation and the policy it was measured for in, a verdict out. Pure, and it fails closed.</summary>
public static class Gate
{
    /// <summary>Judges every comparison and the whole.</summary>
    /// <exception cref="ProblemException">MLO2301, MLO2302, MLO2311 to MLO2313, MLO2341.</exception>
    public static Verdict Judge(Evaluation evaluation, GateConfiguration policy, GateContext context)
    {
        Check(evaluation, policy, context);
        var all = Findings(evaluation);
        Finding[] findings = [.. all.Where(finding => finding.Measurement.Environment is null).Select(finding => Waivers.Apply(finding, policy, context.Now))];
        var kind = Verdicts.Of(evaluation, findings, context);
        return new()
        {
            Model = evaluation.Model,
            Mode = evaluation.Mode,
            Kind = kind,
            Sentence = VerdictSentence.Of(kind, evaluation, findings, context),
            NoChange = context.NoChange,
            Bootstrap = context.Bootstrap,
            PolicyChange = context.PolicyChange,
            Contamination = evaluation.Contamination,
            ThresholdChoice = evaluation.ThresholdChoice,
            Environments = EnvironmentGates.Judge(all, evaluation, policy, context),
            Findings = findings,
            Subject = Subject(evaluation, context),
            Seed = evaluation.Seed,
            CreatedAt = context.Now.ToUniversalTime(),
            ExpiresAt = context.Now.ToUniversalTime() + policy.Expires,
        };
    }

    private static Finding[] Findings(Evaluation evaluation)
    {
        var alarms = evaluation.Rules
            .Select((measurement, place) => (measurement, place))
            .Where(item => item.measurement is { Kind: RuleKind.Alarm, Status: MeasurementStatus.Measured, HarmPValue: not null })
            .ToArray();
        var byPlace = new Dictionary<int, double>();

        // What a project adds must not make the alarms of its organisation harder to set off: they are corrected for each other only.
        foreach (var family in alarms.GroupBy(item => item.measurement.Environment))
        {
            foreach (var (place, harm) in Adjusted([.. family]).Concat(Adjusted([.. family.Where(item => item.measurement.From is not null)])))
            {
                byPlace[place] = harm;
            }
        }

        return [.. evaluation.Rules.Select((measurement, place) =>
        {
            double? harm = byPlace.TryGetValue(place, out var p) ? p : null;
            var result = Judgement.Of(measurement, harm, evaluation.Confidence);
            return new Finding
            {
                Measurement = measurement,
                Result = result,
                Direction = Judgement.Direction(measurement),
                AdjustedPValue = harm,
                Sentence = FindingSentence.Of(measurement, result, harm, evaluation),
            };
        })];
    }

    private static Dictionary<int, double> Adjusted((RuleMeasurement Measurement, int Place)[] alarms)
        => alarms.Zip(Holm.Adjust([.. alarms.Select(item => item.Measurement.HarmPValue!.Value)]))
            .ToDictionary(pair => pair.First.Place, pair => pair.Second);

    private static void Check(Evaluation evaluation, GateConfiguration policy, GateContext context)
    {
        if (policy.Rules.All(rule => rule.Environment is not null))
        {
            throw EvaluationProblems.NoRules();
        }

        if (evaluation.PolicyDigest != PolicyDigest.Of(policy))
        {
            throw GateProblems.OtherPolicy();
        }

        var expected = policy.Rules.Count + (policy.RequireBetter ? 1 : 0);
        var measured = evaluation.Rules.Select(measurement => measurement.Rule).ToHashSet();
        if (Enumerable.Range(0, expected).Where(rule => !measured.Contains(rule)).Select(rule => (int?)rule).FirstOrDefault() is { } missing)
        {
            throw GateProblems.NotMeasured(missing);
        }

        if (Array.Find(evaluation.Rules, IsNoNumber) is { } broken)
        {
            throw GateProblems.NoNumber(broken.Metric);
        }

        if (evaluation.Baseline is not { } baseline)
        {
            return;
        }

        if (context.Bootstrap)
        {
            throw GateProblems.BootstrapWithBaseline(baseline.Name);
        }

        CheckSides(evaluation.Challenger, baseline, context.NoChange);
    }

    /// <summary>A comparison with a number that is none is false whichever way it is asked, and must not be taken for an answer.</summary>
    private static bool IsNoNumber(RuleMeasurement measurement)
        => new[] { measurement.Estimate, measurement.Lower, measurement.Upper, measurement.HarmPValue, measurement.Limit }
            .Any(number => number is { } value && !double.IsFinite(value));

    private static void CheckSides(EvaluatedSide challenger, EvaluatedSide baseline, bool noChange)
    {
        if (!noChange)
        {
            SameSide.Refuse(challenger.Replicates, baseline.Replicates);
        }
        else if (!challenger.Replicates.Select(replicate => replicate.ModelDigest)
            .SequenceEqual(baseline.Replicates.Select(replicate => replicate.ModelDigest)))
        {
            throw GateProblems.NotUnchanged();
        }
    }

    private static VerdictSubject Subject(Evaluation evaluation, GateContext context)
    {
        var challengers = evaluation.Challenger.Replicates;
        var baselines = evaluation.Baseline?.Replicates ?? [];
        return new()
        {
            ChallengerRuns = [.. challengers.Select(replicate => replicate.RunId).OfType<string>()],
            BaselineRuns = [.. baselines.Select(replicate => replicate.RunId).OfType<string>()],
            Challengers = [.. challengers.Select(replicate => replicate.ModelDigest).OfType<string>()],
            Baselines = [.. baselines.Select(replicate => replicate.ModelDigest).OfType<string>()],
            ChallengerScorers = [.. challengers.Select(replicate => replicate.ScorerDigest).OfType<string>()],
            BaselineScorers = [.. baselines.Select(replicate => replicate.ScorerDigest).OfType<string>()],
            ChallengerPredictions = [.. challengers.Select(replicate => replicate.PredictionsDigest)],
            BaselinePredictions = [.. baselines.Select(replicate => replicate.PredictionsDigest)],
            Holdout = evaluation.Holdout.Digest,
            Policy = evaluation.PolicyDigest,
            Policies = evaluation.Policies,
            Evaluation = Digest.OfDocument(evaluation),
            Engine = context.EngineDigest,
        };
    }
}
