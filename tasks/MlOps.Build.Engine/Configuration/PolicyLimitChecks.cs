using System.Globalization;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Evaluating;

namespace MlOps.Build.Engine.Configuration;

/// <summary>Limits that point the wrong way, that nothing or everything meets, or that another rule makes pointless.</summary>
internal static class PolicyLimitChecks
{
    public static IEnumerable<Problem> OfOne(CheckedRule known)
    {
        var (rule, name, range) = (known.Rule, known.Metric, known.Range);
        if (known.HigherIsBetter && rule is { AtMost: { } ceiling, AtLeast: null })
        {
            yield return Direction($"'{name}' has a ceiling.", $"Larger values of '{name}' are better, so 'at-most: {Number(ceiling)}' stops good models.", $"Write `at-least: {Number(ceiling)}`. If a value can be too good to be true, say from where to where: `at-least` and `at-most`.");
        }

        if (!known.HigherIsBetter && rule is { AtLeast: { } floor, AtMost: null })
        {
            yield return Direction($"'{name}' has a floor.", $"Smaller values of '{name}' are better, so 'at-least: {Number(floor)}' stops good models.", $"Write `at-most: {Number(floor)}`. If a value can be too good to be true, say from where to where: `at-least` and `at-most`.");
        }

        if (rule.AtLeast > range.Greatest || rule.AtMost < range.Least)
        {
            yield return Contradiction($"The rule about '{name}' can never hold.", $"'{name}' lies between {Number(range.Least)} and {Number(range.Greatest)}.", "Correct the limit; a share is written 0.7 or 70%.");
        }

        if (rule.AtLeast <= range.Least || rule.AtMost >= range.Greatest)
        {
            yield return NoEffect($"A limit of '{name}' judges nothing.", $"'{name}' lies between {Number(range.Least)} and {Number(range.Greatest)} whatever the model says.", "Tighten the limit or remove it.");
        }
    }

    public static IEnumerable<Problem> OfTwo(CheckedRule earlier, CheckedRule later)
    {
        if (!earlier.IsLike(later) || !earlier.IsBeside(later))
        {
            yield break;
        }

        var (a, b) = (earlier.Rule, later.Rule);
        if (a.AtLeast > b.AtMost || b.AtLeast > a.AtMost)
        {
            yield return Contradiction($"Two rules about '{later.Metric}' can never hold together.", $"The floor of one lies above the ceiling of the other{Where(a)}.", "Correct one of them.");
        }
        else if (earlier.Binds(later) && IsWeaker(b, a))
        {
            yield return PolicyInheritance.Weaker(
                $"The rule about '{later.Metric}' is weaker than a policy that binds.", $"{(a.Place is { } there ? PolicyInheritance.At(there) : "A rule before it")} asks for more.", b.Place);
        }
        else if (IsImplied(b, a) && (earlier.Binds(later) || earlier.IsOfTheSame(later)))
        {
            yield return NoEffect($"The rule about '{later.Metric}' has no effect.", $"A rule before it asks for as much or more{Where(a)}.", "Remove it.") with { Place = b.Place };
        }
        else if (IsImplied(a, b) && earlier.IsOfTheSame(later))
        {
            yield return NoEffect($"The rule about '{later.Metric}' has no effect.", $"A rule after it asks for as much or more{Where(b)}.", "Remove it.") with { Place = a.Place };
        }
    }

    /// <summary>Whether whatever holds <paramref name="strict"/> also holds <paramref name="loose"/>, which then adds nothing.</summary>
    private static bool IsImplied(GateRule loose, GateRule strict)
        => (loose.Advisory || !strict.Advisory)
            && (loose.AtLeast is null || loose.AtLeast <= strict.AtLeast)
            && (loose.AtMost is null || loose.AtMost >= strict.AtMost)
            && (loose.NoWorseBy is null || (strict.NoWorseBy is { } margin && margin.Relative == loose.NoWorseBy.Relative && margin.Value <= loose.NoWorseBy.Value));

    /// <summary>Whether a limit asks for less than the same limit of the other rule, or leaves at a warning what the other one fails.</summary>
    private static bool IsWeaker(GateRule rule, GateRule bound)
        => rule.AtLeast < bound.AtLeast
            || rule.AtMost > bound.AtMost
            || (rule.NoWorseBy is { } margin && bound.NoWorseBy is { } other && margin.Relative == other.Relative && margin.Value > other.Value)
            || (rule.Advisory && !bound.Advisory && IsImplied(rule, bound));

    private static string Where(GateRule rule)
        => rule is { From: not null, Place: { } there } ? $": {PolicyInheritance.At(there)}"
            : rule.Place is { } place ? string.Create(CultureInfo.InvariantCulture, $" (line {place.Line})") : string.Empty;

    private static Problem Direction(string what, string why, string fix) => new("MLO2320", what, why, fix);

    private static Problem Contradiction(string what, string why, string fix) => new("MLO2321", what, why, fix);

    private static Problem NoEffect(string what, string why, string fix) => new("MLO2322", what, why, fix);

    private static string Number(double value) => double.IsInfinity(value) ? (value > 0 ? "any number" : "minus any number") : EvaluationProblems.Number(value);
}
