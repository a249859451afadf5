using MlOps.Build.Engine.Evaluating;

namespace MlOps.Build.Engine.Gating;

/// <summary>A change of a model whose effect is known.</summary>
/// <param name="Name">Its name, such as <c>scores-inverted</c>.</param>
/// <param name="Change">What it does, in words that end "no rule of this policy sees ...".</param>
/// <param name="Apply">Changes an input; null where it does not apply to these predictions.</param>
internal sealed record Mutant(string Name, string Change, Func<EvaluationInput, Xoshiro256, EvaluationInput?> Apply)
{
    /// <summary>A change of the challenger's predictions, replicate by replicate.</summary>
    public static Mutant OfScores(string name, string change, Func<Scores, Xoshiro256, Predictions?> apply)
        => new(name, change, (input, random) =>
        {
            var changed = input.Challenger.Replicates
                .Select(replicate => (replicate.Identity, Predictions: apply(new(input, replicate.Predictions), random)))
                .ToList();
            return changed.Exists(replicate => replicate.Predictions is null)
                ? null
                : input with { Challenger = input.Challenger with { Replicates = [.. changed.Select(replicate => new ReplicateInput(replicate.Identity, replicate.Predictions!))] } };
        });
}
