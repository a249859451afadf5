using System.Globalization;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Evaluating;

namespace MlOps.Build.Engine.Gating;

/// <summary>Shows a policy damaged, improved and unchanged models and says what it made of them.</summary>
internal sealed class SelfTest(GateConfiguration policy, string engineDigest)
{
    private const int MostResamples = 500;
    private const int MostNullResamples = 200;

    /// <summary>All damages but those of files.</summary>
    public IEnumerable<MutantResult> Damage(EvaluationInput sides, long seed)
    {
        var judges = new Judges(policy with { Resamples = Math.Min(policy.Resamples, MostResamples) }, engineDigest);
        var twins = Twins.Throw(sides, Xoshiro256.Stream(seed, -3));
        return
        [
            .. Damages.All.Concat(Costs.Damages(policy)).Select((mutant, index) => Judges.Damage(mutant.Name, mutant.Change, () => Judge(judges, mutant, twins, seed, index))),
            .. NumberDamages.All.Select(damage => Judges.Damage(damage.Name, damage.Change, () => judges.Of(twins, damage.Apply))),
        ];
    }

    public IEnumerable<MutantResult> Improve(EvaluationInput sides, long seed)
    {
        var judges = new Judges(policy with { Resamples = Math.Min(policy.Resamples, MostResamples) }, engineDigest);
        var twins = Twins.Throw(sides, Xoshiro256.Stream(seed, -3));
        return [.. Improvements.All.Concat(Costs.Improvements(policy)).Select((mutant, index) => Judges.Improvement(mutant.Name, mutant.Change, () => Judge(judges, mutant, twins, seed, 1000 + index)))];
    }

    public NullResult ChangeNothing(EvaluationInput sides, int repetitions, long seed, CancellationToken cancellationToken)
        => NullTest.Of(
            sides,
            new(policy with { Resamples = Math.Min(policy.Resamples, MostNullResamples) }, engineDigest),
            repetitions,
            1 - policy.Confidence,
            seed,
            cancellationToken);

    /// <summary>The certificate in one sentence.</summary>
    public static string Sentence(IReadOnlyList<MutantResult> damages, IReadOnlyList<MutantResult> improvements, NullResult nothing)
    {
        var applied = damages.Count(damage => damage.Outcome != MutantOutcome.NotApplicable);
        var seen = damages.Where(damage => !damage.Holds).ToList();
        var stopped = improvements.Where(improvement => !improvement.Holds).ToList();
        var rate = string.Create(CultureInfo.InvariantCulture, $"{nothing.Rejections} of {nothing.Repetitions} models that are no worse");
        return seen.Count > 0 ? $"{seen[0].Sentence}{More(seen.Count)}"
            : stopped.Count > 0 ? $"This policy stops {stopped[0].Change}: {stopped[0].Sentence}{More(stopped.Count)}"
            : !nothing.Holds ? $"This policy rejects {rate}, more than its {EvaluationProblems.Number(nothing.Nominal * 100)} %: {string.Join(", ", nothing.By)}."
            : string.Create(CultureInfo.InvariantCulture, $"All {applied} damages are stopped, all {improvements.Count(improvement => improvement.Outcome != MutantOutcome.NotApplicable)} improvements pass, and {rate} are rejected.");
    }

    private static Verdict? Judge(Judges judges, Mutant mutant, EvaluationInput twins, long seed, int index)
        => mutant.Apply(twins, Xoshiro256.Stream(seed, -10 - index)) is { } changed ? judges.Of(changed) : null;

    private static string More(int count) => count > 1 ? string.Create(CultureInfo.InvariantCulture, $" And {count - 1} more.") : string.Empty;
}
