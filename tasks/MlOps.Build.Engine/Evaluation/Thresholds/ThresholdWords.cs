using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>A choice of thresholds in words.</summary>
public static class ThresholdWords
{
    /// <summary>What the rule measures.</summary>
    public static string Measure(this ThresholdChoice choice) => choice.Rule switch
    {
        "youden" => "Youden's J",
        _ when choice.Rule.StartsWith("cost", StringComparison.Ordinal) => "the cost of a row",
        _ => choice.Rule,
    };
}
