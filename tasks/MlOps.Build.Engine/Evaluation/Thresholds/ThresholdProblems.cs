using System.Globalization;
using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>Why no threshold can be chosen, in words.</summary>
internal static class ThresholdProblems
{
    private const string What = "No threshold could be chosen.";

    public static ProblemException OneClass(int rows, int positives) => Unusable(
        string.Create(CultureInfo.InvariantCulture, $"{(positives == 0 ? "None" : "All")} of the {rows:N0} validation rows {(positives == 0 ? "is" : "are")} positive."));

    public static ProblemException Unusable(string why)
        => new(new Problem("MLO2974", What, why, "Bring more validation rows, with both classes among them, or fix the threshold to a number."));

    public static ProblemException NoRows(string why, string fix) => new(new Problem("MLO2975", What, why, fix));

    public static ProblemException SameRows(string why) => new(new Problem(
        "MLO2976",
        "The threshold would be chosen on the rows that judge it.",
        why,
        "Name validation rows that were neither trained on nor are judged here."));
}
