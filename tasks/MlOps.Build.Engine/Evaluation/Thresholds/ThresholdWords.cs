using System.Globalization;
using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>A choice of thresholds in words.</summary>
public static class ThresholdWords
{
    private const int MostShown = 5;

    /// <summary>The rule, the rows and the thresholds in one sentence.</summary>
    public static string Sentence(this ThresholdChoice choice)
        => string.Create(CultureInfo.InvariantCulture, $"chosen by {choice.Rule} on {choice.Rows:N0} validation rows, {choice.Positives:N0} of them positive and none judged: ")
            + $"challenger {Thresholds(choice.Challenger)}{(choice.Baseline.Length == 0 ? string.Empty : $"; baseline {Thresholds(choice.Baseline)}")}"
            + string.Concat(choice.Notes.Select(note => ". " + note.TrimEnd('.')));

    private static string Thresholds(ChosenThreshold[] chosen)
        => string.Join(", ", chosen.Take(MostShown).Select(one => one.Threshold.ToString("0.####", CultureInfo.InvariantCulture))) + (chosen.Length > MostShown ? ", …" : string.Empty);

    /// <summary>What the rule measures.</summary>
    public static string Measure(this ThresholdChoice choice) => choice.Rule switch
    {
        "youden" => "Youden's J",
        _ when choice.Rule.StartsWith("cost", StringComparison.Ordinal) => "the cost of a row",
        _ => choice.Rule,
    };
}
